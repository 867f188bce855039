"""What a name stands for, and what is not certain."""

from __future__ import annotations

import pytest
from docgen.facts.uses.scopes import Bindings, Ranges, Scopes


@pytest.mark.parametrize(
    ("position", "inside"),
    [(4, False), (5, True), (11, True), (14, True), (20, False), (30, True), (40, False)],
)
def test_ranges_may_nest(position: int, inside: bool) -> None:
    assert (position in Ranges([(5, 20), (10, 12), (30, 35)])) is inside


@pytest.mark.parametrize(
    ("bound", "position", "value"),
    [
        ([(1, "a"), (5, "b")], 6, "b"),  # the last one before
        ([(1, "a"), (5, "b")], 3, "a"),
        ([(5, "b")], 3, None),  # not yet
        ([(1, "a")], 50, "a"),  # from the file around a function
        ([(1, "a"), (2, "b")], 50, None),  # which of both, a function cannot know
        ([(1, "a"), (45, None)], 50, None),  # a parameter hides it
        ([(45, "x")], 90, None),  # another function's
    ],
)
def test_the_value_of_a_name(bound: list[tuple[int, str | None]], position: int, value: str | None) -> None:
    bindings: Bindings[str] = Bindings(Scopes([(40, 80), (85, 99)]))
    for at, text in bound:
        bindings.bind("n", at, text)
    assert bindings.find("n", position) == value


def test_functions_are_listed_from_the_inside() -> None:
    assert Scopes([(0, 100), (10, 50), (20, 30), (60, 70)]).around(25) == [2, 1, 0, -1]
    assert Scopes([(0, 100), (10, 50), (20, 30), (60, 70)]).around(65) == [3, 0, -1]
