"""Folders as the components of a repository that has too many modules to list and no packages of Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.facts.model import Place
from docgen.pages.markdown import code, prose, sentence
from docgen.pages.section import package_docs, speaks_for_folder
from docgen.pages.site import source_link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.model import Facts, Module

Row = tuple[str, str, str, str]


def folder_rows(facts: Facts, modules: list[Module], page: str) -> Iterator[Row]:
    """One row a folder: what its modules say of it, how many they are, how many from outside import them."""
    users: dict[str, set[str]] = {}
    for edge in facts.edges:
        if folder_of(edge.source) != folder_of(edge.target):
            users.setdefault(folder_of(edge.target), set()).add(edge.source)
    inside: dict[str, list[Module]] = {}
    for module in modules:
        inside.setdefault(folder_of(module.path), []).append(module)
    for folder in sorted(inside):
        told = package_docs([module for module in inside[folder] if speaks_for_folder(module)])
        doc = told[0].doc if told else ""
        root = next((module.namespace for module in inside[folder] if module.namespace), ".")
        shown = source_link(page, Place(folder), f"{folder}/") if folder else code(root)
        yield shown, prose(sentence(doc)), str(len(inside[folder])), str(len(users.get(folder, ())) or "")


def folder_of(path: str) -> str:
    """The folder of a path; empty for the root."""
    return path.rpartition("/")[0]
