"""Publishers at the same time, and people who push meanwhile."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from documenthor.errors import HeadMovedError
from documenthor.forge import LocalForge
from documenthor.publish import publish
from documenthor.publish.publishing import ATTEMPTS
from documenthor.tenants import Mode

from tests.documenthor.forge.support import pull_requests
from tests.documenthor.publish.support import MINIMUM, job_spec, put, seal

if TYPE_CHECKING:
    from collections.abc import Callable

    from documenthor.forge.model import NewCommit

    from tests.documenthor.forge.support import Place

BRANCH = "refs/heads/documenthor/docs"


@pytest.mark.parametrize("mode", list(Mode))
def test_of_many_publishers_one_commits(place: Place, mode: Mode) -> None:
    specs = [job_spec(place, job=f"job-{number}") for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(lambda spec: str(put(place, mode=mode, spec=spec)), specs))
    written = "committed" if mode is Mode.COMMIT else "pull_request"
    assert Counter(outcomes)["unchanged"] >= 1
    assert set(outcomes) <= {written, "unchanged"}
    tip = "main" if mode is Mode.COMMIT else BRANCH
    assert len(place.git("rev-list", f"{specs[0].commit}..{tip}").split()) == 1
    assert len(pull_requests(place.root)) == (mode is Mode.PULL_REQUEST)


@dataclass(frozen=True, slots=True)
class Busy(LocalForge):
    """A forge where something happens just before each write."""

    happens: Callable[[], object] = lambda: None

    def commit(self, repository: str, commit: NewCommit) -> str:
        """Let it happen, then commit."""
        self.happens()
        return LocalForge.commit(self, repository, commit)

    def push(self, repository: str, commit: NewCommit, tip: str) -> str:
        """Let it happen, then push."""
        self.happens()
        return LocalForge.push(self, repository, commit, tip)


def test_a_push_by_a_person_meanwhile_is_built_upon(place: Place) -> None:
    pushes = iter([{"b.py": b"y = 1\n"}])
    forge = Busy(place.root, happens=lambda: [place.write(dict(push)) for push in pushes])
    spec = job_spec(place)
    assert str(publish(forge, spec, seal(spec), Mode.COMMIT, MINIMUM)) == "committed"
    assert place.file("b.py") == b"y = 1\n"
    assert b"It adds numbers." in place.file("README.md")


def test_a_default_branch_that_never_rests_is_given_up(place: Place) -> None:
    count = iter(range(100))
    forge = Busy(place.root, happens=lambda: place.write({"b.py": f"y = {next(count)}\n"}))
    spec = job_spec(place)
    with pytest.raises(HeadMovedError):
        publish(forge, spec, seal(spec), Mode.COMMIT, MINIMUM)
    assert next(count) == ATTEMPTS
    assert "Documenthor-Commit" not in place.git("log", "--format=%B", "main")


def test_a_pull_request_branch_that_never_rests_is_given_up(place: Place) -> None:
    def move() -> None:
        """Make the branch, at a commit that is merged already, or delete it."""
        exists = BRANCH in place.refs()
        place.git("update-ref", *(("-d", BRANCH) if exists else (BRANCH, place.head())))

    forge, spec = Busy(place.root, happens=move), job_spec(place)
    with pytest.raises(HeadMovedError):
        publish(forge, spec, seal(spec), Mode.PULL_REQUEST, MINIMUM)
    assert pull_requests(place.root) == []


def test_a_persons_push_to_our_branch_meanwhile_wins(place: Place) -> None:
    pushes = iter([{"README.md": b"# Mine\n"}])
    forge = Busy(place.root, happens=lambda: [place.write(dict(push), ref=BRANCH) for push in pushes])
    spec = job_spec(place)
    assert str(publish(forge, spec, seal(spec), Mode.PULL_REQUEST, MINIMUM)) == "skipped(edited_by_human)"
    assert place.file("README.md", BRANCH) == b"# Mine\n"
