"""Which documentation system a repository has, and where in it our pages can go.

Configurations are read as text and never run. A system is joined where the pages build with it as it
stands; beside one that cannot be joined they go to a folder that it does not read.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from docgen.pages.toctree import covers_root, globs
from docgen.source.exclude import NAVIGATION, PAGE_FOLDERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from docgen.source.tree import Tree


class System(StrEnum):
    """What builds a site from Markdown."""

    MKDOCS = "MkDocs"
    SPHINX = "Sphinx"
    DOCUSAURUS = "Docusaurus"
    VITEPRESS = "VitePress"


@dataclass(frozen=True)
class Home:
    """Where the pages go: `folder`, empty where there is no place for them.

    `system` builds that folder out of all that is below `root`; it is None where nothing does.
    `globs` are the patterns by which Sphinx finds pages.
    """

    folder: str
    system: System | None = None
    root: str = ""
    config: str = ""
    globs: tuple[str, ...] = ()

    def builds(self, path: str) -> bool:
        """Whether the page at `path` is built into the site."""
        return self.system is not None and is_below(path, self.root)


@dataclass(frozen=True)
class _Found:
    system: System
    root: str
    config: str
    folder: str
    is_open: bool = True
    globs: tuple[str, ...] = ()


_FOLDERS = ("docs", "documentation", "doc")
_DOCS_DIR = re.compile(r"^docs_dir:[ \t]*(['\"]?)(?P<folder>[\w./-]+)\1[ \t]*(?:#.*)?$", re.MULTILINE)
_OMITTED = re.compile(r"\bomitted_files:[ \t]*['\"]?warn")
_DOCUSAURUS = re.compile(r"(?:(?P<root>(?:[^/]+/){0,2}[^/]+)/)?docusaurus\.config\.[cm]?[jt]s")
_VITEPRESS = re.compile(r"(?:(?P<root>(?:[^/]+/){0,2}[^/]+)/)?\.vitepress/config(?:/index)?\.[cm]?[jt]s")
_SRC_DIR = re.compile(r"\bsrcDir\s*:\s*(?P<quote>['\"])(?P<folder>[\w./-]+)(?P=quote)")
_CONF = re.compile(r"(?:(?P<root>(?:[^/]+/){0,2}[^/]+)/)?conf\.py")
_MYST = re.compile(r"['\"]myst_(?:parser|nb)['\"]")
_INDEXES = ("index.rst", "index.md", "index.txt", "contents.rst")


def find_home(tree: Tree) -> Home:
    """The first system that can be joined, else a folder that none of them reads."""
    found = [system for find in _FINDERS if (system := find(tree))]
    for system in found:
        if system.is_open and _may_be_written(system.folder):
            return Home(system.folder, system.system, system.root, system.config, system.globs)
    free = (folder for folder in _FOLDERS if not any(is_below(f"{folder}/x", one.root) for one in found))
    return Home(next(free, ""))


def is_below(path: str, root: str) -> bool:
    """Whether `path` is inside the folder `root`; the empty one holds everything."""
    return not root or path.startswith(f"{root}/")


def _may_be_written(folder: str) -> bool:
    return any(folder == allowed or is_below(folder, allowed) for allowed in PAGE_FOLDERS)


def _mkdocs(tree: Tree) -> _Found | None:
    config = next((path for path in NAVIGATION if path in tree.present), "")
    if not config:
        return None
    text = tree.text(config) or ""
    match = _DOCS_DIR.search(text)
    root = _normal(match["folder"]) if match else "docs"
    return _Found(System.MKDOCS, root, config, root, is_open=not _OMITTED.search(text))


def _docusaurus(tree: Tree) -> _Found | None:
    config, site = _shallowest(tree, _DOCUSAURUS)
    if not config:
        return None
    inside = posixpath.join(site, "docs")
    above = posixpath.join(posixpath.dirname(site), "docs")
    is_above = bool(site) and not _has_pages(tree, inside) and "../docs" in (tree.text(config) or "")
    root = above if is_above else inside
    return _Found(System.DOCUSAURUS, root, config, root)


def _vitepress(tree: Tree) -> _Found | None:
    config, site = _shallowest(tree, _VITEPRESS)
    if not config:
        return None
    text = tree.text(config) or ""
    match = _SRC_DIR.search(text)
    root = _normal(posixpath.join(site, match["folder"])) if match else site
    return _Found(System.VITEPRESS, root, config, root or "docs", is_open=bool(match) or "srcDir" not in text)


def _sphinx(tree: Tree) -> _Found | None:
    for config, root in _matching(tree, _CONF):
        at = [posixpath.join(root, name) for name in _INDEXES]
        index = next((path for path in at if path in tree.present), "")
        if index:
            patterns = globs(tree.text(index) or "")
            is_open = bool(_MYST.search(tree.text(config) or "")) and covers_root(patterns)
            return _Found(System.SPHINX, root, config, root, is_open, patterns)
    return None


# In the order in which they are asked.
_FINDERS: tuple[Callable[[Tree], _Found | None], ...] = (_mkdocs, _docusaurus, _vitepress, _sphinx)


def _shallowest(tree: Tree, pattern: re.Pattern[str]) -> tuple[str, str]:
    return next(iter(_matching(tree, pattern)), ("", ""))


def _matching(tree: Tree, pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """Every path that matches with the folder it speaks for, the outermost first."""
    found = [(path, match["root"] or "") for path in tree.present if (match := pattern.fullmatch(path))]
    return sorted(found, key=lambda item: (item[0].count("/"), item))


def _has_pages(tree: Tree, folder: str) -> bool:
    return any(is_below(path, folder) and path.endswith((".md", ".mdx")) for path in tree.present)


def _normal(folder: str) -> str:
    """The folder without `./`; one above the repository stays as it is and can never be written."""
    plain = posixpath.normpath(folder)
    return "" if plain == "." else plain
