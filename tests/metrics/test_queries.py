"""Every query of dashboards and alerts, asked of a real Prometheus that a real run has filled."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
import yaml
from docgen.contract import JobSpec
from documenthor import jobs
from documenthor.db import Database

from embedded.state import State
from tests.documenthor_airflow.conftest import statsd
from tests.fakes.statsd_exporter import Exporter, Listening
from tests.metrics.prometheus import Exposed, Prometheus, scraping
from tests.metrics.test_rules import PROJECT, RULES, rules
from tests.running.system import System, add_repository, hide

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.metrics, pytest.mark.timeout(900)]

RECORDED = Path(__file__).with_name("recorded.txt")
# What Grafana puts in for its variables.
_VARIABLES = {"$__rate_interval": "1m", "$__range": "1h", "$tenant": "local"}
# Tasks that the Airflow of this test runs at once.
_SLOTS = 8
# Airflow says what pools and executors hold twice, with labels and with what the label says in the name.
# These are the names that the chart itself maps back, so that they are told twice under one name.
_TWICE = {
    "pool": ("pool.open_slots", "pool.used_slots", "pool.starving_tasks"),
    "executor": ("executor.open_slots", "executor.queued_tasks", "executor.running_tasks"),
}
_CHARTS = [
    {"match": f"airflow.{name}.*", "name": f"airflow_{name.replace('.', '_')}", "labels": {label: "$1"}}
    for label, names in _TWICE.items()
    for name in names
]
# What the run makes none of; all else of ours has to come from it.
_UNMADE = {
    "documenthor_gate_failures_total",
    "documenthor_key_expiry_timestamp_seconds",
    "documenthor_rate_limit_wait_seconds",
    "documenthor_tokens_total",
    "documenthor_webhook_attempts_total",
    "documenthor_webhook_messages",
}
_METRIC = re.compile(r"\b(?:documenthor|airflow|DCGM|kube|probe|vllm)[_:][A-Za-z0-9_:]+")


def _stand_still(state: State) -> None:
    """A job that nobody works on, as one whose run Airflow could not start."""
    database, now = Database(f"sqlite:///{state.home}/documenthor.db"), datetime.now(UTC)
    job, asked = "standing-still", jobs.JobRequest()
    jobs.record(database, tenant="local", request=asked, requested_by="test", job_id=job, now=now)
    spec = JobSpec(tenant="local", job=job, repository="good", url="/forge/good", commit="0" * 40)
    jobs.resolve(database, job, [jobs.Planned("good", spec)], now)
    database.close()


def _shown() -> Iterator[tuple[str, str]]:
    """Every query of every panel, by its place."""
    for path in sorted(RULES.parent.glob("dashboards/*.json")):
        for panel in json.loads(path.read_text("utf-8"))["panels"]:
            for target in panel["targets"]:
                yield f"{path.stem}: {panel['title']} {target['legendFormat']}", target["expr"]


@pytest.fixture(scope="module")
def prometheus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prometheus]:
    """One that has scraped an Airflow in which a job has run, and then again."""
    folder = tmp_path_factory.mktemp("metrics")
    values = yaml.safe_load((PROJECT / "helm-values/metrics.yaml").read_text("utf-8"))
    exporter = Exporter([*_CHARTS, *values["statsd"]["extraMappings"]])
    state = State(folder / "state")
    state.prepare()
    for name in ("good", "other", "broken"):
        add_repository(state.forge, name)
    hide(state.forge / "broken")
    with (
        Listening(exporter) as listening,
        Exposed(exporter.text) as ours,
        Exposed(lambda: RECORDED.read_text("utf-8")) as theirs,
        scraping(folder, {"ours": ours.address, "theirs": theirs.address}) as running,
    ):
        system = System.start(state, **statsd(listening.port), AIRFLOW__CORE__PARALLELISM=str(_SLOTS))
        try:
            job = system.caller.submit(["good", "other", "unknown", "broken"])
            # A cluster's generators have one, child processes have none.
            system.cli("pools", "set", "documenthor_local", "4", "generators")
            assert system.finish(job)["counts"] == {"pull_request": 2, "skipped": 1, "failed": 1}
            _stand_still(state)
            httpx.get(f"{system.airflow.url}/api/jobs", timeout=60)
            # What is stored is measured by the minute.
            running.wait_until("documenthor_open_repositories > 0")
            running.wait_until("documenthor_pull_requests > 0")
            running.wait_until('airflow_pool_open_slots{pool="documenthor_local"}')
            running.wait_until('count_over_time(documenthor_api_requests_total{status="401"}[1m]) > 3')
            yield running
        finally:
            system.stop()
    assert exporter.broken == []


def test_no_query_of_a_dashboard_is_empty(prometheus: Prometheus) -> None:
    empty = []
    for place, query in _shown():
        for name, value in _VARIABLES.items():
            query = query.replace(name, value)
        if not prometheus.ask(query):
            empty.append(f"{place}: {query}")
    assert empty == []


def test_no_slot_is_counted_twice(prometheus: Prometheus) -> None:
    """Open ones are all of them, before the first task."""
    query = dict(_shown())["overview: Airflow's slots open"]
    (highest,) = prometheus.ask(f"max_over_time(({query})[1h:1s])")
    assert float(highest["value"][1]) == _SLOTS


def test_generators_that_wait_wake_the_model_servers(prometheus: Prometheus) -> None:
    """None waits here; without any such pool the answer would be empty."""
    path = PROJECT / "helm-values/manifests/components/nightly/scaled-object.yaml"
    triggers = yaml.safe_load(path.read_text("utf-8"))["spec"]["triggers"]
    (query,) = [each["metadata"]["query"] for each in triggers if "airflow" in str(each)]
    (waiting,) = prometheus.ask(query)
    assert float(waiting["value"][1]) == 0


def test_no_metric_that_an_alert_asks_for_is_unknown(prometheus: Prometheus) -> None:
    asked = {
        name
        for group in rules()["groups"]
        for rule in group["rules"]
        for name in _METRIC.findall(rule["expr"])
    }
    recorded = {rule["record"] for group in rules()["groups"] for rule in group["rules"] if "record" in rule}
    assert recorded < asked
    assert [
        name for name in sorted(asked - recorded) if not prometheus.ask(f"last_over_time({name}[1h])")
    ] == []


def test_what_is_recorded_of_ours_has_no_other_source() -> None:
    """So that no query is full only because of the file."""
    made = set(re.findall(r"# TYPE (\S+)", RECORDED.read_text("utf-8")))
    assert {name for name in made if name.startswith(("documenthor", "airflow"))} == _UNMADE
