"""Which cluster a run takes: the one that kubectl takes, unless a command names another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from embedded.cluster import Cluster
from embedded.state import RunError

if TYPE_CHECKING:
    from pathlib import Path

    from embedded.ground import Ground

pytestmark = [pytest.mark.cluster, pytest.mark.timeout(300)]


@pytest.fixture
def config(ground: Ground) -> dict[str, Any]:
    """The kubeconfig of the cluster that the tests run on, all in one."""
    shown = ground.cluster("config", "view", "--minify", "--raw", "--flatten", "--output=json")
    found: dict[str, Any] = json.loads(shown)
    return found


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder `.kube` of a home that has nothing else, of somebody who has set nothing."""
    for name in ("KUBECONFIG", "CLUSTER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".kube").mkdir()
    return tmp_path / ".kube"


def test_the_usual_file_does_without_any_setting(config: dict[str, Any], home: Path) -> None:
    (home / "config").write_text(json.dumps(config), "utf-8")
    assert Cluster.find().items("namespaces", "default")


def test_a_list_is_read_as_one(config: dict[str, Any], home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one file lacks another has, and one need not be there."""
    one, other, missing = home / "one", home / "other", home / "missing"
    one.write_text(json.dumps({key: config[key] for key in ("apiVersion", "kind", "users")}), "utf-8")
    other.write_text(json.dumps({key: value for key, value in config.items() if key != "users"}), "utf-8")
    monkeypatch.setenv("KUBECONFIG", f"{missing}:{one}:{other}")
    assert Cluster.find().items("namespaces", "default")


def test_a_command_names_one(config: dict[str, Any], home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "made").write_text(json.dumps(config), "utf-8")
    monkeypatch.setenv("CLUSTER", f"echo export KUBECONFIG={home / 'made'}")
    assert Cluster.find().kubeconfig == home / "made"


@pytest.mark.parametrize("named", ["", "missing", "missing:config"])
def test_without_one_it_is_said_what_to_do(home: Path, named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "config").write_text("{}", "utf-8")
    monkeypatch.setenv("KUBECONFIG", ":".join(str(home / each) for each in named.split(":")) if named else "")
    with pytest.raises(RunError, match=r"there is no cluster .*KUBECONFIG.*~/.kube/config.*CLUSTER"):
        Cluster.find()
