"""What sentences speak about: entities, facts between them, and why a sentence is dropped."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docgen.facts.model import Place


class Sort(StrEnum):
    """What an entity is; the value is the letter its handles begin with."""

    PROJECT = "X"
    MODULE = "M"
    SYMBOL = "S"
    PARAMETER = "P"
    LITERAL = "L"
    VARIABLE = "V"
    FLAG = "F"
    COMMAND = "C"
    PROGRAM = "E"
    DEPENDENCY = "D"
    ROUTE = "R"
    FILE = "K"
    PORT = "N"
    TEXT = "T"


@dataclass(frozen=True)
class Entity:
    """One thing of the repository. `name` is its text and hostile; `kind` is what it may be called."""

    sort: Sort
    name: str
    kind: str
    place: Place


@dataclass(frozen=True)
class Fact:
    """`subject` stands in the relation `predicate` to `object`, as `place` shows."""

    predicate: str
    subject: Entity
    object: Entity
    place: Place


class Reason(StrEnum):
    """Why a sentence of a model is not published."""

    MALFORMED = "malformed"
    UNKNOWN_HANDLE = "unknown_handle"
    FOREIGN_WORD = "foreign_word"
    GRAMMAR = "grammar"
    WRONG_NOUN = "wrong_noun"
    REFUTED = "refuted"
    NOT_VERBATIM = "not_verbatim"
    NEW_WORD = "new_word"
    LOST_WORD = "lost_word"
    WRONG_SUBJECT = "wrong_subject"
    DISSIMILAR = "dissimilar"
    NOT_ENTAILED = "not_entailed"
    UNKNOWN_NAME = "unknown_name"
    REPEATED = "repeated"
    TOO_LONG = "too_long"
    PAGE = "page_without_point"


class SentenceError(ValueError):
    """A sentence that cannot be published, and why; `claims` are those that were read in it."""

    def __init__(self, reason: Reason, detail: str = "", claims: tuple[Fact, ...] = ()) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail, self.claims = reason, detail, claims
