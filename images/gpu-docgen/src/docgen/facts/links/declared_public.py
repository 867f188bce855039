"""What manifests say is for others: the folders that composer loads, the projects of .NET that are packed."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.facts.model import Manifest
    from docgen.facts.syntax.source import Source

# The manifests that say so, by the language of what they speak of.
_KINDS = {"PHP": "composer.json", "C#": "csproj"}


def only_declared(sources: Sequence[Source], manifests: Sequence[Manifest]) -> list[Source]:
    """The sources with what no manifest offers made private; where none speaks they stay as they are."""
    spoken = {
        (kind, manifest.folder): manifest
        for kind in _KINDS.values()
        for manifest in manifests
        if manifest.kind == kind and manifest.opens
    }
    return [source if _is_offered(source, spoken) else _closed(source) for source in sources]


def _is_offered(source: Source, spoken: dict[tuple[str, str], Manifest]) -> bool:
    kind, folder = _KINDS.get(source.module.language), source.module.path
    while kind and folder:
        folder = folder.rpartition("/")[0]
        if manifest := spoken.get((kind, folder)):
            places = (posixpath.join(folder, place) for _, opened in manifest.opens for place in opened)
            return any(_holds(posixpath.normpath(place), source.module.path) for place in places)
    return True


def _holds(place: str, path: str) -> bool:
    return place == "." or f"{path}/".startswith(f"{place}/")


def _closed(source: Source) -> Source:
    symbols = tuple(replace(symbol, is_public=False) for symbol in source.module.symbols)
    return replace(source, module=replace(source.module, symbols=symbols))
