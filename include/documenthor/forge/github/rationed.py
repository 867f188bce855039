"""`Rationed`: an `Api` that asks the budget first, so that whoever writes need not think of it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from documenthor.errors import RateLimitedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from documenthor.forge.github.api import Api
    from documenthor.forge.github.budget import Budget

_CREATING = frozenset({"POST", "PATCH", "PUT"})


class Rationed:
    """Satisfies `Api`. Every call that makes or changes something is one creation of `who`."""

    def __init__(self, api: Api, budget: Budget, who: str) -> None:
        self._api, self._budget, self._who = api, budget, who

    def rest(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - JSON
        """Call `path`; raises `RateLimitedError` before the call if it is not the time for it."""
        with self._asked(creates=method in _CREATING):
            return self._api.rest(method, path, body)

    def graphql(
        self, document: str, variables: Mapping[str, Any], *, partial: bool = False
    ) -> dict[str, Any]:
        """Run a document; raises `RateLimitedError` before the call if it is not the time for it."""
        with self._asked(creates=document.lstrip().startswith("mutation")):
            return self._api.graphql(document, variables, partial=partial)

    @contextmanager
    def _asked(self, *, creates: bool) -> Iterator[None]:
        if creates:
            self._budget.take(self._who)
        else:
            self._budget.check(self._who)
        try:
            yield
        except RateLimitedError as error:
            self._budget.pause(error.until)
            raise
