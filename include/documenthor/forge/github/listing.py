"""Asking GitHub for repositories, up to a hundred a query.

GitHub gives up on a query after ten seconds, and an answer may be too large for us. So a query that fails
is asked again for half as many, and a single repository that GitHub cannot answer for is asked for without
what makes it expensive.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from documenthor.errors import ForbiddenError, UnavailableError, UnknownRepositoryError
from documenthor.forge.github import facts
from documenthor.forge.github.fitness import DEFAULTS, SETTINGS
from documenthor.forge.github.reading import read
from documenthor.forge.model import BRANCH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from documenthor.forge.github.api import Api
    from documenthor.forge.github.facts import Blob, Facts, Person

A_QUERY = 100
_COMMON = {"ours": f"refs/heads/{BRANCH}", "settings": f"HEAD:{SETTINGS}"}
_NAMED = """\
query Named($login: String!, $ours: String!, $settings: String!, $deep: Boolean!{variables}) {{
  viewer {{ login databaseId }}
  defaults: repository(owner: $login, name: "{defaults}") {{
    settings: object(expression: $settings) {{ ... on Blob {{ byteSize text }} }}
  }}
{aliases}
}}
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """A repository as it was found. `deep` says whether commits and settings were asked for."""

    facts: Facts
    viewer: Person
    deep: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """A named repository, None for one that GitHub does not know, and the organisation's own settings."""

    listed: Listed | None
    defaults: Blob | None


def everything(api: Api, organisation: str) -> Iterator[Listed]:
    """Every repository of the organisation that this credential sees, in no order.

    GitHub lists a hundred at once. Where more than that are missing, a query asks for the next from the
    alphabet's start and from its end, until both have met.
    """
    seen: set[str] = set()
    first, both, ends = A_QUERY, False, _Ends()
    while True:
        deep = first > 0
        asked = {"first": first or 1, "after": ends.after, "both": both, "beyond": ends.beyond, "deep": deep}
        try:
            data = api.graphql(_document("organisation"), {**_COMMON, "login": organisation, **asked})
        except UnknownRepositoryError:
            raise _unseen(organisation) from None
        except UnavailableError:
            if not deep:
                raise
            first, both = (first if both else first // 2), False
            continue
        pages, viewer = _pages(data, organisation)
        nodes = {one.name: one for page in pages for one in page.nodes if one is not None}
        yield from (Listed(one, viewer, deep) for name, one in nodes.items() if name not in seen)
        have_met = len({*nodes} - seen) < sum(len(page.nodes) - page.nodes.count(None) for page in pages)
        seen |= {*nodes}
        if have_met or not ends.moved(pages):
            return
        first = min(max(2 * first, 1), A_QUERY)
        both = first == A_QUERY and pages[0].total_count - len(seen) > A_QUERY


@dataclass(slots=True)
class _Ends:
    """How far the listing has come from the alphabet's start, and from its end."""

    after: str | None = None
    beyond: str | None = None

    def moved(self, pages: Sequence[facts.Page]) -> bool:
        """Go on behind `pages`; False where one of them was the last of its direction."""
        before = (self.after, self.beyond)
        self.after = pages[0].page_info.end_cursor
        if len(pages) > 1:
            self.beyond = pages[1].page_info.end_cursor
        cursors = zip(before, (self.after, self.beyond), pages, strict=False)
        return all(page.page_info.has_next_page and new not in {None, old} for old, new, page in cursors)


def named(api: Api, organisation: str, names: Sequence[str]) -> Iterator[Found]:
    """`names` in the order given."""
    at, first = 0, A_QUERY
    while at < len(names):
        deep = first > 0
        batch = names[at : at + (first or 1)]
        try:
            data = api.graphql(
                _named_document(len(batch)), _named(organisation, batch, deep=deep), partial=True
            )
        except UnavailableError:
            if not deep:
                raise
            first = min(first, len(batch)) // 2
            continue
        yield from _found(data, len(batch), deep=deep)
        at, first = at + len(batch), min(max(2 * first, 1), A_QUERY)


def _pages(data: dict[str, Any], organisation: str) -> tuple[list[facts.Page], Person]:
    owner = data.get("organization")
    if not isinstance(owner, dict):
        raise ForbiddenError(
            f"GitHub shows this credential no organisation {organisation!r}", "metadata: read"
        )
    pages = [owner.get("repositories"), *([owner["fromEnd"]] if "fromEnd" in owner else [])]
    return [read(facts.Page, page) for page in pages], read(facts.Person, data.get("viewer"))


def _unseen(organisation: str) -> ForbiddenError:
    return ForbiddenError(f"GitHub shows this credential no organisation {organisation!r}; check both")


def _found(data: dict[str, Any], count: int, *, deep: bool) -> Iterator[Found]:
    viewer = read(facts.Person, data.get("viewer"))
    raw = data.get("defaults")
    blob = raw.get("settings") if isinstance(raw, dict) else None
    defaults = None if blob is None else read(facts.Blob, blob)
    for index in range(count):
        one = data.get(f"r{index}")
        listed = None if one is None else Listed(read(facts.Facts, one), viewer, deep)
        yield Found(listed, defaults)


def _named_document(count: int) -> str:
    variables = "".join(f", $n{index}: String!" for index in range(count))
    aliases = "\n".join(
        f"  r{index}: repository(owner: $login, name: $n{index}) {{ ...Facts }}" for index in range(count)
    )
    return _NAMED.format(variables=variables, aliases=aliases, defaults=DEFAULTS) + _text("repository")


def _named(organisation: str, names: Sequence[str], *, deep: bool) -> dict[str, Any]:
    numbered = {f"n{index}": name for index, name in enumerate(names)}
    return {**_COMMON, **numbered, "login": organisation, "deep": deep}


def _document(name: str) -> str:
    return f"{_text(name)}\n{_text('repository')}"


def _text(name: str) -> str:
    return (files(__package__) / f"{name}.graphql").read_text("utf-8")
