"""What a gate on one block looks at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from docgen.contract.finding import Finding
from docgen.contract.gates.document import parse

if TYPE_CHECKING:
    from docgen.contract.bundle import Block
    from docgen.contract.gates.addresses import Home
    from docgen.contract.gates.document import Document


@dataclass(frozen=True)
class Scene:
    """One block of the repository at `home`; `document` is its body parsed, once."""

    block: Block
    home: Home

    @cached_property
    def document(self) -> Document:
        """The body as a Markdown parser sees it."""
        return parse(self.block.body)


def finding(gate: str, scene: Scene, line: int, what: str, advice: str = "") -> Finding:
    """A finding in the scene's block."""
    return Finding(
        gate=gate, path=scene.block.path, block=scene.block.name, line=line, what=what, advice=advice
    )
