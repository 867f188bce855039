"""What a prompt tells: the most telling facts first, as many as fit, under handles of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docgen.prose.context import pack
from docgen.prose.ranking import facts_about, import_ranks, ordered

from tests.docgen.claims.support import entity, shop

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from docgen.claims.knowledge import Knowledge
from docgen.facts.model import Edge, Facts, Module, Place


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    folder: Path = tmp_path_factory.mktemp("shop")
    return shop(folder)


def words(text: str) -> int:
    """Tokens for these tests."""
    return len(text.split())


@pytest.mark.parametrize("budget", [0, 5, 20, 40, 80, 1000])
def test_the_budget_is_kept_and_the_rest_counted(knowledge: Knowledge, budget: int) -> None:
    focus = entity(knowledge, "module shop.prices")
    facts = ordered(focus, facts_about((focus,), knowledge), {}, None, "")
    context = pack(focus, facts, words, budget)
    told = words("\n".join(line for line in context.things[1:] if line)) + words("\n".join(context.lines))
    assert told <= budget
    assert len(context.facts) + context.left_out == len(facts)
    assert bool(context.facts) == (budget > 5)


def test_every_handle_stands_for_what_its_line_says(knowledge: Knowledge) -> None:
    focus = entity(knowledge, "module shop.prices")
    context = pack(focus, facts_about((focus,), knowledge), words, 1000)
    assert context.handles["M1"] == focus
    for handle, found in context.handles.items():
        assert found.sort.value == handle[0]
        assert handle[0] == "T" or f"{handle}: {found.kind} {found.name}" in context.things
    assert not set(context.facts) & set(context.handles) - set(context.texts)


def test_what_describes_comes_first_and_what_is_far_last(knowledge: Knowledge) -> None:
    focus = entity(knowledge, "module shop.prices")
    facts = ordered(focus, facts_about((focus,), knowledge), {}, None, "")
    assert (facts[0].predicate, facts[0].subject) == ("describes", focus)
    near = [focus in {fact.subject, fact.object} for fact in facts]
    assert near == sorted(near, reverse=True)


def test_relevance_orders_where_there_is_a_model_for_it(knowledge: Knowledge) -> None:
    focus = entity(knowledge, "module shop.prices")

    def nearest_is_tax(text: str, others: Sequence[str]) -> list[float]:
        assert text == "taxes"
        return [float("SHOP_CURRENCY" in other) for other in others]

    facts = ordered(focus, facts_about((focus,), knowledge), {}, nearest_is_tax, "taxes")
    assert facts[0].object.name == "SHOP_CURRENCY"


def test_what_the_rest_builds_on_ranks_first() -> None:
    modules = tuple(Module(f"{name}.py", name, "Python") for name in "abcd")
    edges = tuple(Edge(f"{s}.py", f"{t}.py", Place(f"{s}.py", 1)) for s, t in ("ab", "cb", "bd", "cx"))
    ranks = import_ranks(Facts("r", modules=modules, edges=edges))
    assert sorted(ranks, key=lambda path: -ranks[path])[:2] == ["d.py", "b.py"]
    assert sum(ranks.values()) == pytest.approx(1)
    assert import_ranks(Facts("r")) == {}
