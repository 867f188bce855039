"""What stands beside an assignment to document it: `#:` comments, or a string below it."""

from __future__ import annotations

import ast
import inspect
import io
import tokenize
from typing import TYPE_CHECKING

from docgen.facts.python.source import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = "#:"


class Comments:
    """The documenting comments of one file."""

    def __init__(self, data: bytes) -> None:
        self._above: dict[int, str] = {}
        self._beside: dict[int, str] = {}
        for line, text, is_alone in _marked(data) if _MARK.encode() in data else ():
            (self._above if is_alone else self._beside)[line] = text

    def of(self, node: ast.stmt, following: ast.stmt | None) -> str:
        """What documents the assignment: a string right below it, a comment above it or on its line."""
        last = node.end_lineno or node.lineno
        is_below = isinstance(following, ast.Expr) and following.lineno == last + 1
        if isinstance(following, ast.Expr) and is_below and following.col_offset == node.col_offset:
            text = text_of(following.value)
            if text is not None:
                return inspect.cleandoc(text)
        return self._comment_above(node.lineno) or self._beside.get(last, "")

    def _comment_above(self, line: int) -> str:
        lines: list[str] = []
        while (line := line - 1) in self._above:
            lines.append(self._above[line])
        return "\n".join(reversed(lines)).strip()


def _marked(data: bytes) -> Iterator[tuple[int, str, bool]]:
    """Line and text of each such comment, and whether it has the line for itself."""
    try:
        for token in tokenize.tokenize(io.BytesIO(data).readline):
            if token.type == tokenize.COMMENT and token.string.startswith(_MARK):
                text = token.string.removeprefix(_MARK).removeprefix(" ").rstrip()
                yield token.start[0], text, not token.line[: token.start[1]].strip()
    except (tokenize.TokenError, SyntaxError, ValueError, LookupError):
        return
