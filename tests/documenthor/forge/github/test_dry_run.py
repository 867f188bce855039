"""A dry run writes nothing, and its plan is what the real run then does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor.publish import Publish, decide, planned
from documenthor.publish.messages import commit_message

from tests.documenthor.forge.github.hub import OURS
from tests.documenthor.forge.github.scenarios import SCENARIOS, world
from tests.documenthor.publish.support import MINIMUM, seal
from tests.fakes.github import Protection

if TYPE_CHECKING:
    from pathlib import Path

    from documenthor.outcomes import Outcome

    from tests.documenthor.forge.github.hub import Hub

# What a plan begins with, by what the real run then ends in.
SAYS = {
    "new": "would propose 2 pages",
    "update": "would propose 2 pages",
    "conflict": "would propose 2 pages",
    "commit": "would commit 2 pages",
    "protected": "would commit 2 pages",
    "edited": "would comment on the open pull request",
    "withdraw": "would close the open pull request",
}


def changed(calc: Hub, before: str, after: str) -> dict[str, bytes]:
    """What differs between two commits, with its new content."""
    store = calc.repository.store
    paths = [path for path, *_ in store.changed(store.tree_of(before), store.tree_of(after))]
    return {path: calc.file(path, after) for path in paths}


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_plan_is_what_the_real_run_does(tmp_path: Path, name: str) -> None:
    scenario = SCENARIOS[name]
    calc = world(tmp_path)
    scenario.before(calc)
    spec, head = calc.spec(), calc.head()
    picture, writes = calc.picture(), calc.writes()

    decision = decide(calc.forge(), spec, seal(spec, *scenario.blocks), scenario.mode, MINIMUM)
    plan = planned(spec, decision)

    assert (calc.picture(), calc.writes()) == (picture, writes)
    assert (str(plan), plan.message.startswith(SAYS[name])) == ("skipped(dry_run)", True)
    outcome: Outcome = calc.publish(*scenario.blocks, mode=scenario.mode, spec=spec)
    scenario.after(calc, outcome)
    if not isinstance(decision, Publish):
        return
    assert plan.pages == outcome.pages
    tip = calc.head() if name == "commit" else calc.head(OURS)
    wanted = {change.path: change.content for change in decision.changes}
    assert changed(calc, head, tip) == wanted
    made = calc.repository.store.commit(tip).message.decode().rstrip()
    assert made == commit_message(spec, decision.changes).rstrip()
    for path in plan.pages:
        assert f"- {path}" in plan.message
        assert f"- {path}" in made


def test_a_branch_protection_that_can_be_read_is_in_the_plan(tmp_path: Path) -> None:
    calc = world(tmp_path)
    calc.repository.protections["main"] = Protection(is_ruleset=False)
    spec, scenario = calc.spec(), SCENARIOS["commit"]
    decision = decide(calc.forge(), spec, seal(spec, *scenario.blocks), scenario.mode, MINIMUM)
    assert planned(spec, decision).message.startswith("would propose 2 pages")
    assert str(calc.publish(*scenario.blocks, mode=scenario.mode, spec=spec)) == "pull_request"


def test_what_needs_no_write_has_its_outcome_in_a_dry_run_too(tmp_path: Path) -> None:
    calc = world(tmp_path)
    calc.publish()
    calc.fake.close(calc.repository, 1)
    spec = calc.spec(job="job-2")
    decision = decide(calc.forge(), spec, seal(spec), SCENARIOS["new"].mode, MINIMUM)
    assert str(planned(spec, decision)) == "skipped(closed_by_human)"
