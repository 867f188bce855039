"""An answer is what its shape says, or the answer is broken and nothing of it is repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from documenthor.errors import UnavailableError
from documenthor.forge.github import facts, reading, shapes
from documenthor.forge.github.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable

SHA = "a" * 40
BROKEN: list[tuple[Callable[[], Any], str]] = [
    (lambda: read(shapes.Oid, "../secret"), ""),
    (lambda: read(shapes.Ref, {"object": {"sha": "secret"}}), "object.sha"),
    (lambda: read(list[shapes.Ref], [{"object": {"sha": SHA}}, "secret"]), "1"),
    (
        lambda: read(facts.Page, {"totalCount": 1, "pageInfo": {"hasNextPage": "secret"}}),
        "pageInfo.hasNextPage",
    ),
    (lambda: read(facts.Person, None), ""),
]


@pytest.mark.parametrize(("ask", "place"), BROKEN)
def test_a_broken_answer_names_the_place_alone(ask: Callable[[], Any], place: str) -> None:
    with pytest.raises(UnavailableError, match="not what it documents") as caught:
        ask()
    assert f"({place})" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_equal_shapes_share_what_reads_them() -> None:
    """Lists are made anew in every call, and an alias of `str` must not be taken for `str`."""
    before = reading._adapter.cache_info().misses
    for _ in range(3):
        assert read(list[shapes.Event], [{"event": "labeled"}]) == [shapes.Event(event="labeled")]
        assert read(str, "no oid") == "no oid"
    assert reading._adapter.cache_info().misses - before <= 2
