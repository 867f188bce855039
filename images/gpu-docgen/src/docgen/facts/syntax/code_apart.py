"""Text with its code set aside, so that what is done to prose leaves code as it is."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_CODE = re.compile(r"```.*?(?:```|\Z)|(?<!`)(`{1,2})(?!`)[^`\n]{1,400}\1(?!`)", re.DOTALL)
_MARK = re.compile("\ue000(\\d{1,5})\ue001")
# What would be taken for a tag or a character by its name, outside of code.
_ANGLES = re.compile(r"`[^`\n]{1,400}`|[<&]")
_MARKS = re.compile("[\ue000\ue001]")


class CodeApart:
    """Code of one text, each piece behind a mark that no text has."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def mark(self, code: str) -> str:
        """Set a piece aside."""
        self._pieces.append(code)
        return f"\ue000{len(self._pieces) - 1}\ue001"

    def without(self, text: str) -> str:
        """The text with a mark for each span and block of code."""
        return _CODE.sub(lambda match: self.mark(match[0]), _MARKS.sub("", text))

    def back(self, text: str) -> str:
        """The text with the code that its marks stand for; code may hold other code."""
        for _ in range(3):
            text = _MARK.sub(lambda match: self._pieces[int(match[1])], text)
        return text


def verbatim(text: str) -> str:
    """Indented code, in which nothing is a tag."""
    return _ANGLES.sub(lambda match: match[0] if len(match[0]) > 1 else html.escape(match[0]), text)


def of_prose(change: Callable[[str, CodeApart], str], text: str) -> str:
    """`text` with its prose changed; `change` may set more code aside."""
    apart = CodeApart()
    return apart.back(change(apart.without(text), apart))
