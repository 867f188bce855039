"""The line of first parents that a branch held, back to a time: GitHub's own lists follow all parents."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from documenthor.errors import UnavailableError
from documenthor.forge.discovery import Unfit, not_there_yet
from documenthor.forge.github.facts import Nodes, Oid, PageInfo
from documenthor.forge.github.once import again
from documenthor.forge.github.place import document
from documenthor.forge.github.reading import read
from documenthor.outcomes import skipped

if TYPE_CHECKING:
    from documenthor.forge.discovery import Repository
    from documenthor.forge.github.place import Place

# Pages of 100 commits; each is one call of the shared budget.
_PAGES = 100
_SECOND = timedelta(seconds=1)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, alias_generator=to_camel)


class _End(_Part):
    oid: Oid
    committed_date: datetime


class _Link(_End):
    parents: Nodes[_End] = Nodes()


class _History(_Part):
    page_info: PageInfo
    nodes: tuple[_Link, ...] = ()


class _Head(_Link):
    history: _History


class _Repository(_Part):
    object: _Head | None


class _Answer(_Part):
    repository: _Repository | None


def before(place: Place, repository: Repository, moment: datetime) -> Repository | Unfit:
    """`repository` at the last commit that its default branch held before `moment`."""
    links = _links(place, repository.head, moment)
    if links is None:
        message = f"{repository.branch} has more than {_PAGES * 100} commits since {moment.isoformat()}"
        return Unfit(repository.name, skipped("too_far_back", message))
    found = _last_before(links, repository.head, moment)
    if not found:
        return not_there_yet(repository, moment)
    if found == repository.head:
        return repository
    # What documents it, if anything does, is found when it is published.
    return replace(repository, head=found, documented=None, proposed=None)


def _last_before(links: dict[str, _Link], head: str, moment: datetime) -> str:
    at: _End = links[head]
    while at.committed_date >= moment:
        if at.oid not in links:
            raise UnavailableError("GitHub left out commits of a history that it listed")
        parents = links[at.oid].parents.nodes
        if not parents:
            return ""
        at = parents[0]
    return at.oid


def _links(place: Place, head: str, moment: datetime) -> dict[str, _Link] | None:
    """What `head` and all commits below it since `moment` rest on; None if they are too many."""
    links: dict[str, _Link] = {}
    after: str | None = None
    for _ in range(_PAGES):
        found = _page(place, head, moment, after)
        links.update({link.oid: link for link in (found, *found.history.nodes)})
        if not found.history.page_info.has_next_page:
            return links
        after = found.history.page_info.end_cursor
    return None


def _page(place: Place, head: str, moment: datetime, after: str | None) -> _Head:
    # Whether a commit of just that second is listed is not documented, so ask for one second more.
    since = (moment - _SECOND).astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    variables = {"owner": place.owner, "name": place.name, "head": head, "since": since, "after": after}
    answer = read(_Answer, again(lambda: place.api.graphql(document("line"), variables)))
    if answer.repository is None or answer.repository.object is None:
        raise UnavailableError(f"GitHub does not know commit {head:.12} of {place.full_name} any more")
    return answer.repository.object
