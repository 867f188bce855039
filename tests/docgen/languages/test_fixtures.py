"""One small repository a language: every symbol, signature, visibility, doc comment, place and edge."""

from __future__ import annotations

from pathlib import Path

import pytest
from documenthor.publish.gates import check_bundle

from tests.docgen.languages.listing import facts_of, listed
from tests.docgen.support import bundle_of, job_spec, pages

EXPECTED = Path(__file__).parent / "expected"
FIXTURES = Path(__file__).parents[2] / "fixtures/languages"
LANGUAGES = sorted(path.stem for path in EXPECTED.iterdir())
# What stands in generated, vendored, built and ignored files and in tests, in any fixture.
LEFT_OUT = ("enerated", "endored", "inified", "gnored", "eftpad", "FromProto", "TestNew", "MillTest", "Built")
# What is there and not for others.
PRIVATE = (
    "secret",
    "hidden",
    "helper",
    "_leak",
    "unused",
    "inner",
    "Wire",
    "unreachable",
    "packageOnly",
    "burn",
)


def test_every_fixture_has_its_listing() -> None:
    assert len(LANGUAGES) == 11
    assert sorted(path.name for path in FIXTURES.iterdir()) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_facts(language: str) -> None:
    assert listed(facts_of(FIXTURES / language)) == (EXPECTED / f"{language}.txt").read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_tell_of_what_is_public_and_of_nothing_else(language: str) -> None:
    bundle = bundle_of(FIXTURES / language, {})
    check_bundle(bundle, job_spec(str(FIXTURES / language)))
    told = {path: body for path, body in pages(bundle).items() if "/reference/" in path}
    everything = "\n".join(told.values())
    assert told
    assert not bundle.dropped, "a gate found a page wrong"
    assert not [word for word in (*LEFT_OUT, *PRIVATE) if word in everything]
