"""Publications to disturb: how each begins, and what has to be there when it ends, whatever happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from documenthor.forge.model import BRANCH, Topic
from documenthor.tenants import Mode

from tests.documenthor.forge.github.hub import OURS, Hub, hub
from tests.documenthor.publish.support import block
from tests.fakes.github import Protection

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docgen.contract import Block
    from documenthor.outcomes import Outcome

FILES = {"a.py": b"x = 1\n", "README.md": b"# Calc\n", "CODEOWNERS": b"* @ada @acme/gone\n"}
PAGES = (block(body="New."), block("docs/api.md", "The API."))


def world(root: Path) -> Hub:
    """A repository with code owners, one of whom cannot review."""
    return hub(root, files=FILES)


def _nothing(_: Hub) -> None:
    return


def _proposed(calc: Hub) -> None:
    calc.publish(block(), block("docs/old.md", "Old."))
    calc.change({"a.py": b"x = 2\n"})


def _conflicting(calc: Hub) -> None:
    calc.publish()
    calc.change({"README.md": b"# Calculator\n"})


def _protected(calc: Hub) -> None:
    calc.repository.protections["main"] = Protection()


def _edited(calc: Hub) -> None:
    _proposed(calc)
    calc.change({"README.md": b"# Mine\n"}, branch=BRANCH)


def _published_by_hand(calc: Hub) -> None:
    calc.publish(*PAGES)
    calc.change({path: calc.file(path, OURS) for path in ("README.md", "docs/api.md")})


def _is_proposed_once(calc: Hub, outcome: Outcome, pulls: int = 1) -> None:
    assert str(outcome) == "pull_request"
    assert (len(calc.pulls), len(calc.open)) == (pulls, 1)
    pull = calc.open[0]
    assert (pull.head_oid, pull.labels, pull.reviewers) == (calc.head(OURS), ["documentation"], ["ada"])
    assert calc.marker(pull.number).tip == calc.head(OURS)
    assert b"New." in calc.file("README.md", OURS)
    assert b"The API." in calc.file("docs/api.md", OURS)
    assert calc.file("docs/old.md", OURS) == b""
    assert calc.file("a.py", OURS) == calc.file("a.py")


def _is_new(calc: Hub, outcome: Outcome) -> None:
    _is_proposed_once(calc, outcome)
    assert len(calc.ahead()) == 1


def _is_updated(calc: Hub, outcome: Outcome) -> None:
    _is_proposed_once(calc, outcome)
    assert len(calc.ahead()) == 3  # the first commit, the merge of the default branch, and the second


def _is_committed(calc: Hub, outcome: Outcome) -> None:
    assert (str(outcome), calc.pulls) == ("committed", [])
    assert len(list(calc.repository.store.history(calc.head()))) == 2
    assert b"The API." in calc.file("docs/api.md")


def _starts_anew(calc: Hub, outcome: Outcome) -> None:
    _is_proposed_once(calc, outcome, pulls=2)
    assert calc.marker(1).withdrawn is Topic.CONFLICT
    assert len(calc.pulls[0].comments) == 1
    assert len(calc.ahead()) == 1


def _is_left_alone(calc: Hub, outcome: Outcome) -> None:
    assert str(outcome) == "skipped(edited_by_human)"
    assert calc.file("README.md", OURS) == b"# Mine\n"
    assert (len(calc.open), len(calc.pulls[0].comments)) == (1, 1)


def _is_withdrawn(calc: Hub, outcome: Outcome) -> None:
    assert str(outcome) == "unchanged"
    assert (len(calc.pulls), calc.open, calc.head(OURS)) == (1, [], "")
    assert len(calc.pulls[0].comments) == 1


@dataclass(frozen=True)
class Scenario:
    """What happened before, what is published, and what holds in the end."""

    before: Callable[[Hub], None]
    after: Callable[[Hub, Outcome], None]
    mode: Mode = Mode.PULL_REQUEST
    blocks: tuple[Block, ...] = PAGES


SCENARIOS = {
    "new": Scenario(_nothing, _is_new),
    "update": Scenario(_proposed, _is_updated),
    "conflict": Scenario(_conflicting, _starts_anew),
    "commit": Scenario(_nothing, _is_committed, Mode.COMMIT),
    "protected": Scenario(_protected, _is_new, Mode.COMMIT),
    "edited": Scenario(_edited, _is_left_alone),
    "withdraw": Scenario(_published_by_hand, _is_withdrawn),
}
