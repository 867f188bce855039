"""One cluster, one Airflow and one fake GitHub for all tests of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cluster.taking import taken
from tests.cluster.world import World, made

if TYPE_CHECKING:
    from collections.abc import Iterator

    from embedded.ground import Ground


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """Namespaces of this session's own, on a cluster that has the image."""
    with taken("make test-cluster", tmp_path_factory.mktemp("ground"), gpus=1) as found:
        yield found


@pytest.fixture(scope="session")
def world(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Everything started."""
    with made(ground, tmp_path_factory.mktemp("world")) as found:
        yield found
