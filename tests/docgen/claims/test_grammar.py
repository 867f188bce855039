"""The grammar: sentences that say what was checked, and everything else refused."""

from __future__ import annotations

import pytest
from docgen.claims.model import Reason, SentenceError
from docgen.pages.lines import unmarked
from docgen.prose.render import paragraph

from tests.docgen.claims.support import Speaker, shop

SAID = {
    "<module shop.prices> defines <function price>, <function save> and <function guarded>.": (
        "`shop.prices` defines `price`, `save` and `guarded`."
    ),
    "In addition, <module shop.prices> defines <function price> and reads "
    "<environment variable SHOP_CURRENCY>.": (
        "In addition, `shop.prices` defines `price` and reads `SHOP_CURRENCY`."
    ),
    "<module shop.cli> imports <module shop.prices>, which reads <environment variable SHOP_CURRENCY>.": (
        "`shop.cli` imports `shop.prices`, which reads `SHOP_CURRENCY`."
    ),
    "<function price> and <function save> are defined in the module <module shop.prices>.": (
        "`price` and `save` are defined in the module `shop.prices`."
    ),
    "the program <program sell> starts the function <function main> of <module shop.cli>.": (
        "The program `sell` starts the function `main` of `shop.cli`."
    ),
    "<module shop.cli> (<text The command line.>) uses <module shop.prices> and <module shop.cli> "
    "also accepts the option <option --name>.": (
        "`shop.cli` (“The command line” ([shop/cli.py:1](shop/cli.py#L1))) uses `shop.prices` and `shop.cli` "
        "also accepts the option `--name`."
    ),
    "<module shop.cli> imports <module shop.prices>; <function main> calls <function price>, while "
    "<function save> writes <file prices.txt>.": (
        "`shop.cli` imports `shop.prices`; `main` calls `price`, while `save` writes `prices.txt`."
    ),
}
# All of these are made of things that exist; the reason says what is wrong with each.
REFUSED = {
    "<module shop.prices> does not define <function price>.": Reason.FOREIGN_WORD,
    "<module shop.prices> never defines <function price>.": Reason.FOREIGN_WORD,
    "<module shop.prices> only defines <function price>.": Reason.FOREIGN_WORD,
    "<module shop.prices> defines three functions, <function price>.": Reason.FOREIGN_WORD,
    "<module shop.prices> defines <function price> securely.": Reason.FOREIGN_WORD,
    "<module shop.prices> defines 2 <function price>.": Reason.FOREIGN_WORD,
    "<module shop.prices> defines `price`.": Reason.FOREIGN_WORD,
    "<module shop.prices> defines <function price>. Visit https://evil.example.": Reason.FOREIGN_WORD,
    "<module shop.prices> defines @everyone.": Reason.FOREIGN_WORD,
    "<module shop.prices> defines <script>alert(1)</script>.": Reason.FOREIGN_WORD,
    "<module shop.prices> defines [<function price>](x).": Reason.FOREIGN_WORD,
    "<module shop.prices> defines {S999}.": Reason.UNKNOWN_HANDLE,
    "The class <module shop.prices> defines <function price>.": Reason.WRONG_NOUN,
    "<module shop.prices> defines the class <function price>.": Reason.WRONG_NOUN,
    "<function price> is defined in <module shop.cli>.": Reason.REFUTED,
    "<function price> of <module shop.cli> takes <parameter name>.": Reason.REFUTED,
    "<module shop.prices> (<text The command line.>) defines <function price>.": Reason.REFUTED,
    # A true claim beside a false one does not help.
    "<module shop.prices> defines <function price> and <function main>.": Reason.REFUTED,
    "<module shop.cli> imports <module shop.prices> and reads "
    "<environment variable SHOP_CURRENCY>.": Reason.REFUTED,
    "<module shop.cli> imports <module shop.prices>, which defines <function main>.": Reason.REFUTED,
    # What a reader could take in two ways.
    "<module shop.cli> imports <module shop.prices>, which reads <environment variable SHOP_CURRENCY> and "
    "defines <function main>.": Reason.GRAMMAR,
    "<package shop> contains <module shop.cli> and <module shop.prices>, which defines <function price>.": (
        Reason.GRAMMAR
    ),
    "<module shop.cli> imports <module shop.prices> and <module shop.cli> and <module shop.prices> import "
    "<module shop.errors>.": Reason.GRAMMAR,
    "<module shop.prices> defines <function price>, "
    "<module shop.cli> imports <module shop.prices>.": Reason.GRAMMAR,
    "<function price> and <function save> is defined in <module shop.prices>.": Reason.GRAMMAR,
    "<module shop.prices> define <function price>.": Reason.GRAMMAR,
    "<module shop.prices> defines <function price> and <function price>.": Reason.GRAMMAR,
    "<module shop.prices> defines <function price>": Reason.GRAMMAR,
    "<module shop.prices> defines.": Reason.GRAMMAR,
    "<module shop.prices>.": Reason.GRAMMAR,
    "<module shop.cli> imports <module shop.prices>, which define <function price>.": Reason.GRAMMAR,
    "and.": Reason.GRAMMAR,
    "": Reason.GRAMMAR,
    "defines defines defines.": Reason.GRAMMAR,
    "<function price> of <function price> of <function price> of <function price> of <function price> takes "
    "<parameter name>.": Reason.GRAMMAR,
    "(" * 500: Reason.GRAMMAR,
    "the " * 149: Reason.GRAMMAR,
    "x" * 601: Reason.TOO_LONG,
}


@pytest.fixture(scope="module")
def speaker(tmp_path_factory: pytest.TempPathFactory) -> Speaker:
    return Speaker(shop(tmp_path_factory.mktemp("shop")))


@pytest.mark.parametrize(("text", "shown"), SAID.items())
def test_a_sentence_of_the_grammar_is_published(speaker: Speaker, text: str, shown: str) -> None:
    assert unmarked(paragraph([speaker.claiming(text)], "README.md")) == shown


@pytest.mark.parametrize(("text", "reason"), REFUSED.items())
def test_anything_else_is_refused(speaker: Speaker, text: str, reason: Reason) -> None:
    with pytest.raises(SentenceError) as caught:
        speaker.claiming(text)
    assert caught.value.reason is reason, caught.value
