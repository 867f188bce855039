"""One reply: every sentence checked, a failed one rewritten once from what holds of it, the rest counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.claims.check import Sentence
from docgen.claims.model import Entity, Fact, Reason, SentenceError
from docgen.prose.reply import MAX_FACTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from docgen.claims.check import Checker
    from docgen.claims.lexicon import Lexicon
    from docgen.prose.reply import RawSentence

KEPT, REWRITTEN = "kept", "rewritten"


@dataclass
class Judged:
    """The sentences that stand, in their order; what was refuted; all of them counted."""

    sentences: tuple[Sentence, ...] = ()
    refuted: list[Fact] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


class Judge:
    """Judges the sentences of one paragraph."""

    def __init__(
        self, checker: Checker, facts: Mapping[str, Fact], stands: Callable[[Sentence], bool] | None = None
    ) -> None:
        """`stands` tells whether the gates would leave a sentence on a page."""
        self._checker, self._facts, self._stands = checker, facts, stands
        self._told: set[Fact] = set()
        self._judged = Judged()

    def judge(self, reply: Iterable[RawSentence | None]) -> Judged:
        """What stands of a reply; nothing where no sentence of the model's own does."""
        found = [sentence for raw in reply if (sentence := self._one(raw))]
        if self._judged.counts[KEPT]:
            self._judged.sentences = tuple(found)
        elif found:
            self._judged.counts[Reason.PAGE] += self._judged.counts.pop(REWRITTEN, 0)
        return self._judged

    def _one(self, raw: RawSentence | None) -> Sentence | None:
        try:
            sentence, fate = self._standing(self._checked(raw)), KEPT
        except SentenceError as error:
            self._judged.refuted += error.claims
            rewritten = self._rewritten(raw)
            if rewritten is None:
                self._judged.counts[error.reason] += 1
                return None
            sentence, fate = rewritten, REWRITTEN
        if self._told.issuperset(sentence.claims):
            self._judged.counts[Reason.REPEATED] += 1
            return None
        self._told.update(sentence.claims)
        self._judged.counts[fate] += 1
        return sentence

    def _standing(self, sentence: Sentence) -> Sentence:
        if self._stands and not self._stands(sentence):
            raise SentenceError(Reason.UNKNOWN_NAME)
        return sentence

    def _checked(self, raw: RawSentence | None) -> Sentence:
        if raw is None:
            raise SentenceError(Reason.MALFORMED)
        if raw.kind == "quote":
            return self._checker.quoting(raw.cite)
        if raw.kind == "paraphrase":
            return self._checker.paraphrasing(raw.text, raw.cite)
        return self._checker.claiming(raw.text)

    def _rewritten(self, raw: RawSentence | None) -> Sentence | None:
        """What the sentence set out to say, in words of ours and as far as it is true."""
        if raw is None:
            return None
        try:
            said = self._checker.retelling(raw.cite) if raw.cite else self._stated(raw)
            return self._standing(said) if said else None
        except SentenceError:
            return None

    def _stated(self, raw: RawSentence) -> Sentence | None:
        """The first of the chosen facts that share subject and predicate: `A takes B and C.`"""
        chosen = [self._facts[handle] for handle in raw.facts[:MAX_FACTS] if handle in self._facts]
        new = [fact for fact in dict.fromkeys(chosen) if fact not in self._told]
        same = [f for f in new if (f.subject, f.predicate) == (new[0].subject, new[0].predicate)]
        return Sentence(tuple(_said(same, self._checker.lexicon)), tuple(same)) if same else None


def _said(facts: list[Fact], lexicon: Lexicon) -> list[Entity | str]:
    """Subject, verb, and the objects as a list in words."""
    objects = [fact.object for fact in facts]
    verb = lexicon.says(facts[0].predicate).split()
    parts: list[Entity | str] = [facts[0].subject, *verb, objects[0]]
    for thing in objects[1:-1]:
        parts += [",", thing]
    return [*parts, lexicon.conjunction, objects[-1]] if len(objects) > 1 else parts
