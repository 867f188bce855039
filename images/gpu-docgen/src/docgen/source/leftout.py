"""What `docgen fetch` leaves in the tree beside the commit: which paths are not in it, proposed pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ".docgen"
LEFT_OUT = f"{FOLDER}/left-out.json"
# Pages of the branch that they are proposed on, for what they remember.
PROPOSED = f"{FOLDER}/proposed"


def is_commit(root: Path) -> bool:
    """Whether the tree is what a commit holds, as `docgen fetch` wrote it, rather than a plain folder."""
    return (root / LEFT_OUT).is_file()


def read_left_out(root: Path) -> dict[str, str]:
    """Reason by path; empty for a tree that `docgen fetch` did not write."""
    try:
        found = json.loads((root / LEFT_OUT).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(path): str(reason) for path, reason in found.items()}
