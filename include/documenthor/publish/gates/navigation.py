"""Gates on `mkdocs.yml`, the one file that is no page: entries of its navigation, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.contract import MarkerError, is_yaml, navigation_items, without_blocks

from documenthor.errors import GateError

if TYPE_CHECKING:
    from docgen.contract import Block

NAME = "nav"


def entries(block: Block) -> None:
    """The block is named as a navigation's and holds entries with a title and a page alone."""
    if not is_yaml(block.path):
        return
    if block.name != NAME:
        raise GateError("navigation", f"{block.path} takes a block {NAME}, not {block.name}")
    try:
        navigation_items(block.body)
    except MarkerError as error:
        raise GateError("navigation", f"{block.path}: {error}") from error


def rest_unchanged(path: str, old: bytes, new: bytes) -> None:
    """There is such a file, and but for our block its bytes are what they were."""
    if not is_yaml(path) or old == new:
        return
    if not old:
        raise GateError("navigation", f"there is no {path} whose navigation could be added to")
    if without_blocks(old, path).rstrip() != without_blocks(new, path).rstrip():
        raise GateError("navigation", f"{path} would change outside our block")
