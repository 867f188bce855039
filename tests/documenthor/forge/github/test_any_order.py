"""Nights, actions, backfills, retries and people in any order, workers killed among them."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from documenthor.forge.model import BRANCH
from documenthor.publish.messages import documentation_digest
from documenthor.tenants import Mode
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.documenthor.forge.github.hub import OURS, KilledError, hub
from tests.documenthor.publish.support import block, seal

if TYPE_CHECKING:
    from docgen.contract import Block, JobSpec

TEXT = st.sampled_from([b"one\n", b"two\n", b"three\n"])
SETTINGS = settings(
    deadline=None,
    stateful_step_count=25,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
)


class AnyOrder(RuleBasedStateMachine):
    """One repository; `a.py` is what the documentation says, `b.py` it says nothing of."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="documenthor-"))
        self.calc = hub(self.root)
        self.jobs = 0
        self.commits = [self.calc.head()]
        self.last: tuple[JobSpec, Mode] | None = None
        self.pushed = ""
        self.declined: set[str] = set()

    def teardown(self) -> None:
        """Take the repositories away."""
        shutil.rmtree(self.root)

    # -- people

    @rule(path=st.sampled_from(["a.py", "b.py"]), text=TEXT)
    def person_changes_source(self, path: str, text: bytes) -> None:
        self.commits.append(self.calc.change({path: text}))

    @rule(text=TEXT)
    def person_rewrites_the_readme(self, text: bytes) -> None:
        self.commits.append(self.calc.change({"README.md": b"# Calc\n\n" + text}))

    @precondition(lambda self: self.calc.head(OURS))
    @rule(text=TEXT)
    def person_pushes_to_our_branch(self, text: bytes) -> None:
        self.pushed = self.calc.change({"README.md": text}, branch=BRANCH)

    @precondition(lambda self: self.calc.open)
    @rule()
    def person_declines(self) -> None:
        self._decline()
        self.calc.fake.close(self.calc.repository, self.calc.open[0].number)

    @precondition(lambda self: self.calc.open)
    @rule(method=st.sampled_from(["merge", "squash", "rebase"]), deletes=st.booleans())
    def person_merges(self, method: str, deletes: bool) -> None:
        calc, pull = self.calc, self.calc.open[0]
        tip, base = calc.head(OURS), calc.head()
        if calc.fake.merged_tree(calc.repository, base, tip) is None or calc.repository.store.is_ancestor(
            tip, base
        ):
            return
        self.commits.append(calc.fake.merge(calc.repository, pull.number, method))
        if deletes:
            self._delete()

    @precondition(lambda self: self.calc.head(OURS))
    @rule()
    def person_deletes_our_branch(self) -> None:
        if self.calc.open:
            self._decline()
        self._delete()

    # -- us

    @rule(at=st.integers(0, 3), mode=st.sampled_from(list(Mode)), kill=st.none() | st.integers(0, 30))
    def a_run_publishes(self, at: int, mode: Mode, kill: int | None) -> None:
        """The nightly run is for the newest commit, an action or backfill for an older one."""
        self.jobs += 1
        commit = self.commits[max(len(self.commits) - 1 - at, 0)]
        self.last = (self.calc.spec(commit, f"job-{self.jobs}"), mode)
        self._publish(*self.last, kill)

    @precondition(lambda self: self.last)
    @rule(kill=st.none() | st.integers(0, 30))
    def a_run_is_retried(self, kill: int | None) -> None:
        assert self.last is not None
        self._publish(*self.last, kill)

    def _publish(self, spec: JobSpec, mode: Mode, kill: int | None) -> None:
        calc = self.calc
        before = self._in_effect()
        page = self._page(spec.commit)
        if kill is None:
            outcome = str(calc.settle(page, mode=mode, spec=spec))
        else:
            try:
                api = calc.mortal(kill, after=bool(kill % 2))
                outcome = str(calc.publish(page, mode=mode, spec=spec, api=api))
            except KilledError:
                return
        # A commit is held against the default branch alone: what is only proposed documents nothing yet.
        held = {"committed": before[:1], "pull_request": before}.get(outcome, [])
        newer = [
            known for known in held if known not in {"", spec.commit} and self._is_older(spec.commit, known)
        ]
        assert not newer, "an older commit's documentation took a newer one's place"
        if outcome == "pull_request":
            assert calc.marker(calc.open[0].number).documentation not in self.declined
        if outcome == "committed":
            self.commits.append(calc.head())

    def _page(self, commit: str) -> Block:
        said = self.calc.file("a.py", commit).decode()
        return block(body=f"It says {said.strip()}.")

    def _in_effect(self) -> list[str]:
        """The commit that the default branch documents, or nothing, and that of the open pull request."""
        known = self.calc.forge().documented("calc", self.calc.head())
        return [
            known.commit if known else "",
            *(self.calc.marker(pull.number).commit for pull in self.calc.open),
        ]

    def _is_older(self, commit: str, known: str) -> bool:
        return self.calc.repository.store.is_ancestor(commit, known)

    def _decline(self) -> None:
        self.declined.add(self.calc.marker(self.calc.open[0].number).documentation)

    def _delete(self) -> None:
        self.calc.fake.move(self.calc.repository, OURS, "")
        self.pushed = ""

    # -- what always holds

    @invariant()
    def no_two_are_open(self) -> None:
        assert len(self.calc.open) <= 1

    @invariant()
    def a_persons_commit_stays_where_it_is(self) -> None:
        assert not self.pushed or self.calc.head(OURS) == self.pushed or self._is_merged(self.pushed)

    @invariant()
    def nobody_is_told_twice(self) -> None:
        for pull in self.calc.pulls:
            bodies = [comment.body for comment in pull.comments]
            assert len(bodies) == len(set(bodies))

    def _is_merged(self, commit: str) -> bool:
        merged = any(pull.merged_at and pull.head_oid == commit for pull in self.calc.pulls)
        return merged or self.calc.repository.store.is_ancestor(commit, self.calc.head())


def test_the_digest_is_what_the_page_rests_on(tmp_path: Path) -> None:
    """Two pages that say the same are the same documentation, which the machine below relies on."""
    calc = hub(tmp_path)
    spec = calc.spec()
    digests = {documentation_digest(seal(spec, block(body=body)).open()) for body in ("1", "1", "2")}
    assert len(digests) == 2


class MoreOrders(AnyOrder):
    """The same for very many orders."""


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(SETTINGS, max_examples=12)
TestMoreOrders = pytest.mark.faults(pytest.mark.timeout(1800)(MoreOrders.TestCase))
TestMoreOrders.settings = settings(SETTINGS, max_examples=300, derandomize=False)
