"""The alerts by Prometheus's own tests, and that those tests would notice a mistake."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.metrics.prometheus import program

pytestmark = pytest.mark.metrics

PROJECT = Path(__file__).resolve().parents[2]
RULES = PROJECT / "helm-values/manifests/monitoring/rules.yaml"
CASES = Path(__file__).with_name("alerts.yaml")


def rules() -> dict[str, Any]:
    """What the Prometheus operator is given, as Prometheus itself reads it."""
    spec: dict[str, Any] = yaml.safe_load(RULES.read_text("utf-8"))["spec"]
    return spec


def _promtool(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    (folder / "rules.yaml").write_text(text, "utf-8")
    shutil.copy(CASES, folder)
    command = [program("promtool"), "test", "rules", "alerts.yaml"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_every_alert_speaks_when_it_should_and_only_then(tmp_path: Path) -> None:
    done = _promtool(tmp_path, yaml.safe_dump(rules()))
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_alert_has_a_case_in_which_it_speaks_and_a_place_in_the_runbook() -> None:
    alerts = {rule["alert"] for group in rules()["groups"] for rule in group["rules"] if "alert" in rule}
    cases = [
        case for test in yaml.safe_load(CASES.read_text("utf-8"))["tests"] for case in test["alert_rule_test"]
    ]
    assert {case["alertname"] for case in cases if case["exp_alerts"]} == alerts
    runbook = (PROJECT / "docs/alerts.md").read_text("utf-8")
    assert alerts == {line.removeprefix("## ") for line in runbook.splitlines() if line.startswith("## ")}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('status=~"5..",', 'status=~"4..",'),
        (',route!~"live|ready"', ""),
        ("14.4 * 0.001", "144 * 0.001"),
        ("ratio_rate5m > 14.4 * 0.001", "ratio_rate5m >= 0"),
        ("ratio_rate3d > 0.001", "ratio_rate3d > 0.01"),
        ("max by (tenant) (documenthor_job_standstill_seconds)", "documenthor_job_standstill_seconds"),
        ("> 3600", "> 36000"),
        (" > 10\n", " > 1\n"),
        ('result="dead"', 'result="failed"'),
        ("absent(airflow_scheduler_heartbeat)", "vector(0) > 1"),
        ('"documenthor-jobs-.+"', '".+"'),
        ("> 25", "> 5"),
        ("7 * 86400", "70 * 86400"),
        ("14 * 86400", "1 * 86400"),
    ],
)
def test_a_mistake_in_a_rule_is_noticed(tmp_path: Path, right: str, wrong: str) -> None:
    text = RULES.read_text("utf-8")
    assert right in text
    spec = yaml.safe_load(text.replace(right, wrong))["spec"]
    assert _promtool(tmp_path, yaml.safe_dump(spec)).returncode != 0
