"""Gates on a bundle's identity, its blocks and their sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documenthor.errors import GateError

if TYPE_CHECKING:
    from docgen.contract import Bundle, JobSpec

MAX_BLOCKS = 2_000
MAX_FILES = 500
MAX_BLOCK_BYTES = 256 * 1024
MAX_FILE_BYTES = 1024 * 1024
MAX_BYTES = 8 * 1024 * 1024


def identity(bundle: Bundle, spec: JobSpec) -> None:
    """The bundle is the one that the job spec asked for."""
    wanted = {"repository": spec.repository, "commit": spec.commit, "recipe": spec.recipe()}
    for key, value in wanted.items():
        found = getattr(bundle, key)
        if found != value:
            raise GateError("identity", f"the bundle is for {key} {found:.80}, not {value:.80}")


def sizes(bundle: Bundle, _: JobSpec) -> None:
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
            raise GateError("sizes", f"{found} {what}; at most {most} are published")


def blocks(bundle: Bundle, _: JobSpec) -> None:
    """No block is given twice, and none is empty."""
    seen = set()
    for block in bundle.blocks:
        if (block.path, block.name) in seen:
            raise GateError("blocks", f"block {block.name} of {block.path} is given twice")
        if not block.body.strip():
            raise GateError("blocks", f"block {block.name} of {block.path} is empty")
        seen.add((block.path, block.name))


def file_size(path: str, content: bytes) -> None:
    """A file with its blocks stays within bounds."""
    if len(content) > MAX_FILE_BYTES:
        raise GateError("sizes", f"{path} would have {len(content)} bytes; at most {MAX_FILE_BYTES}")
