"""The gates that only the publisher can run, and the shared ones, which it runs again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.contract import is_yaml
from docgen.contract.gates import table

from documenthor.errors import GateError
from documenthor.publish.gates import files, navigation, paths, quality

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from docgen.contract import Block, Bundle, JobSpec

AGAINST_TREE: tuple[Callable[[Bundle, Mapping[str, str]], None], ...] = (paths.regular, paths.unambiguous)

# What a person reads in a pull request about what was checked.
NAMES = (*table.NAMES, "encoding", "human text", "score")


def check_bundle(bundle: Bundle, spec: JobSpec) -> None:
    """Raise `GateError` for the first gate that does not hold, whatever the repository looks like."""
    for finding in table.findings(bundle, spec):
        raise GateError(finding.gate, str(finding))


def check_score(bundle: Bundle, minimum: float) -> None:
    """Raise `GateError` if the pages score less than the tenant asks for; a gate of quality alone."""
    quality.score(bundle, minimum)


def check_tree(bundle: Bundle, modes: Mapping[str, str]) -> None:
    """Raise `GateError` if the repository has something else where the bundle writes."""
    for against_tree in AGAINST_TREE:
        against_tree(bundle, modes)


def check_file(path: str, old: bytes, new: bytes | None, blocks: Sequence[Block]) -> None:
    """Raise `GateError` if a file cannot take its blocks, or, with None for `new`, cannot go."""
    files.readable(path, old)
    files.small_enough(path, new or b"")
    navigation.rest_unchanged(path, old, new or b"")
    if not is_yaml(path):
        files.in_the_open(path, new or b"", blocks)
        files.untouched(path, old, new or b"", blocks)
