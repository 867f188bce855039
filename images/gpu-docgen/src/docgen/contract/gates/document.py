"""A body as a Markdown parser sees it, which is what the gates on Markdown look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

# Beyond its own bound the parser stops looking, so what nests deeper than ours is refused unseen.
MAX_NESTING = 40
_PARSER_NESTING = 60
# Stands where a block's end marker will stand.
_END = "<!-- end -->"


class Located(NamedTuple):
    """A token and the line of the body that it begins on, counted from 1; 0 where it has none."""

    token: Token
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """A body's tokens, flat, and the targets of its link definitions, used or not."""

    tokens: tuple[Located, ...]
    definitions: tuple[str, ...]
    is_closed: bool


def parse(body: str) -> Document:
    """Parse a body as it will stand in a file: followed by its end marker."""
    env: dict[str, dict[str, dict[str, str]]] = {}
    top = _parser().parse(f"{body.strip(chr(10))}\n{_END}\n", env)
    is_closed = bool(top) and top[-1].type == "html_block" and top[-1].content.strip() == _END
    references = env.get("references", {}).values()
    tokens = tuple(_flat(top[:-1] if is_closed else top, 0))
    return Document(tokens, tuple(one["href"] for one in references), is_closed)


def html_lines(text: str) -> frozenset[int]:
    """The lines of a file at which a block of HTML, such as a marker, begins, counted from 0."""
    tokens = _parser().parse(text)
    return frozenset(token.map[0] for token in tokens if token.type == "html_block" and token.map)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _PARSER_NESTING}).enable(["table", "strikethrough"])
    # Escaped characters stay tokens of their own, and no target is dropped before a gate has seen it.
    parser.disable("text_join")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 - its signature
    return parser


def _flat(tokens: Sequence[Token], line: int) -> Iterator[Located]:
    for token in tokens:
        if token.map:
            line = token.map[0] + 1
        yield Located(token, line)
        yield from _flat(token.children or (), line)
        line += token.type in {"softbreak", "hardbreak"}
