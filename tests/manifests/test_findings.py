"""checkov finds nothing that is not explained in accepted.yaml, and would find what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from tests.manifests.support import ENVIRONMENTS, TOOLS, rendered, run

pytestmark = pytest.mark.manifests

_ACCEPTED = Path(__file__).with_name("accepted.yaml")


def _findings(folder: Path) -> set[tuple[str, str]]:
    options = ["--skip-download", "--framework", "kubernetes", "--compact", "--quiet", "--output", "json"]
    done = run(TOOLS / "checkov", *options, "--directory", folder)
    report = json.loads(done.stdout)
    assert report["summary"]["resource_count"] > 0
    assert report["summary"]["parsing_errors"] == 0
    failed = report["results"]["failed_checks"]
    return {(each["check_id"], each["resource"]) for each in failed}


def test_every_finding_is_explained(tmp_path: Path) -> None:
    for name in ENVIRONMENTS:
        (tmp_path / f"{name}.yaml").write_text(rendered(name), "utf-8")
    accepted = yaml.safe_load(_ACCEPTED.read_text("utf-8"))
    assert all(each["why"] for each in accepted)
    assert _findings(tmp_path) == {(each["check"], each["resource"]) for each in accepted}


def test_a_privileged_container_would_be_found(tmp_path: Path) -> None:
    good = rendered("prod")
    broken = good.replace(
        "allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true\n          privileged: true"
    )
    assert broken != good
    (tmp_path / "broken.yaml").write_text(broken, "utf-8")
    found = {check for check, _ in _findings(tmp_path)}
    assert {"CKV_K8S_16", "CKV_K8S_20"} <= found
