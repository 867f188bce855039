"""What may refute a paraphrase beside the comparison of its words: models that know what texts mean.

They never let anything through: a sentence that reaches them has all words of its text in their order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.claims.model import SentenceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from docgen.claims.model import Entity, Reason


@dataclass(frozen=True)
class Refuter:
    """`refutes` is given a text of the repository and the sentence that is to stand for it."""

    reason: Reason
    refutes: Callable[[str, str], bool]


def refute(refuters: Iterable[Refuter], cited: Entity, subject: Entity, told: str) -> None:
    """Raise `SentenceError` where one of them refutes that the subject does what was told of it."""
    sentence = f"{subject.name} {told}"
    for refuter in refuters:
        if refuter.refutes(cited.name, sentence):
            raise SentenceError(refuter.reason, told)
