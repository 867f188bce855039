"""The HTML of Javadoc and the XML of C# as Markdown and tags; other angle brackets are left alone."""

from __future__ import annotations

import html
import re
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docgen.facts.syntax.code_apart import CodeApart

_ATTRIBUTE = r"(?:[ \t\n]{1,20}[\w:-]{1,40}=(?:\"[^\"<>\n]{0,500}\"|'[^'<>\n]{0,500}'))"
_SIMPLE = re.compile(
    r"</?(?:summary|remarks|value|example|b|i|em|strong|ul|ol|li|tt|p|para|br|span|div|sup|sub|small|blockquote)"
    r"[ \t]*/?>"
)
# Where something is closed: alone they may be types between angle brackets.
_CLOSED = re.compile(
    r"</?(?:code|c|pre|dl|dt|dd|table|tbody|thead|tr|td|th|caption|center|list|item|term|description|note)"
    r"[ \t]*/?>"
)
# Those of prose alone: what else has attributes may be the code of an example.
_STYLED = re.compile(
    rf"<(?:span|p|div|ul|ol|li|table|tr|td|th|caption|dl|list|note){_ATTRIBUTE}{{1,8}}[ \t]{{0,4}}/?>"
)
_LEFT_OUT = re.compile(
    rf"<(?:img|hr|inheritdoc|include|permission){_ATTRIBUTE}{{0,8}}[ \t]{{0,4}}/?>"
    rf"|<(?:a|font){_ATTRIBUTE}{{1,8}}[ \t]{{0,4}}/?>|</(?:a|font)>"
    r"|<listheader>.{0,2000}?</listheader>|</?(?:permission|inheritdoc)>|<!\[CDATA\[|\]\]>|<!--.{0,2000}?-->",
    re.DOTALL,
)
_PARAGRAPH = re.compile(
    r"[ \t]*<(?:p|para|/p|/para|br|remarks|example|/?div|/?ul|/?ol|/?table|/?dl|/?blockquote)[ \t]*/?>[ \t]*"
)
_ITEM = re.compile(r"[ \t]*<(?:li|dt|tr|item)>\s*")
_TERM = re.compile(r"\s*</(?:dt|term)>\s*<(?:dd|description)>\s*")
_CELL = re.compile(r"\s*</t[dh]>\s*<t[dh]>\s*")
_HEADING = re.compile(rf"[ \t]*<h[1-6]{_ATTRIBUTE}{{0,4}}>(?P<title>[^<\n]{{1,200}})</h[1-6]>[ \t]*")
_NAMED = re.compile(
    r"<(param|typeparam|exception)\s+(?:name|cref)=\"([^\"<>]{1,200})\"\s?>([^<]{0,2000})</\1>"
)
_RETURNS = re.compile(r"<returns>([^<]{0,2000})</returns>")
_REFERENCE = re.compile(
    r"<(?:see|seealso|paramref|typeparamref)\s(?P<kind>cref|href|name|langword)=\"(?P<to>[^\"<>]{1,200})\"\s?"
    r"(?:/>|>(?P<label>[^<]{0,200})</\w{1,20}>)"
)
_ANCHOR = re.compile(
    r"<a\s{1,20}href\s?=\s?(?P<mark>[\"'])(?P<to>[^\"'<>\s]{1,500})(?P=mark)[^<>]{0,200}>(?P<label>[^<]{1,400})</a>",
    re.IGNORECASE,
)
_WEIGHT = re.compile(r"</?(?:b|i|em|strong)>")
_CODE = re.compile(rf"<(code|c|tt|kbd|samp|var){_ATTRIBUTE}{{0,4}}>([^<]{{1,400}}?)</\1>")
_BLOCK = re.compile(
    rf"[ \t]*<(?P<tag>pre|code){_ATTRIBUTE}{{0,4}}>(?P<text>.{{0,4000}}?)</(?P=tag)>[ \t]*", re.DOTALL
)
_INSIDE = re.compile(
    rf"^\s*?(?:\{{@(?:code|literal)\s?(?P<braced>.*)\}}|<code{_ATTRIBUTE}{{0,4}}>(?P<tagged>.*)</code>)\s*$",
    re.DOTALL,
)
_ON_ITS_OWN = re.compile(r"[ \t]*\n")
_STYLES = re.compile(r"</?(?:b|i|em|strong|span|code|a)(?:\s[^<>\n]{0,200})?>")
_TAGS = {"param": "@param", "typeparam": "@param", "exception": "@throws"}
# What keeps its layout, in a comment of a language whose tools read HTML or XML.
_LAID_OUT = re.compile(
    r"(```.*?(?:```|\Z)|<pre\b.{0,4000}?</pre>|<code\b.{0,4000}?</code>|\{@(?:code|snippet)\b[^{}]*\})",
    re.DOTALL,
)
# As HTML was once written; one letter alone may be a type.
_CAPITAL = re.compile(
    r"</?(?:BLOCKQUOTE|BR|CODE|DD|DIV|DL|DT|EM|H[1-6]|LI|OL|PRE|SPAN|STRONG|TABLE|TD|TH|TR|TT|UL)\b"
    r"|(?<!@param )</?P>"
)
_SEE = re.compile(r"^([ \t]*@see[ \t]+)([\w.]*#\w+(?:\([^()\n]*\))?)[ \t]*$", re.MULTILINE)
# A member of a class, as Javadoc has it.
_MEMBER = re.compile(r"(\{@link(?:plain)?\s+)([\w.]*)#")
_INDENT = re.compile(r"(?<=\n)[ \t]+(?![-*+\s])")
# What says of which kind the entity is that follows.
_KIND = re.compile(r"^[A-Z!]:")


