"""A place on a cluster for a session of tests."""

from __future__ import annotations

import os
import secrets
import shlex
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from embedded.cluster import Cluster
from embedded.ground import IMAGE, Ground
from embedded.state import RunError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def taken(target: str, folder: Path, gpus: int = 0) -> Iterator[Ground]:
    """Namespaces of its own, on a cluster that has the image; without one the tests of `target` end."""
    try:
        cluster = Cluster.find()
    except RunError as error:
        pytest.exit(f"{target}: {error}", returncode=2)
    if not os.environ.get("CLUSTER_IMAGE"):
        _bring_image(target)
    found = Ground(cluster, f"documenthor-test-{secrets.token_hex(3)}", folder, gpus)
    yield found
    found.clear()


def _bring_image(target: str) -> None:
    """Build the cpu image, and hand it to the cluster by the command in LOAD, if there is one."""
    load = os.environ.get("LOAD", "")
    steps = [[sys.executable, "tools/build_images.py", "cpu"], [*shlex.split(load), IMAGE] if load else []]
    for step in filter(None, steps):
        if subprocess.run(step, check=False).returncode != 0:
            pytest.exit(f"{target}: `{shlex.join(step)}` failed", returncode=2)
