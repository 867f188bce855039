"""Paraphrases: one sentence of the repository said again of the thing that it describes.

`{S1}` in front, then the cited sentence with the same words and marks in the same order. Free are
articles, words that say nothing (`simply`), how the text names its own subject (`This function`), the
person of its first verb, and a few words that mean the same. So no name, number, negation, condition,
unit or degree can be added, lost, moved or exchanged, whatever the model intended.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from docgen.claims.lexicon import english
from docgen.claims.model import Entity, Reason, SentenceError

if TYPE_CHECKING:
    from collections.abc import Mapping

_ARTICLES = frozenset({"a", "an", "the"})
# Words that may come and go without a change of meaning.
_EMPTY = _ARTICLES | {"simply", "basically", "please"}
# Words that point at something which stands elsewhere.
_POINTING = frozenset(
    ("it", "its", "they", "them", "their", "this", "these", "those", "above", "below", "here")
)
# How a text names its own subject before it says what that does.
_SUBJECT = re.compile(
    r"^(?:this|the|a|an)\s+(?:main\s+|base\s+|small\s+)?"
    r"(?:module|package|function|method|class|command|option|project|library|program|script)\s+"
    r"(?:that\s+|which\s+)?(?=[a-z]+s\b)",
    re.IGNORECASE,
)
_SAME = {
    "directory": "folder", "directories": "folders", "can't": "cannot", "config": "configuration",
    "display": "show", "displays": "shows", "retrieve": "fetch", "retrieves": "fetches",
}  # fmt: skip
# What documentation begins with when it says what something does; `use`, `see` or `call` tell the
# reader to do something, so they are not here.
_VERBS = frozenset(resources.files("docgen.claims").joinpath("verbs.txt").read_text("utf-8").split())
_PART = re.compile(r"(?P<ticks>`+)(?P<code>[^`]+)(?P=ticks)|(?P<word>[\w'./-]*\w)|(?P<mark>[^\w\s])")
_HANDLE = re.compile(r"^(?:[Tt]he (?P<noun>[a-z ]+) )?\{(?P<handle>[A-Z]\d{1,4})\}\s*")
_AFTER_NOUN = frozenset(
    ("of", "for", "in", "from", "to", "with", "and", "or", "on", "by", "that", "which", "is")
)
# What is documented by an order: elsewhere a word such as `map` or `cache` is more often a noun.
_DOING = frozenset(("function", "method", "command"))
_FREE_MARKS = frozenset('.!"“”`')


@cache
def _another() -> re.Pattern[str]:
    """A second order in a sentence; made when it is first asked for, since most runs ask no model."""
    return re.compile(rf"\b(?:and|or|then)\s+(?:{'|'.join(sorted(_VERBS))})\b")


def check(text: str, cited: Entity, owners: frozenset[Entity], handles: Mapping[str, Entity]) -> str:
    """The sentence about its subject as it may be published, without the subject.

    Raises `SentenceError` where it says anything but what `cited` says of one of `owners`.
    """
    subject, rest = _split(" ".join(text.split()), handles)
    if subject not in owners:
        raise SentenceError(Reason.WRONG_SUBJECT, subject.kind)
    told = retold(cited.name, subject)
    if told is None:
        raise SentenceError(Reason.GRAMMAR, "the cited text is no sentence about its subject")
    _compare(_words(rest), _words(told))
    return told


def retold(text: str, subject: Entity) -> str | None:
    """A text as what follows its subject: `Return it.` as `returns it.`; None where that is not safe."""
    plain = _SUBJECT.sub("", text)
    first, _, rest = plain.partition(" ")
    if {word.lower() for word in re.findall(r"[A-Za-z]+", plain)} & _POINTING or not rest:
        return None
    ending = "" if plain.endswith((".", "!", "?")) else "."
    if first.lower() in _ARTICLES:
        return f"is {first.lower()} {rest}{ending}"
    base = _base(first.lower())
    is_imperative = first.lower() == base
    if rest.split(" ", 1)[0].lower() in _AFTER_NOUN or (is_imperative and subject.kind not in _DOING):
        return None  # `Name of the file`, `Cache files`: a noun
    if is_imperative and _another().search(rest.lower()):
        return None  # a second verb would need the same ending
    return f"{_third(base)} {rest}{ending}" if base in _VERBS else None


def _split(text: str, handles: Mapping[str, Entity]) -> tuple[Entity, str]:
    """The thing that a sentence begins with, and what follows."""
    match = _HANDLE.match(text)
    if match is None:
        raise SentenceError(Reason.WRONG_SUBJECT, "none")
    entity = handles.get(match["handle"])
    if entity is None:
        raise SentenceError(Reason.UNKNOWN_HANDLE, match["handle"])
    if match["noun"] and match["noun"] not in english().nouns.get(entity.kind, frozenset()):
        raise SentenceError(Reason.WRONG_NOUN, match["noun"])
    return entity, text[match.end() :]


def _words(text: str) -> list[str]:
    """The words and marks that carry meaning, in their order."""
    found = []
    for match in _PART.finditer(text):
        word = match["code"] or (match["word"] or match["mark"]).lower()
        if match["code"] or word not in _EMPTY | _FREE_MARKS:
            found.append(_SAME.get(word, word))
    return found


def _base(verb: str) -> str:
    """A verb without the ending of its third person."""
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x")):
        if verb.endswith(ending):
            return verb.removesuffix(ending) + instead
    return verb.removesuffix("s") if not verb.endswith("ss") else verb


def _third(base: str) -> str:
    if base.endswith(("ss", "sh", "ch", "x")):
        return f"{base}es"
    return f"{base[:-1]}ies" if base.endswith("y") and base[-2] not in "aeiou" else f"{base}s"


def _compare(said: list[str], written: list[str]) -> None:
    if said == written:
        return
    new = [word for word in said if word not in written]
    if new:
        raise SentenceError(Reason.NEW_WORD, new[0])
    raise SentenceError(Reason.LOST_WORD, next((word for word in written if word not in said), "their order"))
