"""Prose in the language of the page, in the tone that was asked for; without a model neither matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docgen.claims.lexicon import languages, lexicon
from docgen.contract import Options, Tone
from docgen.settings import NAME

from tests.docgen.claims.support import SHOP
from tests.docgen.prose.support import nights
from tests.docgen.support import bundle_of, pages

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("language", languages())
def test_prose_is_written_checked_and_remembered_in_every_language(tmp_path: Path, language: str) -> None:
    settings = f"language: {language}\n"
    first, second = nights(tmp_path, [{NAME: settings}, {NAME: settings}])
    words = lexicon(language)
    assert words is not None
    assert f"Language: {words.name}." in first.asked[0].body["messages"][0]["content"]
    assert first.bundle.sentences["kept"] > 6
    assert first.bundle.sentences["rewritten"] > 0
    told = "".join(pages(first.bundle).values())
    assert [name for name in ("accepts", "defines") if f"` {words.says(name)} `" not in told] == []
    assert (second.asked, second.rewritten) == ([], set())
    assert second.bundle.sentences["remembered"] > 6


def test_a_repository_chooses_its_tone(tmp_path: Path) -> None:
    rules = {}
    for tone in Tone:
        (night,) = nights(tmp_path / tone, [{NAME: f"tone: {tone}\n"}])
        rules[tone] = night.asked[0].body["messages"][0]["content"]
        assert f"Tone: {tone}: " in rules[tone]
    assert len(set(rules.values())) == len(Tone)


def test_pages_without_a_model_are_the_same_in_every_tone(tmp_path: Path) -> None:
    told = [bundle_of(tmp_path / tone, SHOP, Options(tone=tone)) for tone in Tone]
    assert pages(told[0]) == pages(told[1]) == pages(told[2])
    assert len({bundle.recipe for bundle in told}) == len(Tone)
