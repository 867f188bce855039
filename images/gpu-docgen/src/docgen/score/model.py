"""What is read from documentation, what is found about it, and the score."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What the repository says to a statement."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What a statement is about."""

    PATH = "path"
    ANCHOR = "anchor"
    SYMBOL = "symbol"
    SIGNATURE = "signature"
    VALUE = "value"
    FLAG = "flag"
    VARIABLE = "variable"
    COMMAND = "command"
    ROUTE = "route"
    RELATION = "relation"
    QUOTE = "quote"


@dataclass(frozen=True)
class Spot:
    """A line of a source file; line 0 is the whole file."""

    path: str
    line: int = 0


@dataclass(frozen=True)
class Link:
    """A link as a reader sees it."""

    label: str
    target: str


@dataclass(frozen=True)
class Passage:
    """A heading, paragraph, list item, table row or code block, at a line of its page.

    `kind` is `heading`, `text`, `row`, `label` (the head of a table) or `code`; `level` is the heading's,
    `language` the code block's. `text` is what a reader sees; `spans` are the pieces of code in it.
    """

    kind: str
    line: int
    text: str
    spans: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    level: int = 0
    language: str = ""


@dataclass(frozen=True)
class Section:
    """A heading (none above the first) and what stands below it until the next."""

    heading: Passage | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Statement:
    """Something a page says that can be compared with the repository; `why` is what the code says.

    `where` is the place in the sources that the page itself names for it, if any.
    """

    kind: Kind
    text: str
    verdict: Verdict
    page: str
    line: int
    why: str = ""
    where: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """The same for statements that say the same, however often."""
        return self.kind, self.text, self.where


@dataclass(frozen=True)
class Score:
    """`total` is 0 to 100, `components` are 0 to 1; `findings` are what the repository contradicts.

    `missing` names the entities and topics left out, the most important first.
    """

    total: float
    components: dict[str, float]
    supported: int
    contradicted: int
    unknown: int
    findings: tuple[Statement, ...]
    missing: tuple[str, ...]
