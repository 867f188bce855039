"""Markdown as its reader sees it: comments and hidden elements are not there, raw HTML is."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from docgen.score.model import Link, Passage, Section

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEADING = re.compile(r"^h([1-6])$")
_BLOCKS = frozenset(
    {"p", "li", "ul", "ol", "pre", "tr", "table", "blockquote", "div", "dd", "dt", "dl", "hr", "details"}
    | {"summary", "section"}
)
_CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset({"script", "style", "template", "noscript", "iframe"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def sections(markdown: str) -> list[Section]:
    """The sections of one page, in order."""
    markdown = _FRONT_MATTER.sub(lambda match: "\n" * match[0].count("\n"), markdown)
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    tokens = parser.parse(markdown)
    for token in tokens:
        if token.map and token.type != "html_block":
            token.attrSet("data-line", str(token.map[0] + 1))
    reader = _Reader()
    reader.feed(parser.renderer.render(tokens, parser.options, {}))
    reader.close()
    reader.flush()
    return _grouped(reader.passages)


def _grouped(passages: Iterable[Passage]) -> list[Section]:
    found: list[tuple[Passage | None, list[Passage]]] = [(None, [])]
    for passage in passages:
        if passage.kind == "heading":
            found.append((passage, []))
        else:
            found[-1][1].append(passage)
    return [Section(heading, tuple(below)) for heading, below in found if heading or below]


class _Reader(HTMLParser):
    """Collects passages from rendered HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.passages: list[Passage] = []
        self._line, self._level, self._hidden = 1, 0, 0
        self._kind, self._language = "text", ""
        self._text: list[str] = []
        self._spans: list[str] = []
        self._links: list[Link] = []
        self._code: int | None = None
        self._link: tuple[int, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._hidden or tag in _UNSEEN or "hidden" in given or "display:none" in _squeezed(given):
            self._hidden += tag not in _VOID
            return
        heading = _HEADING.match(tag)
        if heading or tag in _BLOCKS:
            self.flush()
            self._level = int(heading[1]) if heading else 0
            self._kind = "heading" if heading else {"pre": "code", "tr": "row"}.get(tag, "text")
        self._line = int(given.get("data-line") or self._line)
        if tag in _CELLS and self._text:
            self._text.append(" | ")
        if tag == "th" and self._kind == "row":
            self._kind = "label"
        self._inline(tag, given)

    def _inline(self, tag: str, given: dict[str, str | None]) -> None:
        if tag == "code" and self._kind == "code":
            self._language = (given.get("class") or "").removeprefix("language-")
        elif tag == "code":
            self._text.append("`")
            self._code = len(self._text)
        elif tag == "a":
            self._link = (len(self._text), given.get("href") or "")
        elif tag == "br":
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            self._hidden -= tag not in _VOID
        elif tag == "code" and self._code is not None:
            self._spans.append("".join(self._text[self._code :]).strip())
            self._text.append("`")
            self._code = None
        elif tag == "a" and self._link is not None:
            start, target = self._link
            self._links.append(Link("".join(self._text[start:]).strip(" `"), target))
            self._link = None
        elif tag in _BLOCKS or _HEADING.match(tag):
            self.flush()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._text.append(data)

    def flush(self) -> None:
        """End the passage that is being read."""
        text = "".join(self._text)
        if text.strip() or self._links:
            shown = text.strip("\n") if self._kind == "code" else " ".join(text.split())
            spans, links = tuple(filter(None, self._spans)), tuple(self._links)
            found = Passage(self._kind, self._line, shown, spans, links, self._level, self._language)
            self.passages.append(found)
        self._text, self._spans, self._links = [], [], []
        self._code = self._link = None
        self._kind, self._language, self._level = "text", "", 0


def _squeezed(given: dict[str, str | None]) -> str:
    return (given.get("style") or "").replace(" ", "").lower()
