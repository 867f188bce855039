"""What a name stands for at a place of a file, as far as that is certain; places are positions."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

Span = tuple[int, int]
T = TypeVar("T")
# Nobody nests functions deeper; a hostile file does not get to make every look-up long.
_MAX_DEPTH = 24


class Ranges:
    """Parts of a file that may nest."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            self._starts.append(start)
            self._ends.append(max(end, self._ends[-1] if self._ends else end))

    def __contains__(self, position: int) -> bool:
        """Whether any part holds `position`."""
        index = bisect_right(self._starts, position) - 1
        return index >= 0 and position < self._ends[index]


class Scopes:
    """The functions of a file, each known by its index; -1 is the file itself."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans, key=lambda span: (span[0], -span[1]))
        self._starts = [start for start, _ in self._spans]
        self._outer: list[int] = []
        stack: list[int] = []
        for index, (start, _) in enumerate(self._spans):
            while stack and self._spans[stack[-1]][1] <= start:
                stack.pop()
            self._outer.append(stack[-1] if stack else -1)
            stack.append(index)

    def around(self, position: int) -> list[int]:
        """The functions that hold `position`, the innermost first, then the file."""
        index = bisect_right(self._starts, position) - 1
        found: list[int] = []
        while index >= 0 and len(found) < _MAX_DEPTH:
            if position < self._spans[index][1]:
                found.append(index)
            index = self._outer[index]
        return [*found, -1]


class Bindings(Generic[T]):
    """Which value a name has: None where it is unknown, as for a parameter."""

    def __init__(self, scopes: Scopes) -> None:
        self._scopes = scopes
        self._bound: dict[tuple[str, int], list[tuple[int, T | None]]] = {}

    def bind(self, name: str, position: int, value: T | None) -> None:
        """Say that `name` gets `value` at `position`; to be called in the order of the source."""
        scope = self._scopes.around(position)[0]
        self._bound.setdefault((name, scope), []).append((position, value))

    def find(self, name: str, position: int) -> T | None:
        """The value at `position`: the last one before it, or the only one of a scope around it."""
        for depth, scope in enumerate(self._scopes.around(position)):
            bound = self._bound.get((name, scope))
            if not bound:
                continue
            index = bisect_right(bound, position, key=lambda item: item[0]) - 1
            if depth == 0 or len(bound) > 1:
                return bound[index][1] if depth == 0 and index >= 0 else None
            return bound[0][1]
        return None
