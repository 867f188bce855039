"""Markdown that says what it is given and nothing else: no HTML, no mentions, no stray markup."""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile
from typing import TYPE_CHECKING
from urllib.parse import quote

from docgen.contract.gates.addresses import MAIL, is_reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_CODE_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
# Code that is also emphasised, which is told apart well enough.
_STRONG_CODE = re.compile(r"(?<![\w*\\`])(\*{1,2})(`[^`]{1,200}`)\1(?![\w*`])")
# A role of a domain, which may be looked up in another project: `:external+click:doc:`.
_ROLE = re.compile(r":(?:[a-z]+(?:\+[\w.-]+)?:){0,2}[a-z]+:`([^`]+)`")
# A space that only ends a role or code for reStructuredText.
_NO_SPACE = re.compile(r"(?<=`)\\ (?=\w)|(?<=\w)\\ (?=`)")
# Emphasis around code, which stands out as it is.
_AROUND_CODE = re.compile(
    r"(?<![\w*\\`])\*\*(?=[^\s*])(?P<inner>[^*`]*(?:`[^`]{1,200}`[^*`]*){1,9})(?<!\s)\*\*(?![\w*`])"
)
# `\*args`, within single backticks or without any.
_BACKSLASH = "\\"
_ESCAPED = re.compile(r"(?<![`\w\\])`?((?:\\\*){1,2}\w+)`?(?![`\w])")
_MENTION = r"(?<!\w)@[A-Za-z0-9][\w-]*(?:/[\w.-]+)?"
# Forges make links of addresses; only to known references may anybody be sent.
_ADDRESS = r"(?:(?:https?|ftp)://|\bwww\.)(?:[^\s<>`\"'\[\]|\\]*[^\s<>`\"'\[\]|\\?!.,:;*_~()])?"
_SPECIAL = re.compile(r"[\\`*\[\]|~$#]|(?<![^\W_])_|_(?![^\W_])")
# What a reader cannot see: control, format, surrogate, private characters; separators; blank letters.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_BLANK = frozenset(
    map(chr, (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, *range(0xE0100, 0xE01F0)))
)
_LANGUAGES = frozenset(
    {
        "bash", "c", "console", "cpp", "csharp", "go", "java", "javascript", "json", "php", "python", "ruby",
        "rust", "sh", "toml", "typescript", "yaml",
    }
)  # fmt: skip
# What a paragraph of a docstring starts with that is a directive, a field, an example or a table.
_NO_PROSE = (".. ", ":", ">>>", "|", "+-", " ", "```")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,2}[.)])\s")
UNDERLINE = re.compile(r"^([=\-~^\"*#+.])\1{2,}$")
_EMPHASIS = (
    r"(?<![\w*\\])(?P<mark>\*\*?)(?P<inner>(?![\s*])(?:(?!://|www\.)[^*`@])+(?<!\s))(?P=mark)(?![\w*])"
)
_NOT_PROSE = re.compile(f"(?P<address>(?i:{_ADDRESS}))|(?i:{MAIL})|{_MENTION}|{_EMPHASIS}")
_LINE_START = re.compile(r"^(\d*)([#>+=.)-])")


def clean(text: str) -> str:
    """`text` without what cannot be seen or encoded."""
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return "".join(char for char in text if char in "\n\t" or not _is_unseen(char))


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char) in _UNSEEN or char in _BLANK


def prose(text: str) -> str:
    """One paragraph of text, with its code spans kept as code."""
    text = _STRONG_CODE.sub(r"\2", " ".join(clean(text).split()))
    text = _AROUND_CODE.sub(r"\g<inner>", text) if "**" in text else text
    parts: list[str] = []
    end = 0
    for span in _CODE_SPAN.finditer(text):
        parts += (_escaped(text[end : span.start()]), code(span[2].strip()))
        end = span.end()
    parts.append(_escaped(text[end:]))
    return _LINE_START.sub(r"\1\\\2", "".join(parts)) if not text.startswith("`") else "".join(parts)


def _escaped(text: str) -> str:
    """Text outside code spans: mentions and addresses as code, emphasis kept, all other markup made inert."""
    pieces: list[str] = []
    end = 0
    for found in _NOT_PROSE.finditer(text):
        pieces += (_inert(text[end : found.start()]), _marked_up(found))
        end = found.end()
    return "".join((*pieces, _inert(text[end:])))


