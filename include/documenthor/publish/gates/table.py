"""The table of gates, in the order in which they are run: the cheap ones protect the costly ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.contract import is_yaml

from documenthor.publish.gates import characters, files, markdown, navigation, paths, secrets, shape
from documenthor.publish.gates.document import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from docgen.contract import Block, Bundle, JobSpec

    from documenthor.publish.gates.document import Document

ON_BUNDLE: tuple[Callable[[Bundle, JobSpec], None], ...] = (
    shape.identity,
    shape.sizes,
    shape.blocks,
    paths.allowed,
)
ON_BLOCK: tuple[Callable[[Block], None], ...] = (
    characters.visible,
    characters.unmarked,
    secrets.without_secrets,
    navigation.entries,
)
ON_MARKDOWN: tuple[Callable[[Block, Document], None], ...] = (
    markdown.without_html,
    markdown.whole,
    markdown.links,
    markdown.images,
    markdown.mentions,
    markdown.diagrams,
)
AGAINST_TREE: tuple[Callable[[Bundle, Mapping[str, str]], None], ...] = (paths.regular, paths.unambiguous)

# What a person reads in a pull request about what was checked.
NAMES = (
    "identity",
    "sizes",
    "paths",
    "characters",
    "markers",
    "secrets",
    "html",
    "structure",
    "links",
    "images",
    "mentions",
    "diagrams",
    "encoding",
    "navigation",
)


def check_bundle(bundle: Bundle, spec: JobSpec) -> None:
    """Raise `GateError` for the first gate that does not hold, whatever the repository looks like."""
    for on_bundle in ON_BUNDLE:
        on_bundle(bundle, spec)
    for block in bundle.blocks:
        for on_block in ON_BLOCK:
            on_block(block)
        if not is_yaml(block.path):
            _check_markdown(block)


def _check_markdown(block: Block) -> None:
    document = parse(block.body)
    for on_markdown in ON_MARKDOWN:
        on_markdown(block, document)


def check_tree(bundle: Bundle, modes: Mapping[str, str]) -> None:
    """Raise `GateError` if the repository has something else where the bundle writes."""
    for against_tree in AGAINST_TREE:
        against_tree(bundle, modes)


def check_file(path: str, old: bytes, new: bytes, blocks: Sequence[Block]) -> None:
    """Raise `GateError` if a file cannot take its blocks."""
    files.readable(path, old)
    shape.file_size(path, new)
    navigation.rest_unchanged(path, old, new)
    if not is_yaml(path):
        files.in_the_open(path, new, blocks)
