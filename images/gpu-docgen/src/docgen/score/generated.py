"""The score of the generator's own blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docgen.contract import Page
from docgen.score.scoring import score

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docgen.contract import Block
    from docgen.deadline import Deadline
    from docgen.source.tree import Tree

# What only one page tells; where that page is not wanted, its absence is no fault.
_TOLD_BY: Final = {
    Page.REFERENCE: frozenset({"symbol", "method", "its interface"}),
    Page.CONFIGURATION: frozenset({"variable", "option", "dependency", "its configuration"}),
    Page.README: frozenset(
        {"what it is", "how to install it", "how to run it", "how to test it", "its licence"}
        | {"program", "command"}
    ),
}


def score_of(blocks: Sequence[Block], tree: Tree, wanted: Iterable[Page], deadline: Deadline) -> float | None:
    """0 to 100 for the blocks as they will stand; None where there is none."""
    if not blocks:
        return None
    pages: dict[str, str] = {}
    for block in blocks:
        pages[block.path] = f"{pages.get(block.path, '')}{block.body}\n"
    unasked = (told for page, told in _TOLD_BY.items() if page not in wanted)
    return score(pages, tree, deadline, frozenset().union(*unasked)).total