def _marked_up(found: re.Match[str]) -> str:
    if found["mark"]:
        return f"{found['mark']}{_inert(found['inner'])}{found['mark']}"
    return f"<{found[0]}>" if found["address"] and is_reference(found[0]) else code(found[0])


def _inert(text: str) -> str:
    text = _SPECIAL.sub(lambda match: f"\\{match[0]}", text)
    text = re.sub(r"&(?=#?\w+;)", "&amp;", text)
    return text.replace("<", "&lt;")


def code(text: str) -> str:
    """An inline code span that holds exactly `text`, on one line."""
    text = " ".join(clean(text).split())
    if not text:
        return ""
    runs = [len(run) for run in re.findall(r"`+", text)]
    ticks = "`" * (max(runs, default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def fence(text: str, language: str = "") -> str:
    """A code block that nothing in `text` can close."""
    text = clean(text).rstrip()
    runs = [len(run) for run in re.findall(r"`{3,}", text)]
    ticks = "`" * max(3, max(runs, default=0) + 1)
    language = language if language in _LANGUAGES else "text"
    return f"{ticks}{language}\n{text}\n{ticks}"


def link(label: str, target: str) -> str:
    """A link to a path of the repository, with its anchor if any; `label` is Markdown already."""
    path, hash_, anchor = target.partition("#")
    return file_link(label, path, hash_ + anchor)


def file_link(label: str, path: str, anchor: str = "") -> str:
    """A link to a file, whatever its name holds; `anchor` begins with its `#`."""
    return f"[{label}]({quote(path, safe='/')}{anchor})"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table without the columns that are empty in every row; empty where there are no rows."""
    rows = [list(row) for row in rows]
    keep = [index for index in range(len(header)) if any(row[index] for row in rows)]
    if not rows or not keep:
        return ""
    lines = [[header[index] for index in keep], ["---"] * len(keep)]
    lines += [[_cell(row[index]) for index in keep] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(text: str) -> str:
    """Inside a table even a code span ends at a pipe."""
    return re.sub(r"(?<!\\)\|", r"\\|", " ".join(text.split()))


def sentence(doc: str, limit: int = 160) -> str:
    """The first sentence of a docstring, as plain text; cut at a word where it is too long."""
    paragraph = " ".join(_unlisted(_first_paragraph(without_roles(clean(doc)))).split())
    match = re.match(r"(.+?(?<!\be\.g)(?<!\bi\.e)[.!?])(?:\s+(?=[A-Z`\"'(])|$)", paragraph)
    first = (match[1] if match else paragraph).removesuffix(":")
    if len(first) <= limit:
        return first
    cut = first[:limit].rpartition(" ")[0] + " …"
    return cut if cut.count("`") % 2 == 0 else cut.replace("`", "")


def _unlisted(paragraph: str) -> str:
    """A paragraph up to the list that it introduces, or runs into."""
    first, *lines = paragraph.split("\n")
    return "\n".join((first, *takewhile(lambda line: not _ITEM.match(line), lines)))


def without_roles(text: str) -> str:
    """`text` with reStructuredText's roles as code, and without the escapes that it needs."""
    text = _NO_SPACE.sub("", _ROLE.sub(lambda match: f"`{_role_target(match[1])}`", text))
    return _ESCAPED.sub(lambda match: f"`{match[1].replace(_BACKSLASH, '')}`", text)


def _role_target(text: str) -> str:
    titled = re.match(r"^(.*?)\s*<.*>$", text, re.DOTALL)
    shown = titled[1] if titled else text
    return shown.rpartition(".")[2] if shown.startswith("~") else shown.lstrip("!")


def _first_paragraph(doc: str) -> str:
    """The first paragraph; an underlined title only where it is more than the module's name."""
    paragraphs = [text for text in re.split(r"\n\s*\n", doc.strip()) if not text.startswith(_NO_PROSE)] or [
        ""
    ]
    lines = paragraphs[0].split("\n")
    if len(lines) < 2 or not UNDERLINE.match(lines[1].strip()):
        return paragraphs[0]
    rest = [*paragraphs[1:], ""]
    return lines[0] if " " in lines[0].strip() else "\n".join(lines[2:]) or rest[0]
