"""What a content gate looks at, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docgen.contract.gates.document import Document
    from docgen.gates.known import Known
    from docgen.pages.site import Draft


class Repair(Enum):
    """How a page can do without what a gate found."""

    PART = auto()  # the sentence, table row or list item goes
    SECTION = auto()  # the heading goes with all below it
    LABEL = auto()  # a code block is shown as plain text


@dataclass(frozen=True)
class Flaw:
    """`what` is wrong on `line` of a page's body (from 1); `needle` is source text of the wrong part."""

    gate: str
    line: int
    what: str
    needle: str = ""
    repair: Repair = Repair.PART


@dataclass(frozen=True)
class Sheet:
    """One page: its draft, the body without the marks of lines, parsed, and what is known."""

    draft: Draft
    body: str
    document: Document
    known: Known
