"""The four parts of the score and how they are joined. The figures here are the whole definition."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

from docgen.score.model import Kind, Verdict
from docgen.score.text import WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docgen.score.checking import Checked
    from docgen.score.entities import Entity
    from docgen.score.model import Statement

# One wrong statement in ten costs a third: readers stop trusting long before half is wrong.
SUPPORT_POWER: Final = 4
# For so many things to tell about, one statement is held against any documentation; five at most.
PER_DOUBT: Final = 25
MOST_DOUBT: Final = 5.0
# Nothing is zero, so that a page that fails one part entirely still ranks by the others.
FLOOR: Final = 0.02
# To be named only tells a reader that it exists.
NAMED_ONLY: Final = 0.25
# So few words of one's own, the names taken away, explain nothing.
MIN_OWN_WORDS: Final = 4
# From this share of its words in the sources on, a passage is about the repository by itself.
MIN_BOUND: Final = 0.7
# Repetition and filler may be this share of the words before relevance suffers: headings, joining words.
TOLERATED: Final = 0.2
# Where there is nothing to tell, so much of the rest is legends and table headings; less with more to tell.
LEGENDS: Final = 0.8


def supported(statements: Iterable[Statement], offered: int) -> float:
    """The share of distinct statements that hold, of those that could be decided.

    `offered` is how many things the repository offers: the more, the less a few true words prove.
    """
    verdicts = [statement.verdict for statement in statements]
    doubt = min(MOST_DOUBT, offered / PER_DOUBT)
    right, wrong = verdicts.count(Verdict.SUPPORTED), verdicts.count(Verdict.CONTRADICTED)
    if not right:
        return float(not (wrong or offered))
    # Wrong words cost more than few: to be silent misleads nobody.
    return (right / (right + wrong)) ** SUPPORT_POWER * right / (right + doubt)


def explained_names(passages: Sequence[Checked]) -> tuple[set[str], set[str]]:
    """Names that are mentioned rightly, and those of them that something is said about."""
    named: set[str] = set()
    told: set[str] = set()
    explains = _Explains()
    sections: dict[tuple[str, int], bool] = {}
    for checked in passages:
        explains_here = explains(checked)
        key = (checked.page, checked.section)
        sections[key] = sections.get(key, False) or (explains_here and checked.passage.kind != "heading")
        names = _names(checked)
        named |= names
        told |= names if explains_here else set()
    for checked in passages:
        if checked.passage.kind == "heading" and sections[checked.page, checked.section]:
            told |= _names(checked)
    return named, told


def _names(checked: Checked) -> set[str]:
    right = (one.text for one in _right(checked) if one.kind is not Kind.QUOTE)
    return {part for text in right for part in (text, *_parts(text))}


def _right(checked: Checked) -> list[Statement]:
    return [one for one in checked.statements if one.verdict is Verdict.SUPPORTED]


def _parts(text: str) -> list[str]:
    return re.findall(r"-{0,2}[A-Za-z_$][\w$]*(?:-[\w$]+)*|[A-Za-z_$][\w$]*", text)


class _Explains:
    """Whether a passage tells more than names: words of its own, a quotation, a checked signature.

    The same words around other names are a template and count once.
    """

    def __init__(self) -> None:
        self._seen: set[tuple[str, ...]] = set()

    def __call__(self, checked: Checked) -> bool:
        passage = checked.passage
        if passage.kind == "code":
            return any(one.kind in _TELLING for one in _right(checked))
        if passage.kind == "row" and _is_placed(checked):
            return True
        spoken = re.sub(r"`[^`]*`", " ", passage.text)
        words = tuple(WORD.findall(spoken.lower()))
        names = len(passage.spans) + len(passage.links)
        if len(words) < max(MIN_OWN_WORDS, names) or words in self._seen:
            return False
        self._seen.add(words)
        return True


_TELLING = frozenset({Kind.SIGNATURE, Kind.RELATION, Kind.COMMAND})


def _is_placed(checked: Checked) -> bool:
    """Whether a row relates at least two things that the sources relate too."""
    return len({one.text for one in _right(checked)}) > 1


def coverage(entities: Sequence[Entity], passages: Sequence[Checked]) -> tuple[float, list[str]]:
    """The weight of what is told about, and the names of what is left out."""
    named, told = explained_names(passages)
    total = sum(entity.weight for entity in entities)
    if not total:
        return 1.0, []
    known = (dict.fromkeys(named, NAMED_ONLY) | dict.fromkeys(told, 1.0)).get
    credit = {entity: known(entity.name, 0.0) for entity in entities}
    missing = [f"{entity.kind} {entity.name}" for entity in entities if not credit[entity]]
    return sum(entity.weight * credit[entity] for entity in entities) / total, missing


def relevance(passages: Sequence[Checked], offered: int) -> float:
    """The share of the words that stand in passages about this repository, said once and explained.

    Of a repository that offers nothing, nothing is expected.
    """
    seen: set[tuple[str, str]] = set()
    explains = _Explains()
    total = useful = 0.0
    for checked in passages:
        if checked.passage.kind in {"heading", "label"} or checked.is_navigation:
            continue
        words = len(WORD.findall(checked.passage.text))
        total += words
        key = (checked.passage.text, _where(checked))
        if key not in seen and _is_about(checked) and explains(checked):
            useful += words
        seen.add(key)
    spare = LEGENDS * max(0.0, 1 - offered / PER_DOUBT)
    expected = total * (1 - TOLERATED) * (1 - spare)
    return useful / max(useful, expected) if useful else float(not offered)


def _where(checked: Checked) -> str:
    return next((one.where for one in checked.statements if one.where), "")


def _is_about(checked: Checked) -> bool:
    decided = [one.verdict for one in checked.statements if one.verdict is not Verdict.UNKNOWN]
    if decided.count(Verdict.SUPPORTED) <= len(decided) / 2 and decided:
        return False
    return bool(decided) or checked.bound >= MIN_BOUND


def joined(components: dict[str, float]) -> float:
    """The geometric mean, 0 to 100: what one part lacks the others cannot buy."""
    logs = [math.log(max(FLOOR, value)) for value in components.values()]
    return round(100 * math.exp(sum(logs) / len(logs)), 1)
