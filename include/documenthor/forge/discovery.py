"""What planning needs of a forge: which repositories there are and what is documented already."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from docgen.contract import RepositorySettings

from documenthor.outcomes import skipped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

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
    pull request does; how far those commits are taken at their word is the forge's to say. `defaults` is
    what the organisation says for all of its repositories, `traits` are what filters look at, as far as the
    forge knows them.
    """

    name: str
    url: str
    branch: str
    head: str
    documented: Documented | None = None
    proposed: Documented | None = None
    defaults: RepositorySettings = field(default_factory=RepositorySettings)
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


def ref_not_found(repository: Repository, ref: str) -> Unfit:
    """The outcome where nothing has the name that was asked for."""
    message = f"there is no branch, tag or commit {ref!r}; check it"
    return Unfit(repository.name, skipped("ref_not_found", message))


def ref_elsewhere(repository: Repository, ref: str) -> Unfit:
    """The outcome where the commit that was asked for is none that documentation is published for."""
    message = f"{ref!r} is not in the history of {repository.branch}, where documentation goes"
    return Unfit(repository.name, skipped("ref_elsewhere", message))


def not_there_yet(repository: Repository, moment: datetime) -> Unfit:
    """The outcome where the default branch is younger than the time that was asked for."""
    message = f"{repository.branch} had no commit before {moment.isoformat()}"
    return Unfit(repository.name, skipped("not_there_yet", message))


class Discovery(Protocol):
    """Finds the repositories of a forge."""

    def discover(self, names: Sequence[str] | None) -> list[Repository | Unfit]:
        """`names` in the order given, or for None the whole forge, sorted by name."""

    def pin(self, repository: Repository, ref: str) -> Repository | Unfit:
        """`repository` at the commit that `ref` names: a branch, else a tag, else a whole commit id.

        Its history has to be the default branch's, because that is where documentation goes.
        """

    def before(self, repository: Repository, moment: datetime) -> Repository | Unfit:
        """`repository` at the last commit that its default branch held before `moment`.

        Commits count by their own dates, along the line of first parents.
        """
