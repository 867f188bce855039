"""From a bundle and a commit to the files that would change. Human bytes stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.contract import MarkerError
from docgen.contract.renewal import renewed

from documenthor.errors import GateError
from documenthor.forge.model import Change
from documenthor.publish import gates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docgen.contract import Block, Bundle

    from documenthor.publish.forge import PublishingForge


def changes(forge: PublishingForge, bundle: Bundle, commit: str) -> tuple[Change, ...]:
    """What putting the bundle's blocks into `commit` changes; raises `GateError` for a file unfit."""
    paths = {*bundle.obsolete, *(block.path for block in bundle.blocks)}
    gates.check_tree(bundle, forge.modes(bundle.repository, commit, paths))
    return tuple(_changes(forge, bundle, commit))


def _changes(forge: PublishingForge, bundle: Bundle, commit: str) -> Iterator[Change]:
    for path, blocks in sorted(_by_file(bundle).items()):
        old = forge.read(bundle.repository, commit, path)
        if old is None and not blocks:
            continue
        new = _renewed(path, old or b"", blocks, bundle.commit)
        gates.check_file(path, old or b"", new, blocks)
        if new != old:
            yield Change(path, new, is_new=old is None)


def _by_file(bundle: Bundle) -> dict[str, list[Block]]:
    """The blocks that every file is to hold; a bundle that says nothing at all takes nothing away."""
    files: dict[str, list[Block]] = {path: [] for path in bundle.obsolete if bundle.blocks}
    for block in bundle.blocks:
        files.setdefault(block.path, []).append(block)
    return files


def _renewed(path: str, old: bytes, blocks: Sequence[Block], commit: str) -> bytes | None:
    try:
        return renewed(old, path, blocks, commit)
    except MarkerError as error:
        raise GateError("markers", f"{path}: {error}; mend the markers by hand") from error
