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
    """Every repository of the organisation that this credential sees."""
    after, first = None, A_QUERY
    while True:
        deep = first > 0
        variables = {**_COMMON, "login": organisation, "first": first or 1, "after": after, "deep": deep}
        try:
            data = api.graphql(_document("organisation"), variables)
        except UnknownRepositoryError:
            raise _unseen(organisation) from None
        except UnavailableError:
            if not deep:
                raise
            first //= 2
            continue
        page, viewer = _page(data, organisation)
        yield from (Listed(one, viewer, deep) for one in page.nodes if one is not None)
        if not page.page_info.has_next_page or page.page_info.end_cursor in {None, after}:
            return
        after, first = page.page_info.end_cursor, min(max(2 * first, 1), A_QUERY)


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


def _page(data: dict[str, Any], organisation: str) -> tuple[facts.Page, Person]:
    owner = data.get("organization")
    if not isinstance(owner, dict):
        raise ForbiddenError(
            f"GitHub shows this credential no organisation {organisation!r}", "metadata: read"
        )
    return read(facts.Page, owner.get("repositories")), read(facts.Person, data.get("viewer"))


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
