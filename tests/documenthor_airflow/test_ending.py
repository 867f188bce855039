"""A pod that ended badly, or was never let in: which typed failure, what of it stays, what is tried again."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.documenthor_airflow.conftest import PROJECT, environment

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def found(migrated: Path) -> dict[str, Any]:
    """What the operator did on a fake cluster, in a process of its own."""
    env = environment(migrated) | {"DOCUMENTHOR_RUNTIME": "kubernetes"}
    command = [sys.executable, "-m", "tests.documenthor_airflow.ending"]
    done = subprocess.run(command, env=env, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


@pytest.mark.parametrize(
    ("name", "raised", "stage", "left"),
    [
        # Airflow tries again after a GeneratorError. A pod that failed stays, marked: nobody adopts it.
        ("crashed", "GeneratorError", "generate", ["True"]),
        ("unknown_commit", "FinalError", "fetch", ["True"]),
        # The repository is the reason, so there is nothing to look at.
        ("empty", "AirflowSkipException", "", []),
        # It would take its share of the quota while nobody waits for it.
        ("waiting", "GeneratorError", "pod", []),
    ],
)
def test_the_end_is_typed_and_the_pod_stays_only_to_be_looked_at(
    found: dict[str, Any], name: str, raised: str, stage: str, left: list[str]
) -> None:
    end = found["ended"][name]
    assert (end["raised"], end["stage"], end["left"]) == (raised, stage, left)
    assert end["recorded"] == (["skipped(empty)"] if name == "empty" else [])
    assert end["secrets"] == 0


def test_a_pod_on_its_way_out_is_nobodys(found: dict[str, Any]) -> None:
    """It is marked before it is deleted, which takes seconds: the next attempt would adopt it."""
    for name in ("empty", "waiting"):
        calls = found["ended"][name]["calls"]
        assert calls.index("patch pods") < calls.index("delete pods")


def test_a_tenant_may_keep_no_pods(found: dict[str, Any]) -> None:
    assert found["not_kept"]["left"] == []


def test_a_pod_that_is_gone_is_explained_by_its_events(found: dict[str, Any]) -> None:
    assert found["gone"]["raised"] == "GeneratorError"
    assert "preempted: by another" in found["gone"]["says"]


def test_a_triggerer_without_rights_is_no_reason_to_try_again(found: dict[str, Any]) -> None:
    assert (found["unwatched"]["raised"], found["unwatched"]["left"]) == ("FinalError", [])
    assert "docs/kubernetes.md" in found["unwatched"]["says"]


def test_a_full_quota_is_waited_for_without_a_retry_or_a_slot(found: dict[str, Any]) -> None:
    assert (found["quota"]["raised"], found["quota"]["left"]) == ("AirflowRescheduleException", 0)


def test_a_refusal_that_stays_one_says_what_the_cluster_said(found: dict[str, Any]) -> None:
    assert found["policy"]["raised"] == "GeneratorError"
    assert "violates PodSecurity" in found["policy"]["says"]


def test_another_attempt_takes_up_the_pod_that_is_at_work_but_none_that_failed(found: dict[str, Any]) -> None:
    """And waits for its end in the triggerer, where it cannot miss it."""
    (first, _), (second, _), (third, _) = found["adopted"]
    assert first == second != third
    assert {waits for _, waits in found["adopted"]} == {"documenthor_airflow.watching.PodTrigger"}


def test_another_attempt_deletes_what_was_read_and_keeps_what_failed(found: dict[str, Any]) -> None:
    """A worker may die after it has read a bundle, and before it has deleted the pod and its Secret."""
    assert found["beside"] == {"read": False, "crashed": True}
