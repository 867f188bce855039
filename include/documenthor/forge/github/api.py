"""What the rest of the GitHub forge asks of GitHub's API; errors are of our own tree only."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


class Purpose(StrEnum):
    """What a token is for; each purpose gets no more permission than it needs."""

    DISCOVER = "discover"
    CLONE = "clone"
    PUBLISH = "publish"


class Api(Protocol):
    """GitHub's API with one credential.

    Nothing is repeated in here: whoever calls knows how to read back whether a write took place.
    Raises `UnknownRepositoryError` (404), `ForbiddenError`, `RateLimitedError`, `RefusedError` (any other
    4xx) and `UnavailableError` (5xx, time-out, broken connection: a write may have taken place).
    """

    def rest(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - JSON
        """Call `path` (`/repos/OWNER/NAME/...`, query included); the decoded answer, None if it is empty."""

    def graphql(
        self, document: str, variables: Mapping[str, Any], *, partial: bool = False
    ) -> dict[str, Any]:
        """Run a GraphQL document and return its `data`; an answer with errors raises.

        With `partial`, what GitHub does not find is None in the data instead.
        """
