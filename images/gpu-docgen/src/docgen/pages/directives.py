"""reStructuredText's directives as Markdown, those for tools left out."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from docgen.facts.python.source import parse
from docgen.pages.markdown import fence, prose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DIRECTIVE = re.compile(
    r"^\.\.(?: (?P<name>[a-z][\w-]*)::(?: (?P<given>[^\n]*))?| [^\n]*)?(?:\n|\Z)"
    r"(?P<body>(?:[ ]+[^\n]*(?:\n|\Z)|\n)*)",
    re.MULTILINE,
)
_CHANGES = {
    "versionadded": "Since", "versionchanged": "Changed in", "deprecated": "Deprecated since",
    "versionremoved": "Removed in",
}  # fmt: skip
_ADMONITIONS = {
    "admonition": "", "attention": "Attention", "caution": "Caution", "danger": "Danger", "error": "Error",
    "hint": "Hint", "important": "Important", "note": "Note", "rubric": "", "seealso": "See also",
    "tip": "Tip", "todo": "To do", "warning": "Warning",
}  # fmt: skip
_CODE = frozenset({"code", "code-block", "doctest", "prompt", "sourcecode", "testcode"})
# What is shown as it was typed; of every other directive nothing is: it is for a tool.
_TYPED = frozenset({"csv-table", "list-table", "math", "parsed-literal", "productionlist", "table"})
_OPTION = re.compile(r"^:[\w-]+:[^\n]*$")

Part = tuple[str, str]


def directive(match: re.Match[str], render: Callable[[str], str]) -> Iterator[Part]:
    """Kind and text of what a directive says; a comment says nothing."""
    name, given = match["name"] or "", (match["given"] or "").strip()
    body = textwrap.dedent(match["body"]).strip("\n")
    if name in _CHANGES:
        yield from _change(_CHANGES[name], given, body, render)
    elif name in _ADMONITIONS:
        label = _ADMONITIONS[name] or given
        yield (
            "markdown",
            _headed(f"**{prose(label)}**", render("\n".join((given if _ADMONITIONS[name] else "", body)))),
        )
    elif name in _CODE and (text := _without_options(body)):
        is_code = name != "doctest" and (given != "python" or parse(text.encode(errors="replace")))
        yield "markdown", fence(text, given if is_code else "text")
    elif name in _TYPED:
        yield "literal", match[0].rstrip()


def _change(label: str, given: str, body: str, render: Callable[[str], str]) -> Iterator[Part]:
    """`*Changed in 8.1*: what changed`."""
    version, _, rest = given.partition(" ")
    version = version.rstrip(":")
    text = render("\n".join(part for part in (rest, body) if part))
    yield (
        "markdown",
        _headed(prose(f"*{label} {version}*" if version else f"*{label.partition(' ')[0]}*"), text),
    )


def _headed(head: str, text: str) -> str:
    """`text` behind its head where it begins with words, else below it."""
    if not text:
        return head
    is_prose = not text.startswith(("- ", "1. ", "**", "`" * 3))
    return f"{head}: {text}" if is_prose else f"{head}\n\n{text}"


def _without_options(body: str) -> str:
    lines = body.split("\n")
    while lines and (_OPTION.match(lines[0]) or not lines[0].strip()):
        lines.pop(0)
    return "\n".join(lines).rstrip()
