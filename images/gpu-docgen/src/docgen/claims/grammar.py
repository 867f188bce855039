"""Reading sentences that claim: a closed grammar, so that a sentence says what was checked and no more.

    sentence   = [opener [","]] clause {[","] ("and" | joint) clause | ";" clause} "."
    clause     = things predicate {("," | [","] "and") predicate} ["," "which" predicate]
    predicate  = [adverb] verb things | verb [adverb] things
    things     = thing {"," thing} [[","] "and" thing]
    thing      = [article] [noun] handle ["(" text ")"] [preposition thing]

Every word is in the lexicon of a language (`lexicon.py`), which also says where its adverbs stand and what
its words for `and` and `which` are. Where a sentence could be read in two ways it is refused:
a list is never followed by another subject, and what `which` says holds of all things before it and ends
the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.claims.model import Entity, Reason, SentenceError, Sort
from docgen.claims.predicates import BY_NAME, OWNING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docgen.claims.lexicon import Lexicon, Verb
    from docgen.claims.predicates import Predicate
    from docgen.claims.tokens import Token

_MARKS = frozenset(",.;()")
_MAX_DEPTH = 3


@dataclass(frozen=True)
class Reading:
    """One claim of a sentence: any of `predicates` may make it true."""

    predicates: tuple[Predicate, ...]
    subject: Entity
    object: Entity


@dataclass
class _Parser:
    tokens: Sequence[Token]
    lexicon: Lexicon
    at: int = 0
    readings: list[Reading] = field(default_factory=list)

    def sentence(self) -> None:
        if self._words(self.lexicon.openers):
            self._take(",")
        self._clause()
        while not self._ended():
            if not (self._take(";") or self._joined()):
                raise self._lost()
            self._clause()

    def _joined(self) -> bool:
        """`and` or the like before another clause, with or without a comma."""
        start = self.at
        self._take(",")
        if self._words({self.lexicon.conjunction, *self.lexicon.joints}):
            return True
        self.at = start
        return False

    def _ended(self) -> bool:
        return self._take(".") and self.at == len(self.tokens)

    def _clause(self) -> None:
        subjects = self._things(are_subjects=True)
        objects = self._predicate(subjects)
        while self._another():
            objects = self._predicate(subjects)
        if any(self._peek(",", which) for which in self.lexicon.which):
            self.at += 2
            self._predicate(objects)
            if not self._peek("."):
                raise SentenceError(Reason.GRAMMAR, "which does not end the sentence")

    def _another(self) -> bool:
        """Whether a further predicate of the same subjects follows; its joint is taken."""
        start = self.at
        if (self._take(",") | self._take(self.lexicon.conjunction)) and self._verbs():
            return True
        self.at = start
        return False

    def _predicate(self, subjects: list[Entity]) -> list[Entity]:
        verbs = [verb for verb in self._verbs() if verb.plural == (len(subjects) > 1)]
        if not verbs:
            raise self._lost()
        self._adverb(stands_here=not self.lexicon.adverbs_follow)
        self.at += len(verbs[0].words)
        self._adverb(stands_here=self.lexicon.adverbs_follow)
        objects = self._things()
        self.readings += [_reading(verbs, subject, thing) for subject in subjects for thing in objects]
        return objects

    def _verbs(self) -> list[Verb]:
        """The longest verbs that stand here, after an adverb perhaps; nothing is taken."""
        start = self.at
        self._adverb(stands_here=not self.lexicon.adverbs_follow)
        rest = tuple(token.text for token in self.tokens[self.at : self.at + self.lexicon.longest_verb])
        self.at = start
        fitting = [verb for verb in self.lexicon.verbs if rest[: len(verb.words)] == verb.words]
        longest = max((len(verb.words) for verb in fitting), default=0)
        return [verb for verb in fitting if len(verb.words) == longest]

    def _adverb(self, *, stands_here: bool) -> None:
        if stands_here:
            self._words(self.lexicon.adverbs)

    def _things(self, *, are_subjects: bool = False) -> list[Entity]:
        found = [self._thing()]
        is_last = False
        while not is_last:
            start, marked = self.at, len(self.readings)
            comma, is_last = self._take(","), self._take(self.lexicon.conjunction)
            thing = self._thing() if (comma or is_last) and not self._something_else() else None
            starts_clause = not are_subjects and bool(self._verbs())
            if thing is None or starts_clause:
                self.at = start
                del self.readings[marked:]
                break
            if thing in found:
                raise SentenceError(Reason.GRAMMAR, "the same thing twice")
            found.append(thing)
        return found

    def _something_else(self) -> bool:
        aside = self.lexicon.which | self.lexicon.joints
        return any(self._peek(word) for word in aside) or bool(self._verbs())

    def _thing(self, depth: int = 0) -> Entity:
        self._words(self.lexicon.articles)
        noun = self._noun()
        entity = self._entity()
        if noun and noun not in self.lexicon.nouns.get(entity.kind, frozenset()):
            raise SentenceError(Reason.WRONG_NOUN, noun)
        if self._take("("):
            text = self._entity()
            self.readings.append(Reading((BY_NAME["describes"],), entity, text))
            if text.sort is not Sort.TEXT or not self._take(")"):
                raise self._lost()
        if depth < _MAX_DEPTH and self._words(self.lexicon.prepositions):
            self.readings.append(Reading(OWNING, self._thing(depth + 1), entity))
        return entity

    def _noun(self) -> str:
        words = []
        while self.at < len(self.tokens) and self.tokens[self.at].entity is None:
            if self.tokens[self.at].text in _MARKS:
                raise self._lost()
            words.append(self.tokens[self.at].text)
            self.at += 1
        return " ".join(words)

    def _entity(self) -> Entity:
        entity = self.tokens[self.at].entity if self.at < len(self.tokens) else None
        if entity is None:
            raise self._lost()
        self.at += 1
        return entity

    def _words(self, phrases: Iterable[str]) -> bool:
        """Take the longest of `phrases` that stands here."""
        for phrase in sorted(phrases, key=len, reverse=True):
            words = phrase.split()
            if [token.text for token in self.tokens[self.at : self.at + len(words)]] == words:
                self.at += len(words)
                return True
        return False

    def _peek(self, *texts: str) -> bool:
        return tuple(token.text for token in self.tokens[self.at : self.at + len(texts)]) == texts

    def _take(self, text: str) -> bool:
        if self._peek(text):
            self.at += 1
            return True
        return False

    def _lost(self) -> SentenceError:
        shown = " ".join(token.text for token in self.tokens[self.at : self.at + 3])
        return SentenceError(Reason.GRAMMAR, shown or "the end")


def _reading(verbs: list[Verb], subject: Entity, thing: Entity) -> Reading:
    """The claim that the verbs make of the two; a verb may stand for several predicates."""
    direction = verbs[0].is_inverse
    pair = (thing, subject) if direction else (subject, thing)
    return Reading(tuple(verb.predicate for verb in verbs if verb.is_inverse == direction), *pair)


def read(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[Reading, ...]:
    """Every claim that the sentence makes; raises `SentenceError` where it is not of the grammar."""
    known = lexicon.words | _MARKS
    foreign = [t.text for t in tokens if t.entity is None and t.text not in known]
    if foreign:
        raise SentenceError(Reason.FOREIGN_WORD, foreign[0])
    parser = _Parser(tokens, lexicon)
    parser.sentence()
    return tuple(parser.readings)
