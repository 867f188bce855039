"""`docgen score`: any documentation against any repository."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.contract import Options
from docgen.errors import TooLargeError, UsageError
from docgen.score.checking import MARKDOWN
from docgen.score.links import targets
from docgen.score.scoring import score
from docgen.source.exclude import Excluder
from docgen.source.tree import read_tree

if TYPE_CHECKING:
    from docgen.deadline import Deadline
    from docgen.score.model import Score
    from docgen.source.tree import Tree

_MAX_PAGES = 5_000
_MAX_BYTES = 20_000_000


def score_documentation(documentation: Path, repository: Path, deadline: Deadline) -> Score:
    """The score of a Markdown file, or of all of them below a folder, for the folder `repository`."""
    if not repository.is_dir():
        raise UsageError(f"there is no folder {repository}; give the repository's work tree")
    pages = _read_pages(documentation)
    if not pages:
        raise UsageError(f"{documentation} holds no Markdown; give a .md file or a folder with some")
    tree = read_tree(repository.resolve(), Options(), deadline)
    return score(_placed(pages, documentation.resolve(), repository.resolve(), tree), tree, deadline)


def _read_pages(documentation: Path) -> dict[str, str]:
    """Markdown by path below the folder; symbolic links are not followed."""
    if documentation.is_file():
        return {documentation.name: _text(documentation)} if _is_page(documentation.name) else {}
    if not documentation.is_dir():
        raise UsageError(f"there is no {documentation}; give a Markdown file or a folder")
    found = sorted(_walk(documentation))
    if len(found) > _MAX_PAGES:
        raise TooLargeError(f"{len(found)} pages are more than {_MAX_PAGES}; score a part of them")
    kept = Excluder(found, ()).excludes
    pages: dict[str, str] = {}
    left = _MAX_BYTES
    for path in (path for path in found if not kept(path)):
        pages[path] = _text(documentation / path)
        left -= len(pages[path])
        if left < 0:
            raise TooLargeError(f"the pages are larger than {_MAX_BYTES} bytes; score a part of them")
    return pages


def _walk(root: Path) -> list[str]:
    found = []
    for folder, _, names in os.walk(root):
        paths = [Path(folder) / name for name in names if _is_page(name)]
        found += [path.relative_to(root).as_posix() for path in paths if not path.is_symlink()]
    return found


def _is_page(name: str) -> bool:
    return name.lower().endswith(MARKDOWN)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise TooLargeError(f"{path} is larger than {_MAX_BYTES} bytes; leave it out")
        return path.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError as error:
        raise UsageError(f"cannot read {path} ({error.strerror}); check its mode") from error


def _placed(pages: dict[str, str], documentation: Path, repository: Path, tree: Tree) -> dict[str, str]:
    """The pages by where they stand in the repository: where most of their links lead to something.

    They may stand in it, or be a copy of a whole set or of its folder.
    """
    start = documentation.parent if documentation.is_file() else documentation
    folders = ["", start.name]
    if start.is_relative_to(repository):
        folders = [posixpath.normpath(start.relative_to(repository).as_posix()), *folders]
    placed = [
        {posixpath.normpath(posixpath.join(at, path)): text for path, text in pages.items()} for at in folders
    ]
    return max(placed, key=lambda one: _resolving(one, tree))


def _resolving(pages: dict[str, str], tree: Tree) -> int:
    """How many links lead to something."""
    return sum(target in tree.present for path, text in pages.items() for target in targets(path, text))
