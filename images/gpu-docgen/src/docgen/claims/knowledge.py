"""All that sentences about one repository may claim, ready to be asked."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from docgen.claims.bodies import bodies
from docgen.claims.model import Entity, Fact, Sort
from docgen.claims.structure import STRUCTURE, describing
from docgen.claims.syntax_bodies import syntax_bodies
from docgen.pages.markdown import clean, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.model import Facts, Place
    from docgen.source.tree import Tree

_MAX_SENTENCE = 300
# Markup and addresses would have to be rendered, not repeated.
_MARKUP = re.compile(r":[a-z]+:`|\]\(|://|[<>|{}\\]|^\W*$")


class Knowledge:
    """The facts as a set of relations. What is not in it is refuted: nothing is taken on trust."""

    def __init__(self, facts: Facts, tree: Tree) -> None:
        self._places: dict[tuple[str, Entity, Entity], Place] = {}
        self.about: dict[Entity, list[Fact]] = defaultdict(list)
        done = (*bodies(facts, tree), *syntax_bodies(facts, tree))
        for fact in (*_structure(facts), *done, *_descriptions(facts)):
            is_known = (fact.predicate, fact.subject, fact.object) in self._places
            # A project and its package often share a name; a sentence about the two says nothing.
            if not is_known and fact.subject.name != fact.object.name:
                self._places[fact.predicate, fact.subject, fact.object] = fact.place
                self.about[fact.subject].append(fact)
                self.about[fact.object].append(fact)

    def find(self, predicate: str, subject: Entity, object_: Entity) -> Fact | None:
        """The fact, None where the code does not show it."""
        place = self._places.get((predicate, subject, object_))
        return None if place is None else Fact(predicate, subject, object_, place)

    def texts(self, entity: Entity) -> list[Entity]:
        """What the repository says of it, one sentence each."""
        return [f.object for f in self.about[entity] if f.predicate == "describes" and f.subject == entity]


def _structure(facts: Facts) -> Iterator[Fact]:
    for reader in STRUCTURE:
        yield from reader(facts)


def _descriptions(facts: Facts) -> Iterator[Fact]:
    for owner, text, place in describing(facts):
        if first := whole_sentence(text):
            yield Fact("describes", owner, Entity(Sort.TEXT, first, "text", place), place)


def whole_sentence(doc: str) -> str:
    """The first sentence where it is plain and can stand alone, else nothing: never a part of one.

    Later ones lean on the first (`Nothing in it is safe.`), so they say something else alone.
    """
    first = sentence(doc, limit=10_000)
    written = " ".join(clean(doc).split())
    # What a colon announces would be missing, and markup that was taken out is no quotation.
    is_another = f"{first}:" in written or first not in written
    return "" if is_another or len(first) > _MAX_SENTENCE or _MARKUP.search(first) else first
