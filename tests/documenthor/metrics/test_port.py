"""What is sent, and that nothing that goes wrong there reaches the work."""

from __future__ import annotations

import logging

import pytest
from documenthor.metrics import SILENT, Metrics
from documenthor.metrics.table import GATE_FAILURES, GPU_SECONDS, OPEN, SCORE

from tests.fakes.metrics import Recorder, Sent


def test_each_kind_is_sent_as_what_it_is() -> None:
    backend = Recorder()
    metrics = Metrics(backend)
    metrics.record(GPU_SECONDS, 2.5, tenant="acme")
    metrics.record(OPEN, 7, tenant="acme")
    metrics.record(SCORE, 91.5, tenant="acme")
    metrics.record(GATE_FAILURES, tenant="acme", gate="made up")
    assert backend.sent == [
        Sent("documenthor.gpu_seconds", 2.5, {"tenant": "acme"}),
        Sent("documenthor.open_repositories", 7, {"tenant": "acme"}),
        Sent("documenthor.score", 91.5, {"tenant": "acme"}),
        Sent("documenthor.gate_failures", 1, {"tenant": "acme", "gate": "other"}),
    ]


@pytest.mark.parametrize("error", [OSError("no route"), RuntimeError("broken"), ValueError("a bad value")])
def test_an_outage_is_said_once_and_harms_nobody(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    metrics = Metrics(Recorder(error))
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            metrics.record(OPEN, 1, tenant="acme")
    assert [record.message for record in caplog.records] == [
        f"open_repositories was not measured ({error}); no more is said of this here"
    ]


def test_wrong_labels_are_a_mistake_that_harms_nobody_either(caplog: pytest.LogCaptureFixture) -> None:
    backend = Recorder()
    Metrics(backend).record(OPEN, 1, tenant="acme", repository="secret-project")
    assert backend.sent == []
    assert "takes the labels ['tenant']" in caplog.text


def test_without_a_backend_nothing_is_sent() -> None:
    SILENT.record(OPEN, 1, tenant="acme")
