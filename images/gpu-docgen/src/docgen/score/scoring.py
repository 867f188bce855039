"""Pages and a tree to a score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.score import components
from docgen.score.checking import Checker
from docgen.score.entities import entities
from docgen.score.index import Index
from docgen.score.model import Score, Statement, Verdict
from docgen.score.topics import completeness

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from docgen.deadline import Deadline
    from docgen.score.checking import Checked
    from docgen.source.tree import Tree


def score(
    pages: Mapping[str, str], tree: Tree, deadline: Deadline, unasked: Collection[str] = frozenset()
) -> Score:
    """What the repository in `tree` makes of `pages`, Markdown by path from the repository's root.

    Files of the tree under the same paths prove nothing. `unasked` names kinds of entities and topics
    that nobody wants to be told about.
    """
    index = Index(tree, frozenset(pages), deadline)
    passages = list(Checker(index, pages, deadline).check())
    distinct: dict[tuple[str, str, str], Statement] = {}
    for statement in (one for checked in passages for one in checked.statements):
        distinct.setdefault(statement.key, statement)
    statements = list(distinct.values())
    offered = [entity for entity in entities(index) if entity.kind not in unasked]
    covered, left_out = components.coverage(offered, passages)
    complete, untold = completeness(index, offered, statements, unasked)
    parts = {
        "supported": components.supported(statements, len(offered)),
        "coverage": covered,
        "completeness": complete,
        "relevance": components.relevance(passages, len(offered)),
    }
    verdicts = [statement.verdict for statement in statements]
    return Score(
        total=components.joined(parts),
        components={name: round(value, 4) for name, value in parts.items()},
        supported=verdicts.count(Verdict.SUPPORTED),
        contradicted=verdicts.count(Verdict.CONTRADICTED),
        unknown=verdicts.count(Verdict.UNKNOWN),
        findings=_findings(passages),
        missing=(*untold, *left_out),
    )


def _findings(passages: Iterable[Checked]) -> tuple[Statement, ...]:
    """What is contradicted, wherever it stands."""
    wrong = (one for checked in passages for one in checked.statements if one.verdict is Verdict.CONTRADICTED)
    return tuple({(one.page, one.line, one.text): one for one in wrong}.values())
