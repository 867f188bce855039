"""Which modules and facts matter most to somebody who is new: what the rest builds on comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from docgen.claims.model import Entity, Fact, Sort

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from docgen.claims.knowledge import Knowledge
    from docgen.facts.model import Facts

_ROUNDS = 30
_DAMPING = 0.85
# What tells most about a thing, first.
_ORDER = {
    name: place
    for place, name in enumerate(
        (
            "describes", "installs", "starts", "runs", "serves", "handles", "reads", "accepts", "contains",
            "defines", "takes", "returns", "raises", "extends", "imports", "calls", "writes", "defaults_to",
            "depends_on", "exposes", "configures",
        )
    )
}  # fmt: skip


class Relevance(Protocol):
    """Tells how near texts are to another, each from -1 to 1."""

    def __call__(self, text: str, others: Sequence[str]) -> list[float]:
        """One number for each of `others`."""


def import_ranks(facts: Facts) -> dict[str, float]:
    """PageRank of every module by path over the import graph; importing a module votes for it."""
    paths = [module.path for module in facts.modules]
    outgoing: dict[str, list[str]] = {path: [] for path in paths}
    for edge in facts.edges:
        if edge.source in outgoing and edge.target in outgoing:
            outgoing[edge.source].append(edge.target)
    ranks = dict.fromkeys(paths, 1 / max(len(paths), 1))
    for _ in range(_ROUNDS):
        idle = sum(ranks[path] for path in paths if not outgoing[path])
        base = (1 - _DAMPING + _DAMPING * idle) / max(len(paths), 1)
        following = dict.fromkeys(paths, base)
        for source, targets in outgoing.items():
            for target in targets:
                following[target] += _DAMPING * ranks[source] / len(targets)
        ranks = following
    return ranks


def facts_about(focus: Sequence[Entity], knowledge: Knowledge) -> list[Fact]:
    """Facts about any of `focus`, and what the things in them are described as and default to."""
    found = dict.fromkeys(fact for entity in focus for fact in knowledge.about[entity])
    near = dict.fromkeys(e for fact in found for e in (fact.subject, fact.object) if e not in set(focus))
    for entity in near:
        if entity.sort in {Sort.TEXT, Sort.LITERAL}:
            continue
        told = (f for f in knowledge.about[entity] if f.subject == entity)
        found |= dict.fromkeys(f for f in told if f.predicate in {"describes", "defaults_to", "starts"})
    return list(found)


def ordered(
    focus: Entity, facts: Iterable[Fact], ranks: Mapping[str, float], relevance: Relevance | None, about: str
) -> list[Fact]:
    """Facts about `focus` itself first, then by what they tell, by relevance to `about`, by import rank."""
    facts = list(facts)
    texts = [" ".join((fact.subject.name, fact.predicate, fact.object.name))[:300] for fact in facts]
    near = relevance(about, texts) if relevance and about and facts else [0.0] * len(facts)
    # Rounded, so that the last bits of a sum in floating point decide nothing.
    keyed = zip(facts, (round(number, 3) for number in near), strict=True)
    return [fact for fact, _ in sorted(keyed, key=lambda item: _key(focus, item[0], item[1], ranks))]


def _key(
    focus: Entity, fact: Fact, near: float, ranks: Mapping[str, float]
) -> tuple[bool, float, int, float, str, str, str]:
    other = fact.object if fact.subject == focus else fact.subject
    rank = round(ranks.get(other.place.path, 0.0), 9)
    is_far = focus not in {fact.subject, fact.object}
    order = _ORDER.get(fact.predicate, len(_ORDER))
    return is_far, -near, order, -rank, fact.subject.name, fact.predicate, fact.object.name
