"""RDoc's markup as Markdown; its directives, which are for tools, are left out."""

from __future__ import annotations

import re
from itertools import pairwise

from docgen.facts.syntax import yard
from docgen.facts.syntax.code_apart import verbatim

_DIRECTIVE = re.compile(
    r"^[ \t]*:?(?:nodoc|doc|stopdoc|startdoc|enddoc|section|category|method|singleton-method|attr|attr_reader"
    r"|attr_writer|attr_accessor|include|title|main|markup|args|yields?|notnew|not_new|not-new|call-seq"
    r"|main|arg):(?:[ \t].*)?$"
)
_HEADING = re.compile(r"^(={1,6})[ \t]*(?=\S)")
# TomDoc's word for who may use it.
_TOMDOC = re.compile(r"\A\s*(?:Public|Internal|Private)(?::[ \t]+|\s*\Z)")
_VERBATIM = re.compile(r"[ \t]{2,}\S")
# Also what goes on in the item of a list, or is labelled.
_INDENTED = re.compile(r"[ \t]|[-*] |\d+\. |\[[^\]]*\]|.*::$|[@:]\w|[^\s:`][^:`\n]{0,80}::[ \t]+\S")
_BULLET = re.compile(r"^[ \t]*(?:[-*]|\d+\.)[ \t]")
# `name<String>:: what it is`, which begins an item of a list.
_LABEL = re.compile(r"^(?P<label>[^\s:`][^:`\n]{0,80})::[ \t]+(?=\S)", re.MULTILINE)
_TELETYPE = re.compile(r"</?(?:tt|code)>|^\+|\+$")
# One or more words between marks; a word with a mark inside is none.
_INLINE = (
    (re.compile(r"(?<![\w+\\])\+([\w:.?!=\[\]#@$<>&|/~^*%-]{1,80})\+(?![\w+])"), r"`\1`"),
    (re.compile(r"(?<![\w*\\`])\*(\w[\w'-]{0,80})\*(?![\w*`])"), r"**\1**"),
    (re.compile(r"\{([^{}\n]{1,200})\}\[(https?://[^\s\[\]()]{1,300})\]"), r"[\1](\2)"),
    (re.compile(r"(?<![\w`])(\w{1,80})\[(https?://[^\s\[\]()]{1,300})\]"), r"[\1](\2)"),
    (re.compile(r"\\(?=[A-Z#+*_<{])"), ""),
)


def as_markdown(text: str) -> str:
    """The text of one doc comment, without its comment marks."""
    text = _TOMDOC.sub("", yard.as_markdown(text))
    lines = [line for line in _shown(text.split("\n")) if not _DIRECTIVE.match(line)]
    lines = [part for before, line in pairwise(["", *lines]) for part in _apart(before, line)]
    return "\n\n".join(_paragraph(part) for part in re.split(r"\n(?:[ \t]*\n)+", "\n".join(lines)))


def _shown(lines: list[str]) -> list[str]:
    """The lines outside of `--` and `++`."""
    found: list[str] = []
    is_hidden = False
    for line in lines:
        if line.strip() in {"--", "++"}:
            is_hidden = line.strip() == "--"
        elif not is_hidden:
            found.append(line)
    return found


def _apart(before: str, line: str) -> tuple[str, ...]:
    """A line, behind a blank one where verbatim text starts below prose or ends above it."""
    starts = _VERBATIM.match(line) and not _BULLET.match(line) and not _INDENTED.match(before)
    ends = _VERBATIM.match(before) and not _INDENTED.match(line)
    return ("", line) if before.strip() and line.strip() and (starts or ends) else (line,)


def _paragraph(text: str) -> str:
    """A paragraph; one that is indented and no list is verbatim."""
    if text.startswith((" ", "\t")) and not _BULLET.match(text):
        return verbatim(text)
    text = _HEADING.sub(lambda match: f"{'#' * len(match[1])} ", text)
    text = _LABEL.sub(lambda match: f"- `{_TELETYPE.sub('', match['label'])}`: ", text)
    for pattern, shown in _INLINE:
        text = pattern.sub(shown, text)
    return text
