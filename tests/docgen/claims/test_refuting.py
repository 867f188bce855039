"""What refutes paraphrases: it only ever refutes, and only sentences that tell a text again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docgen.claims.model import Reason, SentenceError
from docgen.claims.refuting import Refuter
from docgen.contract import Writer
from docgen.errors import ModelUnavailableError
from docgen.prose.similarity import Entailment, SentenceSimilarity, open_refuters

from tests.docgen.claims.support import Speaker, shop

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from docgen.claims.knowledge import Knowledge

TEXT = "text Return the price of `name`, without tax."
TOLD = "<function price> returns the price of name, without tax."


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return shop(tmp_path_factory.mktemp("shop"))


def near(text: str, others: Sequence[str]) -> list[float]:
    """Nearness for these tests: the share of words."""
    words = set(text.lower().split())
    return [len(words & set(other.lower().split())) / len(words) for other in others]


@pytest.mark.parametrize(("least", "stands"), [(0.0, True), (0.5, True), (1.0, False)])
def test_a_paraphrase_has_to_be_near_enough(knowledge: Knowledge, least: float, stands: bool) -> None:
    refuters = open_refuters(Writer(similarity_minimum=least), near)
    assert [refuter.reason for refuter in refuters] == ([Reason.DISSIMILAR] if least else [])
    speaker = Speaker(knowledge, refuters=refuters)
    cite = speaker.handle(TEXT)
    if stands:
        assert speaker.checker.paraphrasing(speaker.filled(TOLD), cite).is_cited
        return
    with pytest.raises(SentenceError) as caught:
        speaker.checker.paraphrasing(speaker.filled(TOLD), cite)
    assert caught.value.reason is Reason.DISSIMILAR


def test_a_text_that_may_not_be_told_again_is_quoted(knowledge: Knowledge) -> None:
    seen = []

    def refutes(text: str, told: str) -> bool:
        seen.append((text, told))
        return True

    speaker = Speaker(knowledge, refuters=[Refuter(Reason.NOT_ENTAILED, refutes)])
    cite = speaker.handle(TEXT)
    assert speaker.checker.retelling(cite) == speaker.checker.quoting(cite)
    assert seen == [
        (
            "Return the price of `name`, without tax.",
            "price returns the price of `name`, without tax.",
        )
    ]


def test_nothing_else_is_refuted_and_nothing_false_let_through(knowledge: Knowledge) -> None:
    strict = Speaker(knowledge, refuters=[Refuter(Reason.DISSIMILAR, lambda *_: True)])
    lenient = Speaker(knowledge, refuters=[Refuter(Reason.DISSIMILAR, lambda *_: False)])
    assert strict.claiming("<module shop.prices> defines <function price>.").claims
    assert strict.checker.quoting(strict.handle(TEXT)).claims
    for wrong in (TOLD.replace("without", "with"), TOLD.replace("price of", "name of")):
        with pytest.raises(SentenceError):
            lenient.checker.paraphrasing(lenient.filled(wrong), lenient.handle(TEXT))


@pytest.mark.parametrize("model", [SentenceSimilarity, Entailment])
def test_a_model_that_is_not_there_is_said(tmp_path: Path, model: type) -> None:
    with pytest.raises(ModelUnavailableError, match=r"; (install docgen\[|give a folder)"):
        model(str(tmp_path))


def test_without_a_model_nothing_refutes() -> None:
    assert open_refuters(Writer(), None) == ()
