"""What the answers about one repository are judged by: today's facts, the gates, and what refutes besides.

An answer that the repository remembers is judged exactly as one that a model has just given.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from docgen.claims.check import Checker
from docgen.claims.knowledge import Knowledge
from docgen.gates.known import Known
from docgen.gates.table import stands
from docgen.prose.judge import KEPT, Judge
from docgen.prose.memory import Memory
from docgen.prose.recall import Recall
from docgen.prose.render import paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docgen.claims.check import Sentence
    from docgen.claims.lexicon import Lexicon
    from docgen.claims.refuting import Refuter
    from docgen.facts.model import Facts
    from docgen.prose.context import Context
    from docgen.prose.judge import Judged
    from docgen.prose.reply import RawSentence
    from docgen.source.tree import Tree

REMEMBERED = "remembered"


class Grounds:
    """Judges in the words of one language."""

    def __init__(self, facts: Facts, tree: Tree, lexicon: Lexicon, refuters: Sequence[Refuter] = ()) -> None:
        self.knowledge, self.lexicon = Knowledge(facts, tree), lexicon
        self._known, self._memory, self._refuters = Known(facts, tree), Memory(tree.remembered), refuters

    def judged(self, reply: Iterable[RawSentence | None], context: Context) -> Judged:
        """What stands of an answer to the prompt of `context`."""
        checker = Checker(self.knowledge, context.handles, self.lexicon, self._refuters)
        return Judge(checker, context.facts, self._stands).judge(reply)

    def remembered(self, asked: str, context: Context) -> Judged | None:
        """What the repository holds for a request; None where not all of it stands today."""
        text = self._memory.text(asked)
        if text is None:
            return None
        checker = Checker(self.knowledge, context.handles, self.lexicon)
        judged = self.judged(Recall(self.knowledge, checker, context).read(text), context)
        if sum(judged.counts.values()) != judged.counts[KEPT] or bool(text) != bool(judged.sentences):
            return None
        judged.counts = Counter({REMEMBERED: len(judged.sentences)} if text else {})
        return judged

    def _stands(self, sentence: Sentence) -> bool:
        return stands(paragraph([sentence], "README.md"), self._known)
