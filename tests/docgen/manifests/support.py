"""The facts of a few files, read as the generator reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.contract import Options
from docgen.deadline import Deadline
from docgen.facts.read import read_facts
from docgen.source.tree import read_tree

from tests.docgen.support import write

if TYPE_CHECKING:
    from pathlib import Path

    from docgen.facts.model import Facts

    from tests.docgen.support import Files


def facts_of(folder: Path, files: Files) -> Facts:
    """What the files show."""
    write(folder, files)
    return read_facts(read_tree(folder, Options(), Deadline(60)), "acme/widget", Deadline(60))
