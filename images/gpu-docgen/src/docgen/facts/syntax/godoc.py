"""Go's doc comments as Markdown: what is indented is a list where it begins as one, else code."""

from __future__ import annotations

import re

from docgen.facts.syntax.code_apart import verbatim

_INDENTED = re.compile(r"[ \t]+\S")
_ITEM = re.compile(r"[ \t]+(?P<mark>[-*+•]|\d{1,9}[.)])[ \t]+(?P<text>\S.*)")


def as_markdown(text: str) -> str:
    """The text of one doc comment, without its comment marks."""
    shown: list[str] = []
    kind = ""
    for line in text.split("\n"):
        item = _ITEM.match(line) if kind != "code" else None
        if line.strip():
            kind = "list" if item else (kind or "code") if _INDENTED.match(line) else ""
        shown += [""] if item and shown and shown[-1] and not _is_item(shown) else []
        shown.append(_shown(line, kind, item))
    return "\n".join(shown)


def _is_item(lines: list[str]) -> bool:
    return lines[-1].startswith(("- ", "  ")) or lines[-1][:1].isdigit()


def _shown(line: str, kind: str, item: re.Match[str] | None) -> str:
    if item:
        mark = "-" if item["mark"] in "-*+•" else f"{item['mark'][:-1]}."
        return f"{mark} {item['text']}"
    if kind == "list" and line.strip():
        return f"  {line.strip()}"
    # Nothing in code is markup.
    return verbatim(line) if kind == "code" else line
