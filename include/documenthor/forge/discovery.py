"""What planning needs of a forge: which repositories there are and what is documented already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documenthor.forge.filters import Traits
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
    pull request does. Both are checked against what those commits changed, never taken at their word.
    `traits` are what filters look at, as far as the forge knows them.
    """

    name: str
    url: str
    branch: str
    head: str
    documented: Documented | None = None
    proposed: Documented | None = None
    traits: Traits | None = None

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

    def pin(self, repository: Repository, ref: str) -> Repository | Unfit:
        """`repository` at the commit that `ref` names: a branch, else a tag, else a whole commit id.

        Its history has to be the default branch's, because that is where documentation goes.
        """
