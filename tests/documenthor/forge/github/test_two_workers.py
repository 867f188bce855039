"""Two workers at once make one pull request, wherever one is when the other acts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from tests.documenthor.forge.github.hub import OURS
from tests.documenthor.forge.github.scenarios import PAGES, world
from tests.fakes.github.direct import Direct

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from documenthor.forge.github.answers import Reply


class Interrupted(Direct):
    """An API whose `at`-th call waits until somebody else has done something."""

    def __init__(self, inner: Direct, at: int, meanwhile: Callable[[], object]) -> None:
        self.__dict__ = inner.__dict__
        self._left, self._meanwhile = at, meanwhile

    def _send(self, method: str, path: str, body: Mapping[str, Any] | None) -> Reply:
        self._left -= 1
        if self._left == -1:
            self._meanwhile()
        return super()._send(method, path, body)


@pytest.mark.parametrize("same_job", [True, False])
def test_another_worker_publishes_in_between(tmp_path: Path, same_job: bool) -> None:
    for at in range(17):
        calc = world(tmp_path / str(at))
        spec = calc.spec()
        other = spec if same_job else calc.spec(job="job-2")
        inner = calc.mortal(10_000, after=True)
        api = Interrupted(inner, at, lambda calc=calc, other=other: calc.publish(*PAGES, spec=other))  # type: ignore[misc]
        outcome = str(calc.publish(*PAGES, spec=spec, api=api))
        assert outcome in {"pull_request", "unchanged"}, at
        assert (len(calc.pulls), len(calc.ahead())) == (1, 1), at
        assert calc.pulls[0].head_oid == calc.head(OURS)


def test_many_workers_at_once(tmp_path: Path) -> None:
    calc = world(tmp_path)
    specs = [calc.spec(job=f"job-{number}") for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda spec: str(calc.settle(*PAGES, spec=spec)), specs))
    assert set(outcomes) <= {"pull_request", "unchanged"}
    assert (len(calc.pulls), len(calc.ahead())) == (1, 1)
    assert calc.pulls[0].labels == ["documentation"]
