"""Every predicate of the closed list: a sentence that it lets through and ones that it refutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docgen.claims.lexicon import english
from docgen.claims.model import Reason, SentenceError
from docgen.claims.predicates import PREDICATES
from docgen.prose.render import paragraph

from tests.docgen.claims.support import Speaker, shop

if TYPE_CHECKING:
    from pathlib import Path

    from docgen.claims.lexicon import Verb

HOLDS = {
    "defines": "<module shop.prices> defines <function price>.",
    "contains": "<package shop> contains <module shop.cli>.",
    "imports": "<module shop.cli> imports <module shop.prices>.",
    "takes": "<function price> takes <parameter name>.",
    "defaults_to": "<environment variable SHOP_CURRENCY> defaults to <value 'EUR'>.",
    "returns": "<function price> returns <result float>.",
    "raises": "<function price> raises <exception ShopError> and <exception ValueError>.",
    "extends": "<exception ShopError> extends <base Exception>.",
    "calls": "<function main> calls <function price> and <function save>.",
    "reads": "<module shop.prices> reads <environment variable SHOP_CURRENCY>.",
    "writes": "<function save> writes <file prices.txt>.",
    "accepts": "<module shop.cli> accepts <option --name>.",
    "serves": "<module shop.prices> serves <route GET /prices>.",
    "handles": "<function price> handles <route GET /prices>.",
    "depends_on": "<project shop> depends on <dependency httpx>.",
    "installs": "<project shop> installs <program sell>.",
    "starts": "<program sell> starts <function main>.",
    "runs": "<command make test> runs <value pytest -q>.",
    "exposes": "<file Dockerfile> exposes <port 8080>.",
    "configures": "<file pytest.ini> configures <tool pytest>.",
    "describes": "<module shop.cli> is described as <text The command line.>.",
}
# Each is made of things that exist, in words that are allowed, and is not so.
REFUTED = {
    "defines": "<module shop.cli> defines <function price>.",
    "contains": "<module shop.cli> contains <package shop>.",
    "imports": "<module shop.prices> imports <module shop.cli>.",
    "takes": "<function main> takes <parameter amount>.",
    "defaults_to": "<environment variable SHOP_CURRENCY> defaults to <value 1>.",
    "returns": "<function main> returns <result float>.",
    "raises": "<function guarded> raises <exception ShopError>.",
    "extends": "<exception ShopError> extends <exception ShopError>.",
    "calls": "<function guarded> calls <function price>.",
    "reads": "<module shop.cli> reads <environment variable SHOP_CURRENCY>.",
    "writes": "<function price> writes <file prices.txt>.",
    "accepts": "<module shop.prices> accepts <option --name>.",
    "serves": "<module shop.cli> serves <route GET /prices>.",
    "handles": "<function save> handles <route GET /prices>.",
    "depends_on": "<project shop> depends on <program sell>.",
    "installs": "<project shop> installs <command make test>.",
    "starts": "<program sell> starts <function price>.",
    "runs": "<command make lint> runs <value pytest -q>.",
    "exposes": "<file pytest.ini> exposes <port 8080>.",
    "configures": "<file Dockerfile> configures <tool pytest>.",
    "describes": "<module shop.prices> is described as <text The command line.>.",
}


@pytest.fixture(scope="module")
def speaker(tmp_path_factory: pytest.TempPathFactory) -> Speaker:
    folder: Path = tmp_path_factory.mktemp("shop")
    return Speaker(shop(folder))


def test_every_predicate_has_its_cases() -> None:
    assert set(HOLDS) == set(REFUTED) == {predicate.name for predicate in PREDICATES}


@pytest.mark.parametrize("name", HOLDS)
def test_what_the_code_shows_may_be_said(speaker: Speaker, name: str) -> None:
    sentence = speaker.claiming(HOLDS[name])
    assert {fact.predicate for fact in sentence.claims} == {name}
    assert "{" not in paragraph([sentence], "README.md")


@pytest.mark.parametrize("name", REFUTED)
def test_what_the_code_does_not_show_is_refuted(speaker: Speaker, name: str) -> None:
    with pytest.raises(SentenceError) as caught:
        speaker.claiming(REFUTED[name])
    assert caught.value.reason is Reason.REFUTED
    assert [claim.predicate for claim in caught.value.claims]


VERBS = [verb for verb in english().verbs if not verb.plural]


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: " ".join(verb.words))
def test_every_verb_says_its_predicate_in_its_direction(speaker: Speaker, verb: Verb) -> None:
    first, _, rest = HOLDS[verb.predicate.name].removesuffix(".").partition("> ")
    subject, thing = f"{first}>", f"<{rest.partition('<')[2].partition('>')[0]}>"
    pair = (thing, subject) if verb.is_inverse else (subject, thing)
    sentence = speaker.claiming(f"{pair[0]} {' '.join(verb.words)} {pair[1]}.")
    assert [fact.predicate for fact in sentence.claims]
    with pytest.raises(SentenceError):
        speaker.claiming(f"{pair[1]} {' '.join(verb.words)} {pair[0]}.")


@pytest.mark.parametrize(
    "text",
    [
        "<function guarded> raises <exception KeyError>.",
        "<function guarded> calls <function price>.",
        "<function nested> calls <function save>.",
        "<function nested> calls <function guarded>.",
        "<module shop.cli> writes <file prices.txt>.",
    ],
)
def test_a_body_shows_only_what_its_text_decides(speaker: Speaker, text: str) -> None:
    with pytest.raises(SentenceError):
        speaker.claiming(text)
