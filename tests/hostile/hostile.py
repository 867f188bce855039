"""One row of a table of hostile repositories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.hostile.site import Site


@dataclass(frozen=True)
class Hostile:
    """How a repository is made, and its outcome, which the writers have to agree on.

    `build` returns the commit to document where that is not simply all that it put there.
    """

    build: Callable[[Site], str | None]
    expects: str = "pull_request"


Table = dict[str, Hostile]
