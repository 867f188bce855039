"""Paraphrases: the cited sentence again, and nothing that says more, less or something else."""

from __future__ import annotations

import pytest
from docgen.claims.model import Entity, Reason, SentenceError, Sort
from docgen.claims.paraphrase import check, retold
from docgen.facts.model import Place

PLACE = Place("a.py", 1)
OWNER = Entity(Sort.SYMBOL, "top", "function", PLACE)
OTHER = Entity(Sort.SYMBOL, "low", "function", PLACE)
HANDLES = {"S1": OWNER, "S2": OTHER}


def said(text: str, cited: str) -> str:
    return check(text, Entity(Sort.TEXT, cited, "text", PLACE), frozenset({OWNER}), HANDLES)


@pytest.mark.parametrize(
    ("cited", "text", "shown"),
    [
        (
            "Return the largest of `items`.",
            "{S1} returns the largest of items.",
            "returns the largest of `items`.",
        ),
        (
            "Return the largest item",
            "The function {S1} returns the largest item.",
            "returns the largest item.",
        ),
        ("This function loads a config file.", "{S1} loads the configuration file.", "loads a config file."),
        ("A list of items.", "{S1} is a list of items.", "is a list of items."),
        ("Copy the file unless it exists.", "{S1} copies the file.", None),
        ("Do not call it.", "{S1} calls it.", None),
        ("Use this to read.", "{S1} uses this to read.", None),
        ("Turn it.", "{S1} turns it.", None),
        ("Widgets of the shop.", "{S1} widgets of the shop.", None),
        ("Stop.", "{S1} stops.", None),
    ],
)
def test_a_paraphrase_is_published_in_the_words_of_the_text(cited: str, text: str, shown: str | None) -> None:
    if shown is not None:
        assert said(text, cited) == shown
        return
    with pytest.raises(SentenceError):
        said(text, cited)


CITED = "Write at most 5 files to the folder that were not changed."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        # As it stands, each has one change of meaning.
        ("{S1} writes at most 6 files to the folder that were not changed.", Reason.NEW_WORD),
        (
            "{S1} writes at least 5 files to the folder that were not changed.",
            Reason.NEW_WORD,
        ),
        ("{S1} writes at most 5 files to the folder that were changed.", Reason.LOST_WORD),
        ("{S1} writes at most 5 folders to the file that were not changed.", Reason.NEW_WORD),
        ("{S1} writes at most 5 files to the folder.", Reason.LOST_WORD),
        ("{S1} writes 5 files to the folder that were not changed.", Reason.LOST_WORD),
        (
            "{S1} may write at most 5 files to the folder that were not changed.",
            Reason.NEW_WORD,
        ),
        (
            "{S1} always writes at most 5 files to the folder that were not changed.",
            Reason.NEW_WORD,
        ),
        ("{S1} reads at most 5 files to the folder that were not changed.", Reason.NEW_WORD),
        (
            "{S1} writes to the folder at most 5 files that were not changed.",
            Reason.LOST_WORD,
        ),
        (
            "{S1} writes at most 5 MB files to the folder that were not changed.",
            Reason.NEW_WORD,
        ),
        (
            "{S2} writes at most 5 files to the folder that were not changed.",
            Reason.WRONG_SUBJECT,
        ),
        (
            "{S3} writes at most 5 files to the folder that were not changed.",
            Reason.UNKNOWN_HANDLE,
        ),
        ("The class {S1} writes at most 5 files to the folder.", Reason.WRONG_NOUN),
        (
            "It writes at most 5 files to the folder that were not changed.",
            Reason.WRONG_SUBJECT,
        ),
        (
            "{S1} writes at most 5 files to the folder that were not changed <b>.",
            Reason.NEW_WORD,
        ),
        (
            "{S1} writes at most 5 files to the folder that were not changed. @me",
            Reason.NEW_WORD,
        ),
        ("", Reason.WRONG_SUBJECT),
    ],
)
def test_a_changed_meaning_is_refused(text: str, reason: Reason) -> None:
    with pytest.raises(SentenceError) as caught:
        said(text, CITED)
    assert caught.value.reason is reason, caught.value


def test_the_text_itself_passes() -> None:
    assert said(f"{{S1}} writes{CITED.removeprefix('Write')}", CITED).endswith("not changed.")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Return it.", None),
        ("Return the item.", "returns the item."),
        ("Copies a file", "copies a file."),
        ("The entry point.", "is the entry point."),
        ("A function that parses text.", "parses text."),
        ("Parse, then run.", None),
        ("See the manual.", None),
        ("Parse a text and return the tree.", None),
        ("Parses a text and a tree.", "parses a text and a tree."),
        ("Name of the file.", None),
        ("Names and addresses.", None),
        ("", None),
    ],
)
def test_a_text_becomes_a_sentence_only_where_it_is_one(text: str, sentence: str | None) -> None:
    assert retold(text, OWNER) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Cache files.", None),
        ("Map tiles", None),
        ("Parses a text.", "parses a text."),
        ("The core.", "is the core."),
    ],
)
def test_only_what_does_something_is_told_by_an_order(text: str, sentence: str | None) -> None:
    assert retold(text, Entity(Sort.MODULE, "m", "module", PLACE)) == sentence
