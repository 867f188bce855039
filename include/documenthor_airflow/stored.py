"""Bundles that Airflow's XCom backend put into object storage; `airflow db clean` leaves them there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from airflow.sdk import ObjectStoragePath

# As long as the rows that name them stay (`databaseCleanup` of the chart), so that an old run can be cleared.
KEPT = timedelta(days=90)
# Whatever else may lie in the store is none of ours.
_OURS = "documenthor_"


@dataclass(frozen=True, slots=True)
class Stored:
    """So many runs of which nothing is young, and what they hold; `size` in bytes."""

    runs: int = 0
    objects: int = 0
    size: int = 0


def old_bundles(base: ObjectStoragePath, at: datetime, *, dry_run: bool = True) -> Stored:
    """What old runs of our DAGs left below `base`; without `dry_run` it is deleted."""
    runs = objects = size = 0
    for run in _runs(base):
        held = base.fs.find(run, detail=True).values()
        if not held or max(map(_modified, held)) > (at - KEPT).timestamp():
            continue
        runs, objects, size = runs + 1, objects + len(held), size + sum(each["size"] for each in held)
        if not dry_run:
            base.fs.rm(run, recursive=True)
    return Stored(runs, objects, size)


def _runs(base: ObjectStoragePath) -> Iterator[str]:
    """The folders of our DAGs' runs, as the store calls them."""
    if not base.exists():
        return
    for dag in base.iterdir():
        if dag.name.startswith(_OURS) and dag.is_dir():
            yield from (run.path for run in dag.iterdir() if run.is_dir())


def _modified(info: dict[str, object]) -> float:
    """When an object was written, seconds; one whose store does not say so counts as young."""
    from airflow.sdk.io.stat import stat_result

    return float(stat_result(info).st_mtime or "inf")
