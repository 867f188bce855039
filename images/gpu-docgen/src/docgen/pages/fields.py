"""Field lists (`:param x: text`) as Markdown: one item for what is told of one thing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.pages.listing import flowed
from docgen.pages.markdown import code, prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FIELD = re.compile(r"^:(?P<kind>\w+)(?P<given>(?:\s+[^:]+)?):(?:\s+(?P<text>.*)|\s*)$")
_NAMED = frozenset(
    {"arg", "argument", "attr", "cvar", "ivar", "key", "keyword", "kwarg", "param", "parameter", "var"}
)
# What a field says the type of: of a name, or of what a function gives back.
_TYPES = {"type": "", "vartype": "", "kwtype": "", "rtype": "Returns", "ytype": "Yields"}
_LABELS = {
    "return": "Returns", "returns": "Returns", "yield": "Yields", "yields": "Yields", "raise": "Raises",
    "raises": "Raises", "except": "Raises", "exception": "Raises", "throws": "Raises",
}  # fmt: skip
_FOR_TOOLS = frozenset({"internal", "meta", "noindex", "no-index", "nocomment", "orphan"})


@dataclass
class _Entry:
    """What is told of one thing: `label` before its name, its type, and the lines about it."""

    label: str
    name: str
    type: str = ""
    lines: list[str] = field(default_factory=list)


def is_field(line: str) -> bool:
    """Whether a line is a field of a kind that is known, wherever it stands."""
    match = FIELD.match(line)
    return match is not None and match["kind"].lower() in _NAMED | _TYPES.keys() | _LABELS.keys()


def field_list(lines: Sequence[str]) -> str:
    """The lines, of which the first is a field, as a list."""
    return "\n".join(_shown(entry) for entry in _entries(lines))


def _entries(lines: Sequence[str]) -> Iterator[_Entry]:
    found: dict[tuple[str, str], _Entry] = {}
    types: list[tuple[tuple[str, str], list[str]]] = []
    open_lines: list[str] = []
    for number, line in enumerate(lines):
        match = FIELD.match(line)
        if match is None:
            open_lines.append(line)
            continue
        kind, given = match["kind"].lower(), re.sub(r"[\\`]", "", match["given"]).split()
        open_lines = [match["text"] or ""]
        if kind in _TYPES:
            types.append(((_TYPES[kind], " ".join(given)), open_lines))
        elif kind not in _FOR_TOOLS:
            label, name, type_ = _told(kind, given)
            # Two exceptions of one name are two things to say.
            key = (label, name) if (label, name) not in found else (label, f"{name}\0{number}")
            # What a function gives back is told in the source's own word, singular or not.
            shown = kind.capitalize() if label in {"Returns", "Yields"} else label
            found[key] = _Entry(shown, name, type_, open_lines)
    for key, text in types:
        entry = found.setdefault(key, _Entry(key[0] or "", key[1]))
        entry.type = entry.type or " ".join(" ".join(text).split())
    yield from found.values()


def _told(kind: str, given: list[str]) -> tuple[str, str, str]:
    """Label, name and type of a field; a parameter's type may stand before its name."""
    if kind in _NAMED:
        return "", given[-1] if given else "", " ".join(given[:-1])
    return _LABELS.get(kind, kind), " ".join(given), ""


def _shown(entry: _Entry) -> str:
    name = code(entry.name) if entry.name else ""
    head = " ".join(part for part in (entry.label, name) if part)
    type_ = prose(entry.type) if "`" in entry.type else code(entry.type)
    text = flowed(entry.lines)
    if entry.type:
        head = f"{head} ({type_})" if text or name else f"{head} {type_}"
    return f"- {head}: {text}" if text else f"- {head}"
