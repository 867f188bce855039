"""All facts of one tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.facts.config_files import read_config_files
from docgen.facts.graph import import_edges
from docgen.facts.licences import read_licence
from docgen.facts.links.declared_public import only_declared
from docgen.facts.links.doc_links import with_doc_links
from docgen.facts.links.resolve import linked
from docgen.facts.links.rust_public import only_reachable
from docgen.facts.links.script_public import only_offered
from docgen.facts.manifests.containers import read_ports
from docgen.facts.manifests.read import read_manifests
from docgen.facts.manifests.workspaces import read_workspaces
from docgen.facts.model import Facts
from docgen.facts.python.environment_actions import environment_actions
from docgen.facts.python.module import read_module
from docgen.facts.python.naming import module_names
from docgen.facts.scope import is_product_code
from docgen.facts.syntax.source import read_source

if TYPE_CHECKING:
    from docgen.deadline import Deadline
    from docgen.facts.links.script_public import Public
    from docgen.facts.model import Manifest, Module
    from docgen.facts.syntax.source import Source
    from docgen.source.tree import Tree


def read_facts(tree: Tree, repository: str, deadline: Deadline) -> Facts:
    """What `tree` shows; the same tree always gives the same facts."""
    manifests = read_manifests(tree)
    modules, offered = _modules(tree, manifests, deadline)
    license_file, license_title = read_licence(tree)
    return Facts(
        repository=repository,
        manifests=manifests,
        modules=modules,
        edges=import_edges(modules),
        interfaces=offered.interfaces,
        closed=offered.closed,
        languages=_languages(tree),
        workspaces=read_workspaces(tree),
        ports=read_ports(tree),
        config_files=read_config_files(tree.files),
        license_file=license_file,
        license_title=license_title,
    )


def _modules(
    tree: Tree, manifests: tuple[Manifest, ...], deadline: Deadline
) -> tuple[tuple[Module, ...], Public]:
    """Every file of the product that is understood, by path, and what packages offer of them."""
    names = module_names(tree.files)
    python = (file for file in tree.files.values() if file.language == "Python")
    actions = environment_actions(python, names)
    found: list[Module] = []
    sources: list[Source] = []
    for file in tree.files.values():
        deadline.check()
        if not is_product_code(file.path):
            continue
        if file.language == "Python":
            found.append(read_module(file, names.get(file.path, ""), actions))
        elif source := read_source(file, deadline):
            sources.append(source)
    declared = only_declared(only_reachable(sources, manifests), manifests)
    offered = only_offered(declared, manifests, deadline)
    found += with_doc_links(linked(offered.sources, manifests, deadline))
    return tuple(sorted(found, key=lambda module: module.path)), offered


def _languages(tree: Tree) -> dict[str, int]:
    """Lines that are not blank by language, the largest first."""
    counts: dict[str, int] = {}
    for file in tree.files.values():
        if file.language:
            counts[file.language] = counts.get(file.language, 0) + file.lines
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
