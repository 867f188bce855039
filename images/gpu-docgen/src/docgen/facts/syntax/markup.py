"""The markup of doc comments as plain text: tags of XML and HTML go, `@param` and its like stay as lines."""

from __future__ import annotations

import html
import re
import textwrap

_SIMPLE = re.compile(
    r"</?(?:summary|remarks|value|example|b|i|em|strong|ul|ol|li|tt|p|para|br|span|div|sup|sub|small"
    r"|blockquote)[ \t]*/?>"
)
# Those of prose alone: what else has attributes may be the code of an example.
_STYLED = re.compile(
    r"<(?:span|p|img)(?:[ \t]{1,4}[\w-]{1,40}=(?:\"[^\"<>\n]{0,500}\"|'[^'<>\n]{0,500}')){1,8}[ \t]{0,4}/?>"
)
_PARAGRAPH = re.compile(r"<(?:p|para|/p|/para|br|remarks|example)[ \t]*/?>")
_ITEM = re.compile(r"<li>")
_NAMED = re.compile(
    r"<(param|typeparam|exception)\s+(?:name|cref)=\"([^\"<>]{1,200})\"\s?>([^<]{0,2000})</\1>"
)
_RETURNS = re.compile(r"<returns>([^<]{0,2000})</returns>")
_REFERENCE = re.compile(
    r"<(?:see|seealso|paramref|typeparamref)\s(?:cref|href|name|langword)=\"([^\"<>]{1,200})\"\s?"
    r"(?:/>|>[^<]{0,200}</\w{1,20}>)"
)
_WEIGHT = re.compile(r"</?(?:b|i|em|strong)>")
_CODE = re.compile(r"<(code|c|tt)>([^<\n]{1,400})</\1>")
_INLINE = re.compile(
    r"\{@(code|link|linkplain|literal|see|value|inheritDoc)[ \t]?([^{}\n]{0,300})\}", re.IGNORECASE
)
# A link that goes on in the next line.
_BROKEN = re.compile(r"\{@(?:link|linkplain|see)\s[^{}]{0,300}\}", re.IGNORECASE)
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
_FENCED = re.compile(r"(```.*?(?:```|\Z))", re.DOTALL)
_LONGEST_LINE = 2_000
_PRE = re.compile(r"</?pre(?: class=\"[\w -]{0,60}\")?>")
_TAGS = {"param": "@param", "typeparam": "@param", "exception": "@throws"}
_FILE_TAGS = re.compile(
    r"^[ \t]{0,8}[@\\](?:(?:file|fileoverview|packageDocumentation)\b(?:[ \t]+[\w/-]{1,100}\.\w{1,4}$)?"
    r"|module\b(?:[ \t]+[\w./@-]{1,200}$)?)[ \t]*",
    re.MULTILINE,
)
_COMMANDS = re.compile(r"(?<!\w)[@\\](?:brief|summary|desc|description|details|short)[ \t]")


def plain(text: str) -> str:
    """The text of a doc comment, for a reader."""
    text = _FILE_TAGS.sub("", _COMMANDS.sub("", text))
    if "{@" in text:
        text = _INLINE.sub(_inline, _BROKEN.sub(lambda match: " ".join(match[0].split()), text))
    if "![" in text:
        text = "\n".join(line for line in text.split("\n") if not _is_badges(line))
    if "<" in text:
        parts = _FENCED.split(text)
        text = "".join(part if number % 2 else _without_tags(part) for number, part in enumerate(parts))
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
        return label if is_known and not label.startswith("`") else match[0]

    return _LABELLED.sub(shown, _LEADS.sub("", text)) if known else text


def _inline(match: re.Match[str]) -> str:
    """The code, or the label of a link where it has one."""
    text = match[2].strip()
    if match[1].lower().startswith("link"):
        target, _, label = text.replace("|", " ").partition(" ")
        text = label.strip() or target
        return text if " " in text else f"`{text}`" if text else ""
    return f"`{text}`" if text else ""


def _without_tags(text: str) -> str:
    """XML documentation and the HTML of Javadoc as text; other angle brackets are left alone."""
    text = _REFERENCE.sub(lambda match: f"`{match[1].removeprefix('T:')}`", text)
    text = _CODE.sub(r"`\2`", _WEIGHT.sub("", text))
    text = _NAMED.sub(lambda match: f"\n{_TAGS[match[1]]} {match[2]} {' '.join(match[3].split())}", text)
    text = _RETURNS.sub(lambda match: f"\n@return {' '.join(match[1].split())}", text)
    text = _PRE.sub("\n```\n", _STYLED.sub("", text))
    return _SIMPLE.sub("", _PARAGRAPH.sub("\n\n", _ITEM.sub("\n- ", text)))


def _spaced(text: str) -> list[str]:
    """Lines with at most one blank line between them, and none between tags."""
    lines: list[str] = []
    for line in (line.rstrip() for line in text.split("\n")):
        if not line and (not lines or not lines[-1]):
            continue
        follows_tag = len(lines) > 1 and not lines[-1] and lines[-2].startswith("@")
        if line.startswith("@") and follows_tag:
            lines.pop()
        lines.append(line)
    return lines
