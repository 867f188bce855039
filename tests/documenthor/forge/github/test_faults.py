"""Every fault at every call of every kind of publication, and a kill between any two calls."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from tests.documenthor.forge.github.hub import KilledError
from tests.documenthor.forge.github.scenarios import SCENARIOS, world
from tests.fakes.github import Fault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.documenthor.forge.github.hub import Hub
    from tests.documenthor.forge.github.scenarios import Scenario

# What a read and a write can suffer; the fast tier takes the first few of each.
OF_READS = (Fault.ERROR_BEFORE, Fault.TIMEOUT_BEFORE, Fault.TOKEN_EXPIRED)
OF_WRITES = (
    Fault.ERROR_AFTER,
    Fault.ALREADY_EXISTS,
    Fault.LAG,
    Fault.SECONDARY_LIMIT,
    Fault.ERROR_BEFORE,
    Fault.TIMEOUT_AFTER,
    Fault.TIMEOUT_BEFORE,
    Fault.BROKEN_AFTER,
    Fault.BROKEN_BEFORE,
    Fault.TOKEN_EXPIRED,
)


def calls(root: Path, scenario: Scenario) -> list[bool]:
    """Which calls of an undisturbed publication write, in their order."""
    calc = prepared(root, scenario)
    before = len(calc.fake.calls)
    outcome = calc.publish(*scenario.blocks, mode=scenario.mode)
    scenario.after(calc, outcome)
    return [call.is_write for call in calc.fake.calls[before:]]


def prepared(root: Path, scenario: Scenario) -> Hub:
    calc = world(root)
    scenario.before(calc)
    return calc


def suffer(root: Path, scenario: Scenario, at: int, fault: Fault) -> None:
    """Publish with a fault at the `at`-th call, and again until it ends."""
    calc = prepared(root, scenario)
    made = count()
    calc.fake.faults.script(fault, matches=lambda _: next(made) == at)
    spec = calc.spec()
    outcome = calc.settle(*scenario.blocks, mode=scenario.mode, spec=spec)
    assert len(calc.fake.faults.injected) == 1
    scenario.after(calc, outcome)
    before = calc.picture()
    calc.settle(*scenario.blocks, mode=scenario.mode, spec=spec)
    assert calc.picture() == before


def die(root: Path, scenario: Scenario, at: int, *, after: bool) -> None:
    """Kill a worker at its `at`-th call; another one takes over."""
    calc = prepared(root, scenario)
    spec = calc.spec()
    with pytest.raises(KilledError):
        calc.publish(*scenario.blocks, mode=scenario.mode, spec=spec, api=calc.mortal(at, after=after))
    scenario.after(calc, calc.settle(*scenario.blocks, mode=scenario.mode, spec=spec))


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_fault_at_a_write_changes_nothing_in_the_end(tmp_path: Path, name: str) -> None:
    scenario = SCENARIOS[name]
    for at, is_write in enumerate(calls(tmp_path / "calls", scenario)):
        for fault in OF_WRITES[:4] if is_write else ():
            suffer(tmp_path / f"{at}-{fault.name}", scenario, at, fault)


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_kill_after_any_write_changes_nothing_in_the_end(tmp_path: Path, name: str) -> None:
    scenario = SCENARIOS[name]
    for at, is_write in enumerate(calls(tmp_path / "calls", scenario)):
        if is_write:
            die(tmp_path / f"{at}", scenario, at, after=True)


@pytest.mark.faults
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", SCENARIOS)
def test_every_fault_at_every_call(tmp_path: Path, name: str) -> None:
    scenario = SCENARIOS[name]
    for at, is_write in enumerate(calls(tmp_path / "calls", scenario)):
        for fault in OF_WRITES if is_write else OF_READS:
            suffer(tmp_path / f"{at}-{fault.name}", scenario, at, fault)


@pytest.mark.faults
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", SCENARIOS)
def test_a_kill_between_any_two_calls(tmp_path: Path, name: str) -> None:
    scenario = SCENARIOS[name]
    for at, _ in enumerate(calls(tmp_path / "calls", scenario)):
        for after in (False, True):
            die(tmp_path / f"{at}-{after}", scenario, at, after=after)
