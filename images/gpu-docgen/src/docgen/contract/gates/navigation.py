"""The gate on a block for `mkdocs.yml`, the one file that is no page: entries of its navigation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.contract.errors import MarkerError
from docgen.contract.gates.scene import finding
from docgen.contract.navigation import items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.contract.finding import Finding
    from docgen.contract.gates.scene import Scene

NAME = "nav"


def entries(scene: Scene) -> Iterator[Finding]:
    """The block is named as a navigation's and holds entries with a title and a page alone."""
    if scene.block.name != NAME:
        yield finding("navigation", scene, 0, f"the file takes a block {NAME} and no other")
    try:
        items(scene.block.body)
    except MarkerError as error:
        yield finding("navigation", scene, 0, str(error))
