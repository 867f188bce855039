"""What is measured of jobs, bundles and pull requests."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from docgen.contract import Envelope, Usage
from documenthor import jobs
from documenthor.jobs import JobRequest, Planned
from documenthor.metrics import Metrics, table, told
from documenthor.metrics.table import Metric
from documenthor.outcomes import failed, skipped
from documenthor.usage import Ending, Measured

from tests.documenthor.metrics.test_table import SOURCES
from tests.documenthor.publish.support import job_spec, seal
from tests.documenthor.support import NOW, spec
from tests.fakes.metrics import Recorder

if TYPE_CHECKING:
    from documenthor.db import Database
    from documenthor.jobs import JobView

    from tests.documenthor.forge.support import Place


@pytest.fixture
def recorder() -> Recorder:
    """What was measured."""
    return Recorder()


@pytest.fixture
def job(database: Database) -> JobView:
    """A job of `acme` with one repository to work on and two that are not worked on."""
    view = jobs.record(database, tenant="acme", request=JobRequest(), requested_by="x", job_id="j1", now=NOW)
    planned = [
        Planned("web", spec("web", view.id)),
        Planned("old", outcome=skipped("archived")),
        Planned("odd", outcome=skipped("a word of its own")),
    ]
    jobs.resolve(database, view.id, planned, NOW)
    jobs.claim(database, view.id, "run")
    return view


def test_a_resolved_job_tells_its_size_and_what_is_settled(
    database: Database, job: JobView, recorder: Recorder
) -> None:
    told.resolved(Metrics(recorder), database, job)
    assert recorder.of("batch_repositories") == [(3, {"tenant": "acme"})]
    skips = [labels["reason"] for _, labels in recorder.of("outcomes") if labels["outcome"] == "skipped"]
    assert sorted(skips) == ["archived", "other"]
    assert len(recorder.of("outcomes")) == 2


@pytest.mark.parametrize(("is_lost", "state"), [(True, "partially_failed"), (False, "succeeded")])
def test_a_closed_run_tells_what_was_lost_and_how_its_job_ended(
    database: Database, job: JobView, recorder: Recorder, is_lost: bool, state: str
) -> None:
    if not is_lost:
        jobs.start(database, job.id, "web", NOW)
        jobs.finish(database, job.id, "web", skipped("not_found"), NOW)
    later = NOW + timedelta(minutes=5)
    told.closed(Metrics(recorder), database, job, jobs.close_run(database, job.id, "run", later))
    lost = [(1, {"tenant": "acme", "outcome": "failed", "reason": "run"})]
    assert recorder.of("outcomes") == (lost if is_lost else [])
    assert recorder.of("job_seconds") == [(300, {"tenant": "acme", "state": state})]
    told.closed(Metrics(recorder), database, job, jobs.close_run(database, job.id, "run", later))
    assert len(recorder.of("job_seconds")) == 1, "a job that ended ends once"


def test_a_bundle_tells_its_score_and_its_tokens(place: Place, recorder: Recorder) -> None:
    usage = Usage(seconds=1, files=1, bytes=1, prompt_tokens=120, reply_tokens=30)
    told.generated(Metrics(recorder), "acme", seal(job_spec(place), score=91.5, usage=usage))
    assert recorder.of("score") == [(91.5, {"tenant": "acme"})]
    assert recorder.of("tokens") == [
        (120, {"tenant": "acme", "direction": "in"}),
        (30, {"tenant": "acme", "direction": "out"}),
    ]


def test_what_no_generator_can_have_taken_is_not_measured(place: Place, recorder: Recorder) -> None:
    usage = Usage(seconds=1, files=1, bytes=1, prompt_tokens=10**15)
    told.generated(Metrics(recorder), "acme", seal(job_spec(place), score=None, usage=usage))
    told.generated(Metrics(recorder), "acme", Envelope(digest="0" * 64, payload="broken"))
    assert recorder.sent == []


@pytest.mark.parametrize("is_final", [True, False])
def test_what_an_attempt_took_is_told_at_its_end_alone(recorder: Recorder, is_final: bool) -> None:
    seen = Measured("pod:1", NOW, NOW, 2500, 40, Ending.COMPLETED, is_final=is_final)
    told.used(Metrics(recorder), "acme", seen)
    assert recorder.of("gpu_seconds") == ([(2.5, {"tenant": "acme"})] if is_final else [])
    assert recorder.of("cpu_seconds") == ([(0.04, {"tenant": "acme"})] if is_final else [])


def test_every_metric_is_recorded_somewhere() -> None:
    recorded = {
        name
        for path in SOURCES
        if path.name != "table.py"
        for name in re.findall(r"record\(\s*([A-Z_]+)\b", path.read_text("utf-8"))
    }
    assert recorded == {name for name, value in vars(table).items() if isinstance(value, Metric)}


def test_an_outcome_that_a_run_lost_is_no_other(database: Database, job: JobView) -> None:
    jobs.start(database, job.id, "web", NOW)
    jobs.finish(database, job.id, "web", failed("generate", "broke"), NOW)
    assert jobs.close_run(database, job.id, "run", NOW).lost == 0
