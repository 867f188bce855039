"""The gate on the score: below the tenant's minimum, or without a score, nothing is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docgen.contract import Bundle
from documenthor.outcomes import Outcome
from documenthor.publish import Publish, decide
from documenthor.tenants import Mode
from pydantic import ValidationError

from tests.documenthor.publish.support import job_spec, seal

if TYPE_CHECKING:
    from tests.documenthor.forge.support import Place


@pytest.mark.parametrize(
    ("score", "minimum", "publishes"),
    [
        (85.0, 85, True),
        (84.9, 85, False),
        (None, 85, False),
        (None, 0.1, False),
        (0.0, 0.1, False),
        (0.0, 0, True),
        (None, 0, True),
        (100.0, 100, True),
    ],
)
def test_the_minimum_decides(place: Place, score: float | None, minimum: float, publishes: bool) -> None:
    spec = job_spec(place)
    decision = decide(place.forge(), spec, seal(spec, score=score), Mode.COMMIT, minimum)
    if publishes:
        assert isinstance(decision, Publish)
    else:
        assert str(decision) == "rejected(score)"


def test_the_finding_names_both_scores(place: Place) -> None:
    spec = job_spec(place)
    outcome = decide(place.forge(), spec, seal(spec, score=61.5), Mode.COMMIT, 85)
    assert isinstance(outcome, Outcome)
    assert outcome.message == "the pages score 61.5; at least 85 is asked for"


def test_a_score_buys_nothing_from_the_other_gates(place: Place) -> None:
    spec = job_spec(place)
    decision = decide(place.forge(), spec, seal(spec, commit="f" * 40, score=100.0), Mode.COMMIT, 85)
    assert str(decision) == "rejected(identity)"


@pytest.mark.parametrize("score", [-1.0, 100.1, float("nan"), float("inf"), "100"])
def test_a_score_that_is_none_makes_no_bundle(place: Place, score: object) -> None:
    spec = job_spec(place)
    with pytest.raises(ValidationError):
        Bundle.model_validate({**seal(spec).open().model_dump(), "score": score})
