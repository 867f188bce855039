"""What is true of one repository: the facts and the raw files, none of which is how pages are scored."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docgen.facts.model import Facts, Symbol
    from docgen.source.tree import Tree

_WORD = re.compile(r"\w+")


@dataclass
class World:
    """What is true of one repository, from the facts and the files themselves."""

    facts: Facts
    tree: Tree
    pages: Mapping[str, str]
    score: float | None = None

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word and option of every file and path."""
        texts = (*(file.text for file in self.tree.files.values()), *self.tree.present)
        return frozenset(word for text in texts for word in re.findall(r"-*[\w$][\w$-]*|\w+", text))

    @cached_property
    def said(self) -> str:
        """The words of all files in a row, for whole sentences."""
        return "\n".join(spoken(file.text) for file in self.tree.files.values())

    @cached_property
    def declared(self) -> frozenset[str]:
        """Every signature, without white space."""
        return frozenset(tight(text) for module in self.facts.modules for text in _signatures(module.symbols))

    @cached_property
    def runs(self) -> frozenset[str]:
        """Every command and program that is declared, and whatever a manifest names."""
        named = {command.run for manifest in self.facts.manifests for command in manifest.commands}
        return frozenset(named | {point.name for m in self.facts.manifests for point in m.entry_points})

    def is_path(self, page: str, target: str) -> bool:
        """Whether a link leads anywhere."""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), target))
        return path in self.pages or any(f"{known}/".startswith(f"{path}/") for known in self.tree.present)

    def imports(self, source: str, target: str) -> bool:
        """Whether one of the modules behind a diagram's label imports one behind the other."""
        labels = {
            m.path: (m.path, m.path if m.name == m.path else _slashed(m.name)) for m in self.facts.modules
        }
        return any(
            _is_behind(source, labels[edge.source]) and _is_behind(target, labels[edge.target])
            for edge in self.facts.edges
        )


def _slashed(name: str) -> str:
    return name.replace(".", "/")


def _is_behind(label: str, names: tuple[str, str]) -> bool:
    shown = label.rstrip("/") if "/" in label or label in names else label.replace(".", "/")
    return any(f"{name}/".startswith(f"{shown}/") for name in names)


def spoken(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def tight(text: str) -> str:
    return re.sub(r"\s", "", text).rstrip(":")


def _signatures(symbols: tuple[Symbol, ...]) -> Iterator[str]:
    for symbol in symbols:
        yield symbol.signature
        yield from _signatures(symbol.members)
