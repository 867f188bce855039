"""Reading paragraphs back: what was published is read as it was meant, and what could not be is not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docgen.claims.check import Checker
from docgen.prose.context import Context
from docgen.prose.judge import Judge
from docgen.prose.memory import Memory, fingerprint, plain
from docgen.prose.recall import Recall
from docgen.prose.render import paragraph

from tests.docgen.claims.support import shop
from tests.docgen.claims.test_grammar import SAID
from tests.docgen.claims.test_predicates import HOLDS

if TYPE_CHECKING:
    from docgen.claims.knowledge import Knowledge


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return shop(tmp_path_factory.mktemp("shop"))


@pytest.fixture(scope="module")
def context(knowledge: Knowledge) -> Context:
    """Everything there is, so that names mean as many things as they can."""
    context = Context()
    for fact in dict.fromkeys(fact for facts in knowledge.about.values() for fact in facts):
        context.add(fact)
    return context


def filled(knowledge: Knowledge, context: Context, text: str) -> str:
    names = {f"{entity.kind} {entity.name}": context.handle(entity) for entity in knowledge.about}
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(f"<{name}>", f"{{{names[name]}}}")
    return text


@pytest.mark.parametrize("text", [*HOLDS.values(), *SAID])
def test_a_published_claim_is_read_and_says_the_same(
    knowledge: Knowledge, context: Context, text: str
) -> None:
    checker = Checker(knowledge, context.handles)
    shown = plain(paragraph([checker.claiming(filled(knowledge, context, text))], "README.md"))
    raws = Recall(knowledge, checker, context).read(shown)
    judged = Judge(checker, context.facts).judge(raws)
    assert plain(paragraph(judged.sentences, "docs/ARCHITECTURE.md")) == shown


def test_every_text_is_read_as_it_would_be_told(knowledge: Knowledge, context: Context) -> None:
    checker = Checker(knowledge, context.handles)
    recall = Recall(knowledge, checker, context)
    kinds = set()
    for cite in context.texts:
        for sentence in (checker.quoting(cite), checker.retelling(cite)):
            shown = plain(paragraph([sentence], "docs/README.md"))
            (raw,) = recall.read(shown)
            kinds.add(raw.kind)
            assert Judge(checker, context.facts).judge([raw]).sentences == (sentence,)
    assert kinds == {"quote", "paraphrase"}


@pytest.mark.parametrize(
    "text",
    [
        "`price` does not read `SHOP_CURRENCY`.",
        "`shop.prices` reads `SHOP_SECRET`.",
        "`shop.prices` reads `SHOP_CURRENCY`. It is fast.",
        "`shop.cli` reads `SHOP_CURRENCY`.",
        "`price` returns the price of `name`, with tax.",
        "`shop` is documented as “Gives things away”.",
        "shop.prices reads SHOP_CURRENCY.",
        "{M9999} reads {V9999}.",
        "`shop.prices` defines `price`" + " and `price`" * 500 + ".",
        "`name` " * 3000,
        "“" * 5000 + ".",
        "",
    ],
)
def test_what_is_not_ours_is_not_read(knowledge: Knowledge, context: Context, text: str) -> None:
    assert Recall(knowledge, Checker(knowledge, context.handles), context).read(text) == []


ASKED = "0123456789abcdef"


@pytest.mark.parametrize(
    ("marker", "body", "text"),
    [
        ("{asked}.{told}", "One. Two.", "One. Two."),
        ("{asked}.{told}", "# Title\r\n\r\n- [`a`](a.py): One. Two.\r\n", "One. Two."),
        ("{asked}.{told}", "One. Three.", None),
        ("{asked}", "One. Two.", ""),
        ("{asked}.", "One. Two.", ""),
        ("", "One. Two.", None),
        (",,.,", "One. Two.", None),
    ],
)
def test_a_paragraph_is_found_by_its_digest(marker: str, body: str, text: str | None) -> None:
    prose = marker.format(asked=ASKED, told=fingerprint("One. Two."))
    assert Memory([(prose, body)]).text(ASKED) == text


def test_where_a_text_stands_is_no_part_of_what_a_paragraph_says() -> None:
    told = "`a` is documented as “A (thing)” ([a.py:1](a.py#L1))."
    moved = r"`a` is documented as “A (thing)” ([b\_\[c\].py:7](https://github.com/x/y/blob/0/b.py#L7))."
    assert fingerprint(told) == fingerprint(moved) == fingerprint("`a` is documented as “A (thing)”.")
    assert fingerprint(told) != fingerprint(told.replace("thing", "king"))
