"""The markup of doc comments as plain text: tags of XML and HTML go, `@param` and its like stay as lines."""

from __future__ import annotations

import html
import re
import textwrap
from typing import TYPE_CHECKING

from docgen.facts.syntax import html_tags
from docgen.facts.syntax.code_apart import of_prose

if TYPE_CHECKING:
    from docgen.facts.syntax.code_apart import CodeApart

# A tag in braces, which may hold others in braces of their own.
_BRACED = r"[^{}]|\{(?:[^{}]|\{[^{}]{0,200}\}){0,300}+\}"
_INLINE = re.compile(
    r"\{@(?P<tag>code|docRoot|index|inheritDoc|link|linkplain|literal|return|see|snippet|summary|systemProperty|value)\b"
    rf"(?P<text>(?:{_BRACED}){{0,400}}+)\}}",
    re.IGNORECASE,
)
# The name of a member, its parameters and the label of a link.
_TARGET_AND_LABEL = re.compile(r"(?P<target>[^\s|(]+(?:\([^()]*\))?)[\s|]*(?P<label>.*)", re.DOTALL)
# Code, in which nothing is markup, or a character by its name.
_ENTITY = re.compile(
    r"(?P<code>```.*?(?:```|\Z)|`[^`\n]{1,400}`)|&(?:#\d{2,6}|#x[0-9A-Fa-f]{2,5}|[A-Za-z]{2,10}\d?);",
    re.DOTALL,
)
# Links and images by a label, and where each label is said to lead.
_LABELLED = re.compile(
    r"(?P<code>```.*?(?:```|\Z)|`[^`\n]{1,400}`)|(?<![!\]\\])\[(?P<label>[^\]\[]{1,100})\](?![\[(:])",
    re.DOTALL,
)
_LEADS = re.compile(r"^[ \t]{0,3}\[([^\]\n]{1,100})\]:[ \t]+\S+[ \t]*$", re.MULTILINE)
_TARGET = r"(?:\([^()\n]{0,300}\)|\[[^\]\n]{0,100}\])?"
_BADGES = re.compile(
    rf"(?:[\s|]|&\w{{2,8}};|!\[[^\]\n]{{0,100}}\]{_TARGET}|\[!\[[^\]\n]{{0,100}}\]{_TARGET}\]{_TARGET})+"
)
_LONGEST_LINE = 2_000
# Tags in braces whose text is prose, and what they say before it.
_PLAIN = {"docroot": "", "index": "", "inheritdoc": "", "return": "Returns ", "summary": ""}
_FILE_TAGS = re.compile(
    r"^[ \t]{0,8}[@\\](?:(?:file|fileoverview|packageDocumentation)\b(?:[ \t]+[\w/-]{1,100}\.\w{1,4}$)?"
    r"|module\b(?:[ \t]+[\w./@-]{1,200}$)?)[ \t]*",
    re.MULTILINE,
)
# What it says stands below it.
_BARE_TAG = re.compile(r"@(?:deprecated|note|remark|remarks|return|returns|see|since|todo|warning)")
_COMMANDS = re.compile(r"(?<!\w)[@\\](?:brief|summary|desc|description|details|short)[ \t]")


def plain(text: str) -> str:
    """The text of a doc comment, for a reader."""
    text = _FILE_TAGS.sub("", _COMMANDS.sub("", text))
    if "{@" in text or "<" in text:
        text = of_prose(_told, text)
    if "![" in text:
        text = "\n".join(line for line in text.split("\n") if not _is_badges(line))
    if "]:" in text:
        text = _without_labels(text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: match["code"] or _character(match[0]), text)
    return textwrap.dedent("\n".join(_spaced(text))).strip("\n").rstrip()


def _character(name: str) -> str:
    """What an entity stands for; of all kinds of space the plain one."""
    return " ".join(html.unescape(name).split()) or " "


def _is_badges(line: str) -> bool:
    """Whether a line is images and nothing else, as at the top of many a crate."""
    return "![" in line and len(line) <= _LONGEST_LINE and _BADGES.fullmatch(line) is not None


def _without_labels(text: str) -> str:
    """Labels of links as plain words, without what they stand for."""
    known = {" ".join(label.lower().split()) for label in _LEADS.findall(text)}

    def shown(match: re.Match[str]) -> str:
        label = match["label"]
        is_known = label is not None and " ".join(label.lower().split()) in known
        return label if is_known else match[0]

    return _LABELLED.sub(shown, _LEADS.sub("", text)) if known else text


def _told(text: str, apart: CodeApart) -> str:
    """The text without tags in braces and in angle brackets."""
    text = html_tags.blocks(text, apart) if "<" in text else text
    text = _INLINE.sub(lambda match: _inline(match, apart), text) if "{@" in text else text
    return html_tags.without_tags(text, apart) if "<" in text else text


def _inline(match: re.Match[str], apart: CodeApart) -> str:
    """The code, or the label of a link where it has one."""
    tag, text = match["tag"].lower(), match["text"].strip()
    if tag == "snippet":
        return (
            "\n\n"
            + apart.mark(f"```\n{textwrap.dedent(text.partition(':')[2].strip(chr(10)))}\n```")
            + "\n\n"
        )
    text = " ".join(text.split())
    if tag in _PLAIN:
        return f"{_PLAIN[tag]}{text}"
    if tag in {"link", "linkplain"} and (parts := _TARGET_AND_LABEL.match(text)):
        if parts["label"]:
            return parts["label"]
        text = parts["target"]
    is_span = text and "`" not in text and "\ue000" not in text
    return apart.mark(f"`{text}`") if is_span else text


def _spaced(text: str) -> list[str]:
    """Lines with at most one blank line between them, and none between tags."""
    lines: list[str] = []
    for line in (line.rstrip() for line in text.split("\n")):
        if not line and (not lines or not lines[-1] or _BARE_TAG.fullmatch(lines[-1])):
            continue
        follows_tag = len(lines) > 1 and not lines[-1] and lines[-2].startswith("@")
        if line.startswith("@") and follows_tag:
            lines.pop()
        lines.append(line)
    return lines
