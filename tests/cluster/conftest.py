"""One cluster, one Airflow and one fake GitHub for all tests of a session."""

from __future__ import annotations

import os
import secrets
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from embedded.cluster import Cluster
from embedded.ground import IMAGE, Ground
from embedded.state import RunError
from tests.cluster.world import World, made

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """Namespaces of this session's own, on a cluster that has the image."""
    try:
        cluster = Cluster.find()
    except RunError as error:
        pytest.exit(f"make test-cluster: {error}", returncode=2)
    if not os.environ.get("CLUSTER_IMAGE"):
        _bring_image()
    name = f"documenthor-test-{secrets.token_hex(3)}"
    found = Ground(cluster, name, tmp_path_factory.mktemp("ground"), gpus=1)
    yield found
    found.clear()


@pytest.fixture(scope="session")
def world(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Everything started."""
    with made(ground, tmp_path_factory.mktemp("world")) as found:
        yield found


def _bring_image() -> None:
    """Build the cpu image, and hand it to the cluster by the command in LOAD, if there is one."""
    load = os.environ.get("LOAD", "")
    steps = [[sys.executable, "tools/build_images.py", "cpu"], [*shlex.split(load), IMAGE] if load else []]
    for step in filter(None, steps):
        if subprocess.run(step, check=False).returncode != 0:
            pytest.exit(f"make test-cluster: `{shlex.join(step)}` failed", returncode=2)
