"""Comments on a pull request: one for each topic, however often and by however many it is asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from documenthor.errors import RateLimitedError, UnavailableError
from documenthor.forge.github import markers, shapes
from documenthor.forge.github.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from documenthor.forge.github.place import Place
    from documenthor.forge.model import Topic

_A_PAGE, _PAGES = 100, 20
# How long a comment may stay out of the list after GitHub took it.
_LAG = timedelta(minutes=1)


def is_told(place: Place, number: int, topic: Topic, login: str) -> bool:
    """Whether we commented on `topic`; assumed where there are more comments than anybody reads."""
    sign = markers.comment(topic)
    for page in range(1, _PAGES + 1):
        query = f"issues/{number}/comments?per_page={_A_PAGE}&page={page}"
        found = read(list[shapes.Comment], place.rest("GET", query))
        if any(one.user and one.user.login == login and sign in (one.body or "") for one in found):
            return True
        if len(found) < _A_PAGE:
            return False
    return True


def tell(
    place: Place, number: int, topic: Topic, text: str, login: str, clock: Callable[[], datetime]
) -> None:
    """Comment on `topic` unless we did; raises `RateLimitedError` when that can be told only later."""
    if is_told(place, number, topic, login):
        return
    body = {"body": f"{text}\n\n{markers.comment(topic)}\n"}
    try:
        place.rest("POST", f"issues/{number}/comments", body)
    except UnavailableError as error:
        if is_told(place, number, topic, login):
            return
        # Nothing refuses a second comment, so nobody asks again before the first would be visible.
        message = f"it cannot be told yet whether a comment arrived: {error}"
        raise RateLimitedError(message, clock() + _LAG) from error
