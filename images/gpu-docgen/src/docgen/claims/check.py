"""From a sentence of a model to one that may be published, or the reason why it may not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.claims import grammar, paraphrase
from docgen.claims.lexicon import english
from docgen.claims.model import Entity, Fact, Reason, SentenceError, Sort
from docgen.claims.refuting import refute
from docgen.claims.tokens import Token, tokenize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docgen.claims.grammar import Reading
    from docgen.claims.knowledge import Knowledge
    from docgen.claims.lexicon import Lexicon
    from docgen.claims.refuting import Refuter

Part = Entity | str


@dataclass(frozen=True)
class Sentence:
    """A sentence that was checked: its parts in order, and the facts it rests on.

    A string is a word or a mark of our own lexicon, except in `cited` sentences, where it is text of
    the repository. Neither is ever a model's.
    """

    parts: tuple[Part, ...]
    claims: tuple[Fact, ...]
    is_cited: bool = False


class Checker:
    """Checks the sentences of one reply; `handles` are those that its prompt gave out."""

    def __init__(
        self,
        knowledge: Knowledge,
        handles: Mapping[str, Entity],
        lexicon: Lexicon | None = None,
        refuters: Sequence[Refuter] = (),
    ) -> None:
        self._knowledge, self._handles, self.lexicon = knowledge, handles, lexicon or english()
        self._refuters = refuters

    def claiming(self, text: str) -> Sentence:
        """A sentence of claims: read by the grammar, then every claim looked up."""
        tokens = tokenize(text, self._handles)
        claims = tuple(self._holding(reading) for reading in grammar.read(tokens, self.lexicon))
        return Sentence(tuple(self._parts(tokens)), claims)

    def _holding(self, reading: Reading) -> Fact:
        for predicate in reading.predicates:
            if fact := self._knowledge.find(predicate.name, reading.subject, reading.object):
                return fact
        name = reading.predicates[0].name
        refuted = Fact(name, reading.subject, reading.object, reading.subject.place)
        raise SentenceError(Reason.REFUTED, name, (refuted,))

    def paraphrasing(self, text: str, cite: str) -> Sentence:
        """A sentence that says again what the cited text says of its subject."""
        fact = self._describing(cite)
        if not self.lexicon.retells:
            raise SentenceError(Reason.GRAMMAR, "the text is in another language than the page, perhaps")
        told = paraphrase.check(text, fact.object, self._owners(fact.object), self._handles)
        refute(self._refuters, fact.object, fact.subject, told)
        return Sentence((fact.subject, told), (fact,), is_cited=True)

    def quoting(self, cite: str) -> Sentence:
        """The repository's own words about a thing, with their place."""
        fact = self._describing(cite)
        return Sentence((fact.subject, *self.lexicon.documented.split(), fact.object), (fact,))

    def retelling(self, cite: str) -> Sentence:
        """What a failed sentence about a text is rewritten to: as a sentence if it is one."""
        fact = self._describing(cite)
        told = paraphrase.retold(fact.object.name, fact.subject) if self.lexicon.retells else None
        if told is None:
            return self.quoting(cite)
        try:
            refute(self._refuters, fact.object, fact.subject, told)
        except SentenceError:
            return self.quoting(cite)
        return Sentence((fact.subject, told), (fact,), is_cited=True)

    def _describing(self, cite: str) -> Fact:
        text = self._handles.get(cite)
        if text is None or text.sort is not Sort.TEXT:
            raise SentenceError(Reason.UNKNOWN_HANDLE, cite[:20])
        return next(fact for fact in self._knowledge.about[text] if fact.predicate == "describes")

    def _owners(self, text: Entity) -> frozenset[Entity]:
        return frozenset(f.subject for f in self._knowledge.about[text] if f.predicate == "describes")

    def _parts(self, tokens: Sequence[Token]) -> list[Part]:
        return [token.entity or self.lexicon.spell([token.text]) for token in tokens]
