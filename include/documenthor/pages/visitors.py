"""Who looks at a page, and what they may see and do. Whoever mounts the pages says so, on every request."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Action(StrEnum):
    """What may be allowed for one tenant."""

    READ = "read"
    OPERATE = "operate"
    COSTS = "costs"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Visitor:
    """`name` is for the audit log; `session` is secret and the same for as long as they stay signed in."""

    name: str
    session: str
    allows: Callable[[Action, str], bool]

    def may(self, action: Action, tenant: str) -> bool:
        """Whether they may do it for the tenant; without reading there is nothing else."""
        return self.allows(Action.READ, tenant) and (action is Action.READ or self.allows(action, tenant))

    def allowed(self, tenant: str) -> dict[str, bool]:
        """All of it, for templates."""
        return {action.value: self.may(action, tenant) for action in Action}
