"""The gate on quality. The score is the generator's own word, so no security rests on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documenthor.errors import GateError

if TYPE_CHECKING:
    from docgen.contract import Bundle


def score(bundle: Bundle, minimum: float) -> None:
    """The pages score what the tenant asks for; without a score nobody knows, so it does not hold."""
    if not minimum or not bundle.blocks:
        return
    if bundle.score is None:
        raise GateError("score", f"the bundle has no score; at least {minimum:g} is asked for")
    if bundle.score < minimum:
        raise GateError("score", f"the pages score {bundle.score:g}; at least {minimum:g} is asked for")
