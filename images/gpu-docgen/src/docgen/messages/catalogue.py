"""Reading a catalogue: messages by key, with named places (`{name}`) and two forms where a number counts.

A file's `singular` lists the numbers that take the form `one`; every other number takes `other`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DEFAULT = "en"


@dataclass(frozen=True)
class Catalogue:
    """The messages of one language. Values that are put into them are Markdown already."""

    language: str
    singular: frozenset[int]
    messages: Mapping[str, Mapping[str, str | Mapping[str, str]]]

    def text(self, key: str, **values: str) -> str:
        """The message `key` (`readme.run`) with `values` in its places."""
        return str(self._found(key)).format_map(values)

    def texts(self, *keys: str) -> tuple[str, ...]:
        """Several messages without places, as for the head of a table."""
        return tuple(self.text(key) for key in keys)

    def count(self, key: str, number: int, **values: str) -> str:
        """The form of the message for `number`, which its place `{count}` shows."""
        forms = self._found(key)
        if isinstance(forms, str):
            return forms.format_map({"count": str(number), **values})
        form = forms["one" if number in self.singular else "other"]
        return form.format_map({"count": str(number), **values})

    def listed(self, items: Iterable[str]) -> str:
        """The items one after the other."""
        return self.text("general.separator").join(items)

    def sentences(self, items: Iterable[str]) -> str:
        """Whole sentences one after the other."""
        return self.text("general.sentence_gap").join(items)

    def _found(self, key: str) -> str | Mapping[str, str]:
        section, _, name = key.partition(".")
        return self.messages[section][name]


@lru_cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of a language that `languages()` has."""
    content: dict[str, Any] = tomllib.loads(_file(language).read_text("utf-8"))
    singular = frozenset(content.pop("singular"))
    return Catalogue(language, singular, content)


@lru_cache
def languages() -> tuple[str, ...]:
    """The tags that there is a catalogue for, English first."""
    found = sorted(
        item.name.removesuffix(".toml") for item in _folder().iterdir() if item.name.endswith(".toml")
    )
    return (DEFAULT, *(tag for tag in found if tag != DEFAULT))


def nearest(tag: str) -> str:
    """The catalogue for a BCP 47 tag: its own, that of a shorter tag, a relative's, else English.

    `de-AT` is written in `de`, `pt-PT` in `pt-BR`.
    """
    known = {language.lower(): language for language in languages()}
    parts = tag.lower().split("-")
    for length in range(len(parts), 0, -1):
        if found := known.get("-".join(parts[:length])):
            return found
    relatives = (language for language in languages() if language.lower().split("-")[0] == parts[0])
    return next(relatives, DEFAULT)


def _folder() -> resources.abc.Traversable:
    return resources.files("docgen.messages")


def _file(language: str) -> resources.abc.Traversable:
    return _folder() / f"{language}.toml"
