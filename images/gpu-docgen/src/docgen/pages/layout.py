"""Where things are: the top-level folders and what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.facts.model import Place
from docgen.pages.markdown import code, prose, sentence, table
from docgen.pages.overview import product_modules
from docgen.pages.site import source_link

if TYPE_CHECKING:
    from docgen.facts.model import Module
    from docgen.pages.site import Site

_NAMES_SHOWN = 4


def layout_table(site: Site, page: str, limit: int = 1000) -> str:
    """One row for every top-level folder that holds files which are read, the product's first."""
    folders = top_folders(site)
    ranked = sorted(folders, key=lambda folder: not product_modules(site.facts, folder))
    kept = sorted(ranked[: limit if len(folders) <= limit else limit - 1])
    rows = [_row(site, page, folder) for folder in kept]
    if more := len(folders) - len(kept):
        rows.append((site.words.count("layout.folders", more), ""))
    return table(site.words.texts("column.where", "column.holds"), rows)


def top_folders(site: Site) -> list[str]:
    """Top-level folders with files that count, by name; hidden ones are settings of tools."""
    found = {path.partition("/")[0] for path in site.tree.files if "/" in path}
    return sorted(folder for folder in found if not folder.startswith("."))


def _row(site: Site, page: str, folder: str) -> tuple[str, str]:
    shown = source_link(page, Place(folder), f"{folder}/")
    return shown, _described(site, folder) or _counted(site, folder)


def _described(site: Site, folder: str) -> str:
    """What the packages in the folder say of themselves."""
    below = [m for m in site.facts.modules if m.path.startswith(f"{folder}/") and m.is_package]
    outer = [m for m in below if not any(_holds(other, m) for other in below)]
    if len(outer) == 1 and outer[0].doc:
        return f"{code(outer[0].name)}: {prose(sentence(outer[0].doc))}"
    names = [code(module.name) for module in outer]
    if not names:
        return ""
    shown = site.words.listed(names[:_NAMES_SHOWN])
    if len(names) > _NAMES_SHOWN:
        shown = site.words.count("layout.more", len(names) - _NAMES_SHOWN, names=shown)
    return site.words.count("layout.packages", len(names), names=shown)


def _holds(outer: Module, inner: Module) -> bool:
    return inner.path != outer.path and inner.path.startswith(outer.path.removesuffix("__init__.py"))


def _counted(site: Site, folder: str) -> str:
    """The files by what they are written in, the most frequent first."""
    counts: dict[str, int] = {}
    for path, file in site.tree.files.items():
        if path.startswith(f"{folder}/"):
            kind = file.language or _suffix(path)
            counts[kind] = counts.get(kind, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    named = [(kind, count) for kind, count in ranked[:3] if kind]
    shown = [site.words.count("layout.kind", count, kind=kind) for kind, count in named]
    if not shown:
        return site.words.count("layout.files", sum(counts.values()))
    return site.words.count("layout.kinds", sum(count for _, count in named), kinds=site.words.listed(shown))


def _suffix(path: str) -> str:
    name = path.rpartition("/")[2]
    stem, dot, suffix = name.rpartition(".")
    return code(f".{suffix}") if dot and stem and suffix.isalnum() and len(suffix) <= 8 else ""
