"""YARD's references in braces as code or links, and its directives, which are for the tool, left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.facts.syntax.code_apart import of_prose

if TYPE_CHECKING:
    from docgen.facts.syntax.code_apart import CodeApart

_REFERENCE = re.compile(
    r"\{(?:(?P<place>https?://[^\s{}]{1,300}|file:[^\s{}]{1,200})"
    r"|(?P<name>(?:::)?[A-Z]\w*(?:::\w+)*(?:[#.]\w+[?!=]?)?|[\w:]*#\w+[?!=]?))"
    r"(?:\s+(?P<label>[^\s{}=:,|][^{}]{0,200}))?\}(?!\[)"
)
_LEFT_OUT = re.compile(r"\{(?:include|render):[^{}\n]{1,200}\}")
# A directive with what is indented below it.
_BELOW = r"(?:\n[ \t]{2,}[^\n]*)*"
_ATTRIBUTE = re.compile(
    rf"^[ \t]*@!attribute[ \t]+(?:\[\w{{1,2}}\][ \t]+)?(?P<name>\w+)[ \t]*(?P<body>{_BELOW})", re.MULTILINE
)
_RETURN = re.compile(r"@return[ \t]+(?P<type>\[[^\]\n]{1,200}\])")
# They are about what is not written out here, or about the page that YARD makes.
_DIRECTIVE = re.compile(
    r"^[ \t]*@!(?:endgroup|group|macro|method|parse|scope|visibility)\b[^\n]*" + _BELOW + r"\n?",
    re.MULTILINE,
)


def as_markdown(text: str) -> str:
    """The text of one doc comment, without its comment marks."""
    if "@!" in text:
        text = _ATTRIBUTE.sub(_attribute, _DIRECTIVE.sub("", text))
    return of_prose(_prose, text) if "{" in text else text


def _attribute(match: re.Match[str]) -> str:
    """The tag that says the same of an attribute."""
    given = _RETURN.search(match["body"])
    about = " ".join(_RETURN.sub("", match["body"]).split())
    return " ".join(part for part in ("@attr", given["type"] if given else "", match["name"], about) if part)


def _prose(text: str, apart: CodeApart) -> str:
    def shown(match: re.Match[str]) -> str:
        label = " ".join((match["label"] or "").split())
        if match["name"]:
            return label or apart.mark(f"`{match['name']}`")
        place = match["place"].removeprefix("file:")
        return f"[{label}]({place})" if label and "://" in place else label or place

    return _REFERENCE.sub(shown, _LEFT_OUT.sub("", text))
