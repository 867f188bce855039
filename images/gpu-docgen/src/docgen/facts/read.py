"""All facts of one tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.facts.graph import import_edges
from docgen.facts.javascript import LANGUAGES, read_script
from docgen.facts.manifests.read import read_manifests
from docgen.facts.model import Facts
from docgen.facts.python.module import read_module
from docgen.facts.python.naming import module_names
from docgen.facts.scope import is_product_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.deadline import Deadline
    from docgen.facts.model import Module
    from docgen.source.tree import SourceFile, Tree

_LICENSES = ("LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "LICENCE.md", "COPYING", "COPYING.txt")


def read_facts(tree: Tree, repository: str, deadline: Deadline) -> Facts:
    """What `tree` shows; the same tree always gives the same facts."""
    modules = tuple(_modules(tree, deadline))
    license_file, license_title = _license(tree)
    return Facts(
        repository=repository,
        manifests=read_manifests(tree),
        modules=modules,
        edges=import_edges(modules),
        languages=_languages(tree),
        license_file=license_file,
        license_title=license_title,
    )


def _modules(tree: Tree, deadline: Deadline) -> Iterator[Module]:
    files = [file for file in tree.files.values() if is_product_code(file.path)]
    names = module_names(tree.files)
    for file in files:
        deadline.check()
        if file.language == "Python":
            yield read_module(file, names.get(file.path, ""))
        elif file.language in LANGUAGES:
            yield read_script(file, tree.files)


def _languages(tree: Tree) -> dict[str, int]:
    """Lines that are not blank by language, the largest first."""
    counts: dict[str, int] = {}
    for file in tree.files.values():
        if file.language:
            counts[file.language] = counts.get(file.language, 0) + file.lines
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _license(tree: Tree) -> tuple[str, str]:
    """The licence file and its title, where its first line is one."""
    file: SourceFile | None = next((tree.files[name] for name in _LICENSES if name in tree.files), None)
    if file is None:
        return "", ""
    first = next((line.strip("# \t") for line in file.text.splitlines() if line.strip()), "")
    is_title = "licen" in first.lower() and len(first) <= 60
    return file.path, first if is_title else ""
