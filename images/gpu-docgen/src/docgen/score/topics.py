"""What a newcomer looks for, when a repository has it to offer, and which statements tell it.

A topic is found by what is said, never by the words of a heading, so any human language will do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from docgen.score.model import Kind, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from docgen.score.entities import Entity
    from docgen.score.index import Index
    from docgen.score.model import Statement


@dataclass(frozen=True)
class Topic:
    """Wanted where a path matches `has`, a manifest `declares` it and some entity is of a kind in `offers`.

    What is empty asks nothing. Told by at least so many statements of one of `kinds` that match
    `says` and, with `by_name`, have the name of such an entity in them.
    """

    name: str
    kinds: frozenset[Kind]
    says: str = ""
    has: str = ""
    declares: str = ""
    offers: frozenset[str] = frozenset()
    by_name: bool = False
    least: int = 1


_MANIFEST = r"^(?:pyproject\.toml|setup\.(?:py|cfg)|package\.json|Cargo\.toml|go\.mod|composer\.json)$"
_WORDS = r"\w+\W+\w+\W+\w+\W+\w+"
_DESCRIBED = r"\bdescription[\"']?\s*[=:]\s*[\"']?(?:\w+[^\w\"\n]+){3}\w"
_INSTALL = (
    r"\b(?:install|add|sync|setup|require)\b|\bnpm ci\b|\bgo (?:get|build)\b|\b(?:cargo|dotnet) build\b"
)
_TESTS = r"(?:^|/)(?:tests?|spec|__tests__)/|(?:^|/)test_[^/]*\.py$|^tox\.ini$|^pytest\.ini$"
_LICENCE = r"(?:^|/)(?:licen[cs]e|copying)"

TOPICS: Final = (
    Topic("what it is", frozenset({Kind.QUOTE}), says=_WORDS, declares=_DESCRIBED),
    Topic("how to install it", frozenset({Kind.COMMAND}), says=_INSTALL, has=_MANIFEST),
    Topic(
        "how to run it",
        frozenset({Kind.COMMAND, Kind.SYMBOL, Kind.VALUE}),
        offers=frozenset({"program", "command"}),
        by_name=True,
    ),
    Topic(
        "how to test it",
        frozenset({Kind.COMMAND}),
        says=r"test|check|tox|nox",
        has=_TESTS,
        offers=frozenset({"command"}),
    ),
    Topic("where things are", frozenset({Kind.PATH}), has=r"/", least=3),
    Topic("its interface", frozenset({Kind.SIGNATURE, Kind.SYMBOL}), offers=frozenset({"symbol"})),
    Topic(
        "its configuration",
        frozenset({Kind.VARIABLE, Kind.FLAG, Kind.SYMBOL}),  # `PORT` looks like a name of the code
        offers=frozenset({"variable", "option"}),
        by_name=True,
    ),
    Topic("its licence", frozenset({Kind.PATH}), says=_LICENCE, has=_LICENCE.replace("(?:^|/)", "^")),
)


def completeness(
    index: Index, entities: Sequence[Entity], statements: Iterable[Statement], unasked: Collection[str]
) -> tuple[float, list[str]]:
    """The share of the repository's topics that are told about rightly, and the others."""
    wanted = [topic for topic in TOPICS if topic.name not in unasked and _is_there(topic, index, entities)]
    decided = [one for one in statements if one.verdict is not Verdict.UNKNOWN]
    missing = [f"topic: {topic.name}" for topic in wanted if not _is_told(topic, index, entities, decided)]
    return (1 - len(missing) / len(wanted) if wanted else 1.0), missing


def _is_there(topic: Topic, index: Index, entities: Sequence[Entity]) -> bool:
    has = re.compile(topic.has, re.IGNORECASE)
    if topic.declares and not _is_declared(topic, index):
        return False
    if topic.offers and not any(entity.kind in topic.offers for entity in entities):
        return False
    return any(map(has.search, index.present))


def _is_told(topic: Topic, index: Index, entities: Sequence[Entity], decided: Sequence[Statement]) -> bool:
    """Whether enough that is right is said about it, and more than what is wrong."""
    says, has = re.compile(topic.says, re.IGNORECASE), re.compile(topic.has, re.IGNORECASE)
    names = {entity.name for entity in entities if entity.kind in topic.offers} if topic.by_name else None
    verdicts = [
        one.verdict
        for one in decided
        if one.kind in topic.kinds
        and says.search(one.text)
        and (names is None or names.intersection(one.text.split()))
    ]
    right, wrong = verdicts.count(Verdict.SUPPORTED), verdicts.count(Verdict.CONTRADICTED)
    return right > wrong and right >= min(topic.least, sum(1 for path in index.present if has.search(path)))


def _is_declared(topic: Topic, index: Index) -> bool:
    declared = re.compile(topic.declares, re.IGNORECASE)
    return any(
        re.search(_MANIFEST, path) and declared.search(file.text) for path, file in index.files.items()
    )
