"""The table of metrics against the code that sends them, and what labels may say."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docgen.contract.gates import table as shared
from documenthor.metrics import labels, table
from documenthor.metrics.labels import OTHER
from documenthor.metrics.table import TABLE, Kind, Metric
from documenthor.publish import gates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documenthor.metrics.labels import Label

PROJECT = Path(__file__).resolve().parents[3]
SOURCES = [
    path
    for name in ("documenthor", "documenthor_airflow")
    for path in PROJECT.glob(f"include/{name}/**/*.py")
]
# What makes an outcome out of a word, and where in its arguments the word is.
MAKERS = {"skipped": 0, "failed": 0, "rejected": 0, "WriteRefusedError": 0, "GateError": 0, "Outcome": 1}


def test_the_list_and_the_exporters_mapping_are_those_of_the_table() -> None:
    done = subprocess.run(
        [sys.executable, PROJECT / "tools/write_metrics.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_metric_of_the_module_is_in_the_table_once() -> None:
    named = [value for value in vars(table).values() if isinstance(value, Metric)]
    assert sorted(named, key=lambda metric: metric.name) == sorted(TABLE, key=lambda metric: metric.name)
    assert len({metric.prometheus for metric in TABLE}) == len(TABLE)


@pytest.mark.parametrize("metric", TABLE, ids=lambda metric: metric.name)
def test_names_and_buckets_are_as_prometheus_wants_them(metric: Metric) -> None:
    assert re.fullmatch(r"[a-z][a-z_]+", metric.name)
    # The chart's own mapping takes such names for the starts and ends of jobs.
    assert not re.search(r"_(start|end|heartbeat_failure)$|operator_", metric.name)
    assert bool(metric.buckets) == (metric.kind is Kind.HISTOGRAM)
    assert list(metric.buckets) == sorted(set(metric.buckets))


def test_no_metric_names_a_repository_a_job_or_a_person() -> None:
    assert {label.name for metric in TABLE for label in metric.labels} == {
        *("tenant", "outcome", "reason", "stage", "gate", "direction", "route", "method", "status", "result"),
        *("state", "fate"),
    }


@pytest.mark.parametrize(
    ("label", "value", "sent"),
    [
        (labels.TENANT, "acme-2", "acme-2"),
        (labels.TENANT, "acme,gate=x", OTHER),
        (labels.TENANT, "", OTHER),
        (labels.TENANT, "a" * 65, OTHER),
        (labels.GATE, "human text", "human_text"),
        (labels.GATE, "what a bundle calls its gate", OTHER),
        (labels.STATUS, "503", "503"),
        (labels.STATUS, "999", OTHER),
        (labels.METHOD, "BREW", OTHER),
        (labels.ROUTE, "process_batch", "process_batch"),
        (labels.ROUTE, "/api/x\n", OTHER),
    ],
)
def test_labels_are_bounded(label: Label, value: str, sent: str) -> None:
    assert label.bounded(value) == sent


def test_gates_are_the_publishers() -> None:
    assert {*gates.NAMES, *shared.NAMES, "bundle"} == labels.GATE.values


def test_every_word_that_an_outcome_is_given_is_a_reason() -> None:
    words = {word for path in SOURCES for word in _words(ast.parse(path.read_text("utf-8")))}
    assert len(words) > 30, "the search finds too little"
    assert words <= labels.REASON.values


def _words(tree: ast.AST) -> Iterator[str]:
    """The words given to `MAKERS`, and those that begin the rows of the tables of rules."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS:
            yield from _texts(node.args[MAKERS[node.func.id] :][:1])
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "_RULES" and node.value:
            rows = getattr(node.value, "elts", [])
            yield from _texts([row.elts[0] for row in rows if isinstance(row, ast.Tuple)])


def _texts(nodes: list[ast.expr]) -> Iterator[str]:
    yield from (
        node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
