"""Old bundles in object storage are told of and deleted by the run; whatever else is there stays."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import yaml
from airflow.sdk import ObjectStoragePath
from documenthor_airflow.stored import KEPT, Stored, _modified, old_bundles

from tests.documenthor_airflow.conftest import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

_NOW = datetime.now(UTC)
_OLD, _YOUNG = KEPT + timedelta(days=1), KEPT - timedelta(days=1)


def _put(store: Path, path: str, age: timedelta) -> None:
    """As Airflow's backend lays it out: DAG, run, task, object."""
    file = store / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"12345")
    os.utime(file, ((_NOW - age).timestamp(),) * 2)


def _left(store: Path) -> list[str]:
    return sorted(str(path.relative_to(store)) for path in store.rglob("*") if path.is_file())


@pytest.fixture
def store(tmp_path: Path) -> Path:
    store = tmp_path / "xcom"
    for path, age in (
        ("documenthor_acme/job_1/plan/a.json.gz", _OLD),
        ("documenthor_acme/job_1/repository.generate/b.json.gz", _OLD),
        ("documenthor_other/job_2/plan/c.json.gz", _OLD),
        # One of its tasks was cleared later.
        ("documenthor_acme/job_3/plan/d.json.gz", _OLD),
        ("documenthor_acme/job_3/repository.generate/e.json.gz", _YOUNG),
        ("documenthor_acme/job_4/plan/f.json.gz", _YOUNG),
        ("somebody_elses/run/task/g.json.gz", _OLD),
        ("documenthor_acme/note.txt", _OLD),
    ):
        _put(store, path, age)
    return store


def test_runs_of_ours_go_of_which_nothing_is_young(store: Path) -> None:
    base, before = ObjectStoragePath(f"file://{store}"), _left(store)
    expected = Stored(runs=2, objects=3, size=15)
    assert old_bundles(base, _NOW) == expected
    assert _left(store) == before
    assert old_bundles(base, _NOW, dry_run=False) == expected
    assert _left(store) == [path for path in before if path[-9:] not in {f"{name}.json.gz" for name in "abc"}]
    assert not (store / "documenthor_acme" / "job_1").exists()
    assert old_bundles(base, _NOW) == Stored()


def test_no_store_is_nothing_to_do(tmp_path: Path) -> None:
    assert old_bundles(ObjectStoragePath(f"file://{tmp_path}/none"), _NOW, dry_run=False) == Stored()


@pytest.mark.parametrize(
    ("info", "modified"),
    [
        ({"mtime": 5.5}, 5.5),
        ({"LastModified": datetime.fromtimestamp(7, UTC)}, 7),
        ({"size": 1}, float("inf")),
    ],
)
def test_whatever_does_not_tell_its_age_is_young(info: dict[str, object], modified: float) -> None:
    """As a folder's file says it, as S3 does, and as neither does."""
    assert _modified(info) == modified


def test_bundles_stay_as_long_as_their_rows() -> None:
    values = yaml.safe_load((PROJECT / "helm-values/base.yaml").read_text("utf-8"))
    assert timedelta(days=values["databaseCleanup"]["retentionDays"]) <= KEPT
