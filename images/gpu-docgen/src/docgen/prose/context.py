"""What one prompt tells: the facts that matter most, under short handles, as many as fit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.claims.lexicon import english
from docgen.claims.model import Entity, Fact, Sort

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from docgen.claims.lexicon import Lexicon

# No sort of entity has this letter.
_FACT = "A"
_MAX_NAME = 120


@dataclass
class Context:
    """A prompt's things and facts, each by its handle; `left_out` counts the facts that did not fit."""

    lexicon: Lexicon = field(default_factory=english)
    handles: dict[str, Entity] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    things: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    left_out: int = 0
    _known: dict[Entity, str] = field(default_factory=dict)
    _counts: Counter[Sort] = field(default_factory=Counter)

    def handle(self, entity: Entity) -> str:
        """The handle of an entity, a new one where it has none yet."""
        if entity not in self._known:
            self._counts[entity.sort] += 1
            handle = f"{entity.sort.value}{self._counts[entity.sort]}"
            self._known[entity], self.handles[handle] = handle, entity
            if entity.sort is not Sort.TEXT:
                self.things.append(_thing(handle, entity))
        return self._known[entity]

    def cost(self, fact: Fact) -> str:
        """What adding the fact would add, as text; handles are about as long as each other."""
        new = [_thing("X99", e) for e in (fact.subject, fact.object) if e not in self._known]
        return "\n".join((*new, f"X99: {self._line('X99', fact, 'X99')}", ""))

    def add(self, fact: Fact) -> None:
        """Tell the fact and what it is about."""
        subject, object_ = self.handle(fact.subject), self.handle(fact.object)
        handle = object_ if fact.predicate == "describes" else f"{_FACT}{len(self.facts) + 1}"
        self.facts[handle] = fact
        self.lines.append(f"{handle}: {self._line(subject, fact, object_)}")

    def _line(self, subject: str, fact: Fact, object_: str) -> str:
        if fact.predicate == "describes":
            return f"{subject} is described as: {_plain(fact.object.name)}"
        return f"{subject} {self.lexicon.says(fact.predicate)} {object_}"

    @property
    def texts(self) -> list[str]:
        """The handles of what may be cited."""
        return [handle for handle, fact in self.facts.items() if fact.predicate == "describes"]

    @property
    def relations(self) -> list[str]:
        """The handles of all other facts."""
        return [handle for handle, fact in self.facts.items() if fact.predicate != "describes"]


def _thing(handle: str, entity: Entity) -> str:
    return f"{handle}: {entity.kind} {_plain(entity.name)}" if entity.sort is not Sort.TEXT else ""


def _plain(text: str) -> str:
    """A text of the repository on one line of a prompt."""
    shown = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return shown if len(shown) <= _MAX_NAME * 3 else f"{shown[: _MAX_NAME * 3]}…"


def pack(
    focus: Entity,
    facts: Iterable[Fact],
    count: Callable[[str], int],
    budget: int,
    lexicon: Lexicon | None = None,
) -> Context:
    """The facts in their order as long as their tokens fit into `budget`."""
    context = Context(lexicon or english())
    context.handle(focus)
    left = budget - count(_thing("X99", focus))
    for fact in facts:
        cost = count(context.cost(fact))
        if cost > left:
            context.left_out += 1
            continue
        left -= cost
        context.add(fact)
    return context
