"""Reading a folder of prompts, one `NAME.txt` each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.errors import UsageError
from docgen.prose.prompts import VARIABLES

if TYPE_CHECKING:
    from pathlib import Path


def read_prompts(folder: Path) -> dict[str, str]:
    """The text of every prompt by its name."""
    try:
        return {name: (folder / f"{name}.txt").read_text("utf-8") for name in VARIABLES}
    except (OSError, UnicodeDecodeError) as error:
        wanted = ", ".join(f"{name}.txt" for name in VARIABLES)
        raise UsageError(f"cannot read the prompts in {folder}; it has to hold {wanted}") from error