def at_margin(text: str) -> str:
    """The text without the indentation that HTML and XML do not count, tags as they are written today."""
    text = _SEE.sub(r"\1{@link \2}", _CAPITAL.sub(lambda match: match[0].lower(), text))
    text = _MEMBER.sub(lambda match: match[1] + (f"{match[2]}." if match[2] else ""), text)
    parts = _LAID_OUT.split(text)
    return "".join(part if number % 2 else _INDENT.sub("", part) for number, part in enumerate(parts))


def blocks(text: str, apart: CodeApart) -> str:
    """The text with code that stands on lines of its own set aside."""

    def fenced(match: re.Match[str]) -> str:
        text = match["text"]
        if match["tag"] == "code" and not _ON_ITS_OWN.match(text):
            return match[0]
        inside = _INSIDE.match(text)
        text = (inside["braced"] or inside["tagged"] or "") if inside else text
        text = text if inside and inside["braced"] else html.unescape(_STYLES.sub("", text))
        text = textwrap.dedent(text.strip("\n").rstrip().replace("{@literal @}", "@"))
        return f"\n\n{apart.mark(f'```{chr(10)}{text}{chr(10)}```')}\n\n" if text.strip() else ""

    return _BLOCK.sub(fenced, text)


def without_tags(text: str, apart: CodeApart) -> str:
    """The text, what is code in it set aside."""

    def code(text: str) -> str:
        text = " ".join(html.unescape(text).split())
        return apart.mark(f"`{text}`") if text and "`" not in text else text

    def address(match: re.Match[str]) -> str:
        return match["to"].replace("(", "%28").replace(")", "%29")

    def reference(match: re.Match[str]) -> str:
        label = " ".join((match["label"] or "").split())
        if match["kind"] == "href":
            return f"{label} ({address(match)})" if label else match["to"]
        return label or code(_KIND.sub("", match["to"]).replace("{", "<").replace("}", ">"))

    def anchor(match: re.Match[str]) -> str:
        label = " ".join(match["label"].split())
        return f"{label} ({address(match)})" if match["to"].startswith(("http://", "https://")) else label

    text = _REFERENCE.sub(reference, _LEFT_OUT.sub("", _ANCHOR.sub(anchor, text)))
    text = _CODE.sub(lambda match: code(match[2]), _WEIGHT.sub("", text))
    text = _NAMED.sub(_tag, text)
    text = _RETURNS.sub(lambda match: f"\n@return {' '.join(match[1].split())}", text)
    text = _STYLED.sub(lambda match: re.sub(r"\s[^<>]*", "", match[0].rstrip("/>")) + ">", text)
    text = _HEADING.sub(lambda match: f"\n\n**{match['title'].strip()}**\n\n", text)
    text = _CELL.sub(" | ", _TERM.sub(": ", text))
    text = _PARAGRAPH.sub("\n\n", _ITEM.sub("\n- ", text))
    return _SIMPLE.sub("", _CLOSED.sub("", text) if "</" in text else text)


def _tag(match: re.Match[str]) -> str:
    return f"\n{_TAGS[match[1]]} {_KIND.sub('', match[2])} {' '.join(match[3].split())}"
