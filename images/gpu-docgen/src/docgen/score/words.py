"""The words that the comparison of sentences and names rests on: data, in `words.toml`."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from typing import Any, Final

_DATA: Final[dict[str, Any]] = tomllib.loads(
    resources.files("docgen.score").joinpath("words.toml").read_text(encoding="utf-8")
)


def _words(table: dict[str, str]) -> frozenset[str]:
    return frozenset(table["words"].split())


# Classes of words that turn a sentence around when they change.
CLASSES: Final = {name: _words(table) for name, table in _DATA["meaning"].items()}
NUMBER: Final = re.compile(r"^v?\d\w*$")
NUMBER_WORDS: Final = _words(_DATA["number"])
JOINING: Final = _words(_DATA["joining"])
FOREIGN: Final = _words(_DATA["foreign"])
