"""The table of security gates, in the order in which they are run: the cheap ones protect the costly ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.contract.gates import characters, markdown, navigation, secrets, shape
from docgen.contract.gates.addresses import Home
from docgen.contract.gates.scene import Scene
from docgen.contract.markers import is_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docgen.contract.bundle import Bundle
    from docgen.contract.finding import Finding
    from docgen.contract.spec import JobSpec

ON_BUNDLE: tuple[Callable[[Bundle, JobSpec], Iterator[Finding]], ...] = (
    shape.identity,
    shape.declared,
    shape.sizes,
    shape.blocks,
    shape.places,
)
ON_BLOCK: tuple[Callable[[Scene], Iterator[Finding]], ...] = (
    characters.visible,
    characters.unmarked,
    secrets.without_secrets,
)
ON_MARKDOWN: tuple[Callable[[Scene], Iterator[Finding]], ...] = (
    markdown.without_html,
    markdown.whole,
    markdown.links,
    markdown.images,
    markdown.mentions,
    markdown.bare_addresses,
    markdown.diagrams,
)
ON_YAML: tuple[Callable[[Scene], Iterator[Finding]], ...] = (navigation.entries,)

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
    "navigation",
)


def findings(bundle: Bundle, spec: JobSpec) -> Iterator[Finding]:
    """All that keeps `bundle` from being published for `spec`.

    Lazy: whoever stops at the first finding never pays for what an attacker made costly behind it.
    """
    for on_bundle in ON_BUNDLE:
        yield from on_bundle(bundle, spec)
    home = Home.of(spec.url)
    for block in bundle.blocks:
        scene = Scene(block, home)
        for on_block in (*ON_BLOCK, *(ON_YAML if is_yaml(block.path) else ON_MARKDOWN)):
            yield from on_block(scene)
