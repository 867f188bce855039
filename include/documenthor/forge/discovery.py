"""What planning needs of a forge: which repositories there are and what is documented already."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from docgen.contract import RepositorySettings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documenthor.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Documented:
    """What a commit of ours says it documents: a source commit, with a recipe, for a job.

    `by` is the commit of ours that says so.
    """

    commit: str
    recipe: str
    job: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository at the head of its default branch.

    `documented` is set when `head` holds documentation of all its source; `proposed` when our open
    pull request does; how far those commits are taken at their word is the forge's to say. `defaults` is
    what the organisation says for all of its repositories.
    """

    name: str
    url: str
    branch: str
    head: str
    documented: Documented | None = None
    proposed: Documented | None = None
    defaults: RepositorySettings = field(default_factory=RepositorySettings)

    def is_documented(self, recipe: str) -> bool:
        """Whether there is nothing new to document with `recipe`."""
        known = (self.documented, self.proposed)
        return any(documented is not None and documented.recipe == recipe for documented in known)


@dataclass(frozen=True, slots=True)
class Unfit:
    """A name that cannot be worked on, with the outcome it therefore has."""

    name: str
    outcome: Outcome


class Discovery(Protocol):
    """Finds the repositories of a forge."""

    def discover(self, names: Sequence[str] | None) -> list[Repository | Unfit]:
        """`names` in the order given, or for None the whole forge, sorted by name."""
