"""A job that a path names: one that is not the caller's is not there."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Path

from documenthor.api.problems import not_found
from documenthor.errors import JobNotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOT_FOUND = "there is no such job"
_LONGEST = 64


def _job_id(
    job_id: Annotated[
        str,
        Path(description="A job's id.", examples=["5d2f7c8e-30a1-4c53-9f53-1f4f8a2d0c11"]),
    ],
) -> str:
    # PostgreSQL refuses NUL in a text, so what cannot be an id is not looked up.
    if not job_id.isprintable() or len(job_id) > _LONGEST:
        raise not_found(_NOT_FOUND)
    return job_id


JobId = Annotated[str, Depends(_job_id)]


@contextmanager
def finding() -> Iterator[None]:
    """Answer 404 where the caller has no such job."""
    try:
        yield
    except JobNotFoundError as error:
        raise not_found(_NOT_FOUND) from error
