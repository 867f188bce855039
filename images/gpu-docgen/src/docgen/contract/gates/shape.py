"""Gates on a bundle's identity, its blocks and their sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.contract.finding import Finding
from docgen.contract.gates.places import is_documentation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.contract.bundle import Bundle
    from docgen.contract.spec import JobSpec

MAX_BLOCKS = 2_000
MAX_FILES = 500
MAX_BLOCK_BYTES = 256 * 1024
MAX_BYTES = 8 * 1024 * 1024


def identity(bundle: Bundle, spec: JobSpec) -> Iterator[Finding]:
    """The bundle is the one that the job spec asked for."""
    wanted = {"repository": spec.repository, "commit": spec.commit, "recipe": spec.recipe()}
    for key, value in wanted.items():
        found = getattr(bundle, key)
        if found != value:
            yield Finding(gate="identity", what=f"the bundle is for {key} {found:.80}, not {value:.80}")


def declared(bundle: Bundle, _: JobSpec) -> Iterator[Finding]:
    """What the generator itself found wrong and could not mend."""
    yield from bundle.findings


def sizes(bundle: Bundle, _: JobSpec) -> Iterator[Finding]:
    """Bounds on how much is published."""
    lengths = [len(block.body.encode()) for block in bundle.blocks]
    bounds = (
        (len(bundle.blocks), MAX_BLOCKS, "blocks"),
        (len({block.path for block in bundle.blocks}), MAX_FILES, "files"),
        (max(lengths, default=0), MAX_BLOCK_BYTES, "bytes in one block"),
        (sum(lengths), MAX_BYTES, "bytes in all blocks"),
    )
    for found, most, what in bounds:
        if found > most:
            yield Finding(gate="sizes", what=f"{found} {what}; at most {most} are published")


def blocks(bundle: Bundle, _: JobSpec) -> Iterator[Finding]:
    """No block is given twice, and none is empty."""
    seen = set()
    for block in bundle.blocks:
        if (block.path, block.name) in seen:
            yield Finding(gate="blocks", path=block.path, block=block.name, what="is given twice")
        if not block.body.strip():
            yield Finding(gate="blocks", path=block.path, block=block.name, what="is empty")
        seen.add((block.path, block.name))


def places(bundle: Bundle, _: JobSpec) -> Iterator[Finding]:
    """Every path is a place for documentation, whether it gets a block or loses all of them."""
    for path in sorted({*bundle.obsolete, *(block.path for block in bundle.blocks)}):
        if not is_documentation(path):
            yield Finding(gate="paths", what=f"{path[:200]!r} is no place for documentation")
