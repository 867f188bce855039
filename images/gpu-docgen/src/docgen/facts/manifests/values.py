"""Reading loosely typed data (TOML, JSON) without trusting its shape, and finding where it is written."""

from __future__ import annotations

import re


def table(value: object, *keys: str) -> dict[str, object]:
    """The nested table at `keys`; empty where anything on the way is missing or no table."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return {str(key): item for key, item in value.items()} if isinstance(value, dict) else {}


def text(value: object) -> str:
    """A string on one line; empty for everything else."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def texts(value: object) -> list[str]:
    """The strings of a list; empty for everything else."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def line_of(source: str, needle: str, after: int = 0) -> int:
    """The first line after line `after` that holds `needle` as a word of its own; 0 where none does."""
    if not needle:
        return 0
    word = re.compile(rf"(?<![\w-]){re.escape(needle)}(?![\w-])")
    lines = source.split("\n")
    return next((number for number, line in enumerate(lines, 1) if number > after and word.search(line)), 0)


def section_line(source: str, header: str) -> int:
    """The line of a `[header]` or `"header":`, from which to look on; 0 where it is not written so."""
    marks = (f"[{header}]", f'"{header}"', f"{header} =", f"{header}=")
    lines = enumerate(source.split("\n"), 1)
    return next((number for number, line in lines if line.strip().startswith(marks)), 0)
