"""Reading again, which does no harm, and writing once: after a broken answer its place is read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from documenthor.errors import RefusedError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
_READS = 3


def again(read: Callable[[], T]) -> T:
    """What `read` answers, asked up to three times without a pause if there is no answer."""
    for _ in range(_READS - 1):
        try:
            return read()
        except UnavailableError:
            continue
    return read()


def once(write: Callable[[], T], read_back: Callable[[], T | None]) -> T:
    """What `write` made, or what `read_back` finds of it after no answer or a refusal.

    A refusal may say that it is there already. What cannot be seen after a broken answer may still become
    visible, so nothing is written again here: the error is raised, and whoever starts again reads first.
    """
    try:
        return write()
    except (RefusedError, UnavailableError):
        found = read_back()
        if found is None:
            raise
        return found
