"""The words of a language that sentences may be made of, read from `lexicons/TAG.toml`.

A sentence claims nothing that is not written there, so no negation, number or degree can be put into one.
Verbs are given as `singular/plural`, several separated by commas: `says` for subject before object, the
first of which deterministic sentences use, `inverse` for the object first (`is read by`). Words are written
as they are spelled; capitals decide nothing.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from docgen.claims.predicates import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from docgen.claims.predicates import Predicate

DEFAULT = "en"


@dataclass(frozen=True)
class Verb:
    """One way to say a predicate: its words in lower case, for how many subjects, in which direction."""

    predicate: Predicate
    words: tuple[str, ...]
    plural: bool
    is_inverse: bool = False


@dataclass(frozen=True)
class Lexicon:
    """All words in lower case; `spelled` has how each is written.

    `nouns` may stand before a handle, by the kind of its entity. `openers` and `adverbs` order and join
    without claiming anything; adverbs stand before the verb, or behind it where `adverbs_follow`. `which`
    begins a clause about the things before it, in languages where its words keep their order. Only where
    `retells` are the repository's own sentences told again: elsewhere they are quoted.
    """

    language: str
    name: str
    verbs: tuple[Verb, ...]
    nouns: Mapping[str, frozenset[str]]
    articles: frozenset[str]
    prepositions: frozenset[str]
    conjunction: str
    joints: frozenset[str]
    which: frozenset[str]
    openers: frozenset[str]
    adverbs: frozenset[str]
    adverbs_follow: bool
    retells: bool
    documented: str
    forms: tuple[str, ...]
    spelled: Mapping[str, str]

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word that a sentence may have."""
        return frozenset(self.spelled)

    @cached_property
    def longest_verb(self) -> int:
        """The most words of a verb."""
        return max(len(verb.words) for verb in self.verbs)

    def says(self, predicate: str) -> str:
        """The verb of a deterministic sentence with one subject, as it is spelled."""
        return self.spell(next(verb.words for verb in self.verbs if verb.predicate.name == predicate))

    def spell(self, words: Iterable[str]) -> str:
        """Words and marks as they are written."""
        return " ".join(self.spelled.get(word, word) for word in words)


@lru_cache
def lexicon(language: str) -> Lexicon | None:
    """The lexicon for the tag of a catalogue; None for a language in which no sentence can be checked."""
    file = resources.files("docgen.claims") / "lexicons" / f"{language}.toml"
    if not file.is_file():
        return None
    content: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
    verbs, nouns = content["verbs"], content["nouns"]
    lists = {key: _listed(content[key]) for key in _LISTS}
    said = [text for forms in verbs.values() for text in forms.values()]
    said += [*nouns.values(), *(content[key] for key in (*_LISTS, "conjunction", "documented"))]
    phrases = [phrase for text in said for phrase in _phrases(text)]
    return Lexicon(
        language=language,
        name=content["name"],
        verbs=tuple(_verbs(verbs)),
        nouns={kind: _listed(text) for kind, text in nouns.items()},
        conjunction=content["conjunction"].lower(),
        adverbs_follow=content["adverbs_follow"],
        retells=content["retells"],
        documented=content["documented"],
        forms=tuple(content["forms"]),
        spelled={word.lower(): word for phrase in phrases for word in phrase.split()},
        **lists,
    )


@lru_cache
def languages() -> tuple[str, ...]:
    """The tags that there is a lexicon for."""
    folder = resources.files("docgen.claims") / "lexicons"
    return tuple(sorted(item.name.removesuffix(".toml") for item in folder.iterdir()))


def english() -> Lexicon:
    """The lexicon that is always there."""
    found = lexicon(DEFAULT)
    if found is None:
        raise FileNotFoundError(f"lexicons/{DEFAULT}.toml is missing; install docgen again")
    return found


_LISTS = ("articles", "prepositions", "joints", "which", "openers", "adverbs")


def _phrases(text: str) -> list[str]:
    """The phrases of a list, each form of a verb by itself."""
    return [form.strip() for phrase in text.split(",") for form in phrase.split("/") if form.strip()]


def _listed(text: str) -> frozenset[str]:
    return frozenset(phrase.lower() for phrase in _phrases(text))


def _verbs(verbs: Mapping[str, Mapping[str, str]]) -> Iterator[Verb]:
    for name, forms in verbs.items():
        for direction in ("says", "inverse"):
            for phrase in filter(str.strip, forms.get(direction, "").split(",")):
                singular, plural = _phrases(phrase)
                for text, is_plural in ((singular, False), (plural, True)):
                    words = tuple(text.lower().split())
                    yield Verb(BY_NAME[name], words, is_plural, direction == "inverse")
