"""Prompts: the ones that ship are right, and any other mistake in one is said before a model is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from docgen.claims.lexicon import languages, lexicon
from docgen.commands.prompts import read_prompts
from docgen.contract import Tone
from docgen.errors import SpecError, UsageError
from docgen.prose.prompts import VARIABLES, check_prompts, render, rules

RULES = "$language $tone $verbs $nouns $words $forms $sentences "
SHIPPED = Path(__file__).parents[3] / "include" / "prompts"


def test_the_prompts_that_ship_are_right() -> None:
    prompts = read_prompts(SHIPPED)
    check_prompts(prompts)
    assert {path.stem for path in SHIPPED.glob("*.txt")} == set(prompts) == set(VARIABLES)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"readme": None}, "no prompt 'readme'"),
        ({"readme": "Write about $subject."}, r"lacks or invents \$facts, \$things, \$written"),
        ({"rules": f"{RULES} $password"}, r"invents \$password"),
        ({"rules": f"{RULES} $"}, "stray"),
        ({"rules": RULES + "x" * 20_000}, "larger than"),
    ],
)
def test_a_wrong_prompt_is_refused(change: dict[str, str | None], says: str) -> None:
    prompts = {name: text for name, text in (read_prompts(SHIPPED) | change).items() if text is not None}
    with pytest.raises(SpecError, match=says):
        check_prompts(prompts)


def test_text_of_the_repository_is_not_rendered_again() -> None:
    assert render("$facts", {"facts": "$facts $HOME ${x}"}) == "$facts $HOME ${x}"


def test_a_folder_without_prompts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"has to hold rules\.txt"):
        read_prompts(tmp_path)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("tone", Tone)
def test_a_model_is_told_its_language_tone_and_words(language: str, tone: Tone) -> None:
    words = lexicon(language)
    assert words is not None
    told = rules(words, tone)
    assert set(told) == VARIABLES["rules"]
    assert words.name in told["language"]
    assert told["tone"].startswith(f"{tone}: ")
    assert {word for verb in words.verbs if not verb.plural for word in verb.words} <= set(
        told["verbs"].lower().replace(",", " ").split()
    )
