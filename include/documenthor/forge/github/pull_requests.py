"""The pull request from our branch: found again, opened once, brought up to date, closed.

GitHub keeps to one open pull request from a branch to another, so opening is safe to repeat: a second one is
refused, and the first is read back. Everything else sets a state that may be set again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from documenthor.errors import HeadMovedError, RefusedError, UnavailableError
from documenthor.forge.github import comments, markers, shapes
from documenthor.forge.github.markers import Marker
from documenthor.forge.github.once import once
from documenthor.forge.github.reading import read
from documenthor.forge.model import BRANCH, State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from typing import Any

    from documenthor.forge.discovery import Documented
    from documenthor.forge.github.place import Place
    from documenthor.forge.github.place import State as Standing
    from documenthor.forge.model import Description, Topic

# The newest that are looked at; who declined something longer ago than that may be asked again.
_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Found:
    """A pull request from our branch. `is_ours` says that our account opened it."""

    pull: shapes.Pull
    is_ours: bool

    @property
    def marker(self) -> Marker | None:
        """What it says it proposes, if that can be believed."""
        return markers.parse(self.pull.body) if self.is_ours else None

    @property
    def state(self) -> State:
        """Open, merged, closed by a person, or withdrawn by us."""
        if self.pull.state == "open":
            return State.OPEN
        if self.pull.merged_at is not None:
            return State.MERGED
        marker = self.marker
        return State.WITHDRAWN if marker is not None and marker.withdrawn is not None else State.CLOSED


def newest(place: Place, login: str) -> list[Found]:
    """The pull requests from our branch, newest first, whoever opened them."""
    head = quote(f"{place.owner}:{BRANCH}", safe=":")
    query = f"pulls?state=all&head={head}&sort=created&direction=desc&per_page={_LOOKED_AT}"
    found = read(list[shapes.Pull], place.rest("GET", query))
    own = [pull for pull in found if _is_from_our_branch(place, pull)]
    return [Found(pull, pull.user is not None and pull.user.login == login) for pull in own]


def open_one(found: list[Found]) -> Found | None:
    """The one that is open, wherever it is meant to go by now."""
    return next((one for one in found if one.state is State.OPEN), None)


def is_merged(found: list[Found], tip: str) -> bool:
    """Whether a pull request of just this tip was merged, in whatever way."""
    return any(one.state is State.MERGED and one.pull.head.sha == tip for one in found)


def merged(found: list[Found]) -> Documented | None:
    """What the newest merged pull request of ours documents."""
    known = (one.marker for one in found if one.state is State.MERGED)
    return next((marker.documented for marker in known if marker is not None), None)


def declined(found: list[Found]) -> frozenset[str]:
    """The digests of what people closed; an empty one for a pull request whose marker is gone."""
    closed = [one for one in found if one.is_ours and one.state is State.CLOSED]
    return frozenset(one.marker.documentation if one.marker else "" for one in closed)


def mergeable(place: Place, number: int) -> bool:
    """Whether it can be merged as it stands, as far as GitHub knows yet."""
    pull = read(shapes.Pull, place.rest("GET", f"pulls/{number}"))
    return pull.mergeable is not False


def describe(
    place: Place, login: str, base: str, description: Description, *, draft: bool
) -> tuple[shapes.Pull, bool]:
    """Bring the open pull request up to date, or open one: it, and whether it is new.

    Raises `HeadMovedError` if a person declined it meanwhile.
    """
    text = {"title": description.title, "body": body_of(description)}
    found = newest(place, login)
    known = open_one(found)
    if known is None:
        if not declined(found).isdisjoint({"", description.documentation}):
            raise HeadMovedError("somebody closed the pull request while it was being updated")
        return _open(place, login, {**text, "head": BRANCH, "base": base}, draft=draft), True
    if (known.pull.title, known.pull.body) == (text["title"], text["body"]):
        return known.pull, False
    return read(shapes.Pull, place.rest("PATCH", f"pulls/{known.pull.number}", text)), False


def body_of(description: Description) -> str:
    """The body with its hidden marker at the end."""
    known = description.documented
    marker = Marker(
        commit=known.commit,
        recipe=known.recipe,
        job=known.job,
        documentation=description.documentation,
        tip=description.tip,
    )
    return f"{description.body.rstrip()}\n\n{marker.render()}\n"


def withdraw(place: Place, now: Standing, topic: Topic, text: str, clock: Callable[[], datetime]) -> None:
    """Close the open one with a comment; its marker says by the same write that it was us.

    Raises `HeadMovedError` if a person closed it meanwhile, or it cannot be seen for the moment.
    """
    known = newest(place, now.login)
    found = open_one(known)
    if found is None or not found.is_ours:
        if known and known[0].state is not State.WITHDRAWN:
            raise HeadMovedError("the pull request is not open any more")
        return
    comments.tell(place, found.pull.number, topic, text, now.login, clock)
    body, marker = found.pull.body or "", found.marker
    if marker is not None:
        body = markers.replace(body, marker.model_copy(update={"withdrawn": topic}))
    place.rest("PATCH", f"pulls/{found.pull.number}", {"state": "closed", "body": body})


def _open(place: Place, login: str, wanted: Mapping[str, Any], *, draft: bool) -> shapes.Pull:
    def write() -> shapes.Pull:
        return read(shapes.Pull, place.rest("POST", "pulls", {**wanted, "draft": draft}))

    def read_back() -> shapes.Pull | None:
        known = open_one(newest(place, login))
        return known.pull if known else None

    try:
        return once(write, read_back)
    except RefusedError as error:
        if draft and "draft" in str(error).casefold():
            # Not every plan of GitHub has drafts.
            return _open(place, login, wanted, draft=False)
        if error.status == 422 and "already exists" in str(error):
            raise UnavailableError("the pull request is there, but cannot be seen yet; try again") from error
        raise


def _is_from_our_branch(place: Place, pull: shapes.Pull) -> bool:
    same = pull.head.repo is not None and pull.head.repo.full_name.casefold() == place.full_name.casefold()
    return same and pull.head.ref == BRANCH
