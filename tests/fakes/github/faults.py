"""Faults on demand: by script (the next matching calls) or by chance (with a seed)."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Fault(StrEnum):
    """What goes wrong with a call; `before` and `after` say on which side of the write."""

    ERROR_BEFORE = "500 before the write"
    ERROR_AFTER = "502 after the write"
    BROKEN_BEFORE = "connection broken before the write"
    BROKEN_AFTER = "connection broken after the write"
    TIMEOUT_BEFORE = "time-out before the write"
    TIMEOUT_AFTER = "time-out after the write"
    ALREADY_EXISTS = "the write took place, the answer is 422 already exists"
    SECONDARY_LIMIT = "403 secondary rate limit"
    TOKEN_EXPIRED = "401, and the token stays expired"
    LAG = "reads see what was written only after some more reads"


# A read has no before and after, but it can fail.
_OF_READS = {Fault.ERROR_BEFORE, Fault.BROKEN_BEFORE, Fault.TIMEOUT_BEFORE, Fault.ERROR_AFTER}
# What may be there already, and what reads of may lag behind.
_ONLY = {
    Fault.ALREADY_EXISTS: {"create_ref", "create_pull", "create_label"},
    Fault.LAG: {
        "create_ref",
        "update_ref",
        "delete_ref",
        "create_pull",
        "put_content",
        "merge_branch",
        "createCommitOnBranch",
        "createPullRequest",
    },
}


@dataclass(frozen=True)
class Called:
    """A call as a fault's rule sees it: `name` as in `Made`, `token` is the credential's kind."""

    name: str
    method: str
    path: str
    is_write: bool
    token: str = ""
    document: str = ""

    def can(self, fault: Fault) -> bool:
        """Whether this call can go wrong in that way at all."""
        if fault is Fault.TOKEN_EXPIRED:
            return self.token == "installation"
        return self.is_write and self.name in _ONLY.get(fault, {self.name})


@dataclass
class _Rule:
    matches: Callable[[Called], bool]
    fault: Fault
    times: int
    skip: int


@dataclass
class Faults:
    """What is to go wrong. `lag` is for how many reads a write stays unseen under `Fault.LAG`."""

    lag: int = 2
    injected: list[tuple[Called, Fault]] = field(default_factory=list)
    _rules: list[_Rule] = field(default_factory=list)
    _chance: float = 0.0
    _kinds: tuple[Fault, ...] = ()
    _random: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311 - repeatable

    def script(
        self,
        fault: Fault,
        name: str = "",
        *,
        times: int = 1,
        skip: int = 0,
        matches: Callable[[Called], bool] | None = None,
    ) -> None:
        """Let the next `times` calls of `name` (empty: any write) fail, after `skip` that do not."""
        rule = matches or (lambda called: called.name == name if name else called.is_write)
        self._rules.append(_Rule(rule, fault, times, skip))

    def by_chance(self, probability: float, seed: int, kinds: Sequence[Fault] = tuple(Fault)) -> None:
        """Let each call fail with a probability, in a way drawn from `kinds`; 0 stops it."""
        self._chance, self._kinds = probability, tuple(kinds)
        self._random = random.Random(seed)  # noqa: S311 - repeatable

    def draw(self, called: Called) -> Fault | None:
        """What goes wrong with this call; None for nothing."""
        fault = self._scripted(called) or self._drawn(called)
        if fault is not None:
            self.injected.append((called, fault))
        return fault

    def _scripted(self, called: Called) -> Fault | None:
        for rule in self._rules:
            if not rule.matches(called):
                continue
            if rule.skip:
                rule.skip -= 1
                continue
            rule.times -= 1
            if not rule.times:
                self._rules.remove(rule)
            return rule.fault
        return None

    def _drawn(self, called: Called) -> Fault | None:
        if not self._chance or self._random.random() >= self._chance:
            return None
        possible = [kind for kind in self._kinds if called.can(kind) or kind in _OF_READS]
        return self._random.choice(possible) if possible else None
