"""What a browser would make of a page, by GitHub's own renderer: another one than our gates use."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import cmarkgfm
from cmarkgfm.cmark import Options

if TYPE_CHECKING:
    from collections.abc import Iterator

_EXTENSIONS = ["table", "autolink", "strikethrough", "tasklist"]
_TAGS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "a",
        "code",
        "pre",
        "em",
        "strong",
        "del",
        "br",
        "hr",
        "blockquote",
        "img",
    ]
)
_ATTRIBUTES = frozenset({"href", "src", "alt", "title", "align", "class", "start"})
_MENTION = re.compile(r"(?<![\w`])@[A-Za-z0-9]")
CLOSING = re.compile(
    r"\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)\b:?\s+(?:[\w.-]+/[\w.-]+)?#\d", re.IGNORECASE
)
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_DRAWING = re.compile(r"\bclick\b|%%\{|javascript:|https?:", re.IGNORECASE)
_HOSTS = re.compile(r"evil\.example|octocat", re.IGNORECASE)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self.wrong.append(f"the tag <{tag}>")
        for name, value in attrs:
            if name not in _ATTRIBUTES:
                self.wrong.append(f"the attribute {name} of <{tag}>")
            if name in {"href", "src"}:
                self._check(tag, value or "")
        if tag not in {"br", "hr", "img"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            self._open.remove(tag)

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"the comment {data!r}")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(f"the declaration {decl!r}")

    def unknown_decl(self, data: str) -> None:
        self.wrong.append(f"the declaration {data!r}")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"the instruction {data!r}")

    def handle_data(self, data: str) -> None:
        if {"code", "pre", "a"}.isdisjoint(self._open):
            self.wrong += [f"{found[0]!r} in {data!r}" for found in _MENTION.finditer(data)]

    def _check(self, tag: str, target: str) -> None:
        plain = unquote(target)
        scheme, host = urlsplit(plain)[:2]
        remote = bool(scheme or host or plain.startswith(("/", "\\")))
        if tag == "img" and remote:
            self.wrong.append(f"the image {target!r}")
        if (remote and scheme != "https") or _HOSTS.search(host) or "@" in host:
            self.wrong.append(f"the address {target!r}")


def wrong(text: str) -> list[str]:
    """All in a page's Markdown that would act on its reader, or that its reader cannot see."""
    page = _Page()
    page.feed(cmarkgfm.markdown_to_html_with_extensions(text, Options.CMARK_OPT_UNSAFE, _EXTENSIONS))
    page.close()
    return [*page.wrong, *_unseen(text), *_active(text)]


def _unseen(text: str) -> Iterator[str]:
    for char in sorted(set(text) - {"\n", "\t"}):
        if unicodedata.category(char) in _UNSEEN:
            yield f"the unseen U+{ord(char):04X}"


def _active(text: str) -> Iterator[str]:
    for drawing in re.findall(
        r"^ *(?:```|~~~) *mermaid(.*?)^ *(?:```|~~~) *$", text, re.DOTALL | re.MULTILINE
    ):
        yield from (f"{found[0]!r} in a diagram" for found in _DRAWING.finditer(drawing))
