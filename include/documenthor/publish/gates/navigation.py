"""The gate on `mkdocs.yml`, the one file that is no page: but for our entries it stays as it was."""

from __future__ import annotations

from docgen.contract import is_yaml, without_blocks

from documenthor.errors import GateError


def rest_unchanged(path: str, old: bytes, new: bytes) -> None:
    """There is such a file, and but for our block its bytes are what they were."""
    if not is_yaml(path) or old == new:
        return
    if not old:
        raise GateError("navigation", f"there is no {path} whose navigation could be added to")
    if without_blocks(old, path).rstrip() != without_blocks(new, path).rstrip():
        raise GateError("navigation", f"{path} would change outside our block")
