"""Every language: the same predicates and kinds, no word that turns a claim, and sentences that hold."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from docgen.claims.grammar import read
from docgen.claims.lexicon import Verb, english, languages, lexicon
from docgen.claims.model import Entity, Reason, SentenceError, Sort
from docgen.claims.predicates import PREDICATES
from docgen.claims.tokens import tokenize
from docgen.facts.model import Place
from docgen.messages import languages as catalogues
from docgen.pages.lines import unmarked
from docgen.prose.render import paragraph

from tests.docgen.claims.support import Speaker, shop
from tests.docgen.claims.test_predicates import HOLDS, REFUTED

if TYPE_CHECKING:
    from docgen.claims.knowledge import Knowledge
    from docgen.claims.lexicon import Lexicon

LEXICONS = [found for tag in languages() if (found := lexicon(tag))]
# Negations, conditions and degrees of these languages: with one of them a claim would be another.
TURNING = {
    "en": "no not never none only almost unless if all every",
    "de": "nicht kein keine nie nur fast wenn falls alle jede ohne",
    "fr": "ne pas jamais aucun aucune seulement si tous toutes sans presque",
    "es": "no nunca ningún sólo solo casi todos todas sin si",
    "pt-BR": "não nunca nenhum só apenas quase todos todas sem se",
}
SAID = {
    "de": {
        "Das Modul <module shop.prices> definiert die Funktion <function price> und liest "
        "<environment variable SHOP_CURRENCY>.": (
            "Das Modul `shop.prices` definiert die Funktion `price` und liest `SHOP_CURRENCY`."
        ),
        "<module shop.cli> importiert außerdem <module shop.prices>; die FUNKTION <function main> verwendet "
        "<function price> und <function save>.": (
            "`shop.cli` importiert außerdem `shop.prices`; die Funktion `main` verwendet `price` und `save`."
        ),
        "<function price> und <function save> gehören zu <module shop.prices>.": (
            "`price` und `save` gehören zu `shop.prices`."
        ),
        "<environment variable SHOP_CURRENCY> hat den vorgabewert <value 'EUR'>.": (
            "`SHOP_CURRENCY` hat den Vorgabewert `'EUR'`."
        ),
    },
    "fr": {
        "En outre, <module shop.cli> importe <module shop.prices>, qui lit "
        "<environment variable SHOP_CURRENCY>.": (
            "En outre, `shop.cli` importe `shop.prices`, qui lit `SHOP_CURRENCY`."
        ),
        "<module shop.cli> accepte l'option <option --name>.": "`shop.cli` accepte l'option `--name`.",
    },
    "es": {
        "El módulo <module shop.cli> importa también <module shop.prices>, que define <function price>.": (
            "El módulo `shop.cli` importa también `shop.prices`, que define `price`."
        ),
    },
    "pt-BR": {
        "A função <function price> do módulo <module shop.prices> pode lançar <exception ValueError>.": (
            "A função `price` do módulo `shop.prices` pode lançar `ValueError`."
        ),
    },
}
REFUSED = {
    "de": {
        "<module shop.prices> liest nicht <environment variable SHOP_CURRENCY>.": Reason.FOREIGN_WORD,
        "<module shop.prices> reads <environment variable SHOP_CURRENCY>.": Reason.FOREIGN_WORD,
        "<module shop.cli> liest <environment variable SHOP_CURRENCY>.": Reason.REFUTED,
        "<module shop.cli> liest auch <environment variable SHOP_CURRENCY>.": Reason.REFUTED,
        "Die Klasse <module shop.prices> definiert <function price>.": Reason.WRONG_NOUN,
        "<function price> und <function save> gehört zu <module shop.prices>.": Reason.GRAMMAR,
        "Auch <module shop.prices> definiert <function price>.": Reason.WRONG_NOUN,
        "<function price> wird aufgerufen von <module shop.cli>.": Reason.REFUTED,
    },
    "fr": {"<module shop.prices> ne lit pas <environment variable SHOP_CURRENCY>.": Reason.FOREIGN_WORD},
    "es": {"<module shop.prices> no lee <environment variable SHOP_CURRENCY>.": Reason.FOREIGN_WORD},
    "pt-BR": {"<module shop.prices> não lê <environment variable SHOP_CURRENCY>.": Reason.FOREIGN_WORD},
}


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return shop(tmp_path_factory.mktemp("shop"))


def words_of(language: str) -> Lexicon:
    found = lexicon(language)
    assert found is not None
    return found


def flat(table: dict[str, dict[str, str]]) -> list[tuple[str, str, str]]:
    return [(language, text, says) for language, cases in table.items() for text, says in cases.items()]


def test_every_lexicon_belongs_to_a_catalogue() -> None:
    assert set(languages()) < set(catalogues())
    assert lexicon("ja") is None
    assert set(SAID) == set(REFUSED) == set(languages()) - {"en"}
    assert set(TURNING) == set(languages())


@pytest.mark.parametrize("words", LEXICONS, ids=languages())
def test_a_lexicon_says_every_predicate_and_kind_once_in_each_direction(words: Lexicon) -> None:
    assert {verb.predicate for verb in words.verbs} == set(PREDICATES)
    assert set(words.nouns) == set(english().nouns)
    directions: dict[tuple[tuple[str, ...], bool], set[bool]] = defaultdict(set)
    for verb in words.verbs:
        directions[verb.words, verb.plural].add(verb.is_inverse)
    assert [phrase for phrase, found in directions.items() if len(found) > 1] == []
    assert words.words.isdisjoint(TURNING[words.language].split())
    assert [word for word in words.words if [token.text for token in tokenize(word, {})] != [word]] == []


@pytest.mark.parametrize("words", LEXICONS, ids=languages())
def test_the_forms_that_a_model_is_shown_are_of_the_grammar(words: Lexicon) -> None:
    kinds = {"M": "module", "S": "function", "P": "parameter", "V": "environment variable", "L": "result"}
    handles = {
        f"{letter}{number}": Entity(Sort(letter), f"{letter}{number}", kind, Place("a.py", number))
        for letter, kind in kinds.items()
        for number in range(1, 5)
    }
    for form in words.forms:
        assert read(tokenize(form, handles), words)


@pytest.mark.parametrize(
    ("words", "verb"),
    [(words, verb) for words in LEXICONS for verb in words.verbs if not verb.plural],
    ids=lambda value: " ".join(value.words) if isinstance(value, Verb) else value.language,
)
def test_every_verb_says_its_predicate_in_its_direction(
    knowledge: Knowledge, words: Lexicon, verb: Verb
) -> None:
    speaker = Speaker(knowledge, words)
    for cases, holds in ((HOLDS, True), (REFUTED, False)):
        first, _, rest = cases[verb.predicate.name].removesuffix(".").partition("> ")
        subject, thing = f"{first}>", f"<{rest.partition('<')[2].partition('>')[0]}>"
        pair = (thing, subject) if verb.is_inverse else (subject, thing)
        text = f"{pair[0]} {' '.join(verb.words)} {pair[1]}."
        if holds:
            assert speaker.claiming(text).claims
        else:
            with pytest.raises(SentenceError):
                speaker.claiming(text)


@pytest.mark.parametrize(("language", "text", "shown"), flat(SAID))
def test_what_holds_is_said_as_it_is_spelled(
    knowledge: Knowledge, language: str, text: str, shown: str
) -> None:
    speaker = Speaker(knowledge, words_of(language))
    assert unmarked(paragraph([speaker.claiming(text)], "README.md")) == shown


@pytest.mark.parametrize(("language", "text", "reason"), flat(REFUSED))  # type: ignore[arg-type]
def test_what_does_not_hold_is_refused(
    knowledge: Knowledge, language: str, text: str, reason: Reason
) -> None:
    with pytest.raises(SentenceError) as caught:
        Speaker(knowledge, words_of(language)).claiming(text)
    assert caught.value.reason is reason, caught.value


@pytest.mark.parametrize("words", [one for one in LEXICONS if one.language != "en"], ids=lambda w: w.language)
def test_a_text_is_quoted_and_never_retold(knowledge: Knowledge, words: Lexicon) -> None:
    speaker = Speaker(knowledge, words)
    cite = speaker.handle("text Return the price of `name`, without tax.")
    shown = unmarked(paragraph([speaker.checker.retelling(cite)], "README.md"))
    assert shown.startswith(f"`price` {words.documented} “Return the price of `name`, without tax” (")
    with pytest.raises(SentenceError):
        speaker.checker.paraphrasing("{S1} returns the price of name, without tax.", cite)
