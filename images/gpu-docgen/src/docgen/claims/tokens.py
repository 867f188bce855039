"""A model's sentence as tokens: handles, words and the few marks a sentence needs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.claims.model import Entity, Reason, SentenceError

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_TEXT = 600
_TOKEN = re.compile(
    r"\s*(?:\{(?P<braced>[A-Z]\d{1,4})\}|(?P<bare>[A-Z]\d{1,4})\b|(?P<word>[^\W\d_]+(?:[-'][^\W\d_]+)*)|(?P<mark>[,.;()]))"
)


@dataclass(frozen=True)
class Token:
    """A word in lower case, a mark, or a handle with the entity that it stands for."""

    text: str
    entity: Entity | None = None


def tokenize(text: str, handles: Mapping[str, Entity]) -> tuple[Token, ...]:
    """All of `text` as tokens; raises `SentenceError` for what is neither word, mark nor known handle."""
    if len(text) > MAX_TEXT:
        raise SentenceError(Reason.TOO_LONG, f"{len(text)} characters")
    found: list[Token] = []
    at, text = 0, text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise SentenceError(Reason.FOREIGN_WORD, text[at : at + 20].strip())
        found.append(_token(match, handles))
        at = match.end()
    return tuple(found)


def _token(match: re.Match[str], handles: Mapping[str, Entity]) -> Token:
    handle = match["braced"] or match["bare"]
    if not handle:
        return Token((match["word"] or match["mark"]).lower())
    if handle not in handles:
        raise SentenceError(Reason.UNKNOWN_HANDLE, handle)
    return Token(handle, handles[handle])
