"""Reading an answer of GitHub as the shape that it should have; answers are as hostile as repositories."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from documenthor.errors import UnavailableError

T = TypeVar("T")


def read(shape: type[T], answer: Any) -> T:  # noqa: ANN401 - JSON
    """`answer` as `shape`; raises `UnavailableError` for anything else, without repeating it."""
    try:
        found: T = _adapter(shape).validate_python(answer)  # type: ignore[arg-type] # a type is hashable
    except ValidationError as error:
        places = ", ".join(".".join(map(str, one["loc"])) for one in error.errors()[:3])
        raise UnavailableError(f"GitHub's answer is not what it documents ({places[:200]})") from None
    return found


# Building one costs more than using it. There are as many as the shapes that this package reads.
@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - a type of any kind
    return TypeAdapter(shape)
