"""`documenthor pools`: what Airflow imports follows the tenant files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from documenthor.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

_TENANT = "organisation: {name}\nforge: {{kind: local}}\npods: {{quota: {quota}, gpus: {gpus}}}\n"


def _write(folder: Path, name: str, quota: int, gpus: int = 1) -> None:
    (folder / f"{name}.yaml").write_text(_TENANT.format(name=name, quota=quota, gpus=gpus), "utf-8")


def test_a_pool_for_each_tenant_as_large_as_its_quota(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DOCUMENTHOR_TENANTS", str(tmp_path))
    _write(tmp_path, "acme", quota=8, gpus=2)
    _write(tmp_path, "globex", quota=3, gpus=0)
    assert main(["pools"]) == 0
    pools = json.loads(capsys.readouterr().out)
    assert {name: (pool["slots"], pool["include_deferred"]) for name, pool in pools.items()} == {
        "documenthor_acme": (8, True),
        "documenthor_globex": (3, True),
    }
    assert all(pool["description"] for pool in pools.values())


def test_a_tenant_whose_pods_never_fit_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DOCUMENTHOR_TENANTS", str(tmp_path))
    _write(tmp_path, "acme", quota=1, gpus=2)
    assert main(["pools"]) == 1
    assert "pods.quota" in capsys.readouterr().err
