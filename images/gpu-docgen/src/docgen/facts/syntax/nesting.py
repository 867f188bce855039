"""Definitions in their place: what is a member of what, what is local to a function, what is public."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.facts.model import Kind
from docgen.facts.syntax.definitions import Area, Definition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docgen.facts.syntax.definitions import Found, Range
    from docgen.facts.syntax.visibility import Visibility

    Event = Definition | Area | Callable[[], None]

MEMBERS = frozenset({Kind.FUNCTION, Kind.CONSTANT, Kind.FIELD})
_VALUES = frozenset({"local", "members"})
_MAX_DEPTH = 40


@dataclass
class Entry:
    """One name of a definition: `scope` are the names around it, `stranger` an owner that is only named.

    `is_singleton` says that it is of the owner itself though it is written like a member of its instances.
    """

    name: str
    item: Definition
    scope: tuple[str, ...]
    is_public: bool
    owner: Entry | None = None
    stranger: str = ""
    is_singleton: bool = False
    members: list[Entry] = field(default_factory=list)


@dataclass
class _Open:
    """An area or a definition that has begun and not ended yet.

    `holder` is the constant that an object in it is the value of; of `is_exports` all members are exported.
    """

    range: Range
    scope: tuple[str, ...] = ()
    owner: Entry | None = None
    stranger: str = ""
    is_closed: bool = False
    is_public: bool = True
    is_region: bool = False
    is_singleton: bool = False
    is_exports: bool = False
    holder: Entry | None = None
    section: str = ""
    entries: dict[str, list[Entry]] = field(default_factory=dict)


class Nesting:
    """Walks the definitions of one file in order, with a stack of what is open."""

    def __init__(self, found: Found, visibility: Visibility) -> None:
        self._found, self._visibility = found, visibility
        self._stack = [_Open((0, 1 << 62))]
        self._all: list[Entry] = []

    def entries(self) -> list[Entry]:
        """What stands on its own in the order of the file, members inside; a type in a type stands alone."""
        for start, event in self._events():
            while self._stack[-1].range[1] <= start and len(self._stack) > 1:
                self._stack.pop()
            if isinstance(event, Definition):
                self._define(event)
            elif isinstance(event, Area):
                self._enter(event)
            else:
                event()
        types = {(entry.scope, entry.name): entry for entry in self._all if entry.item.kind not in MEMBERS}
        types = {(e.scope, e.name): e for e in self._all if e.stranger == "" and e.owner is None} | types
        self._follow_names(types)
        return list(self._alone(types))

    def _events(self) -> list[tuple[int, Event]]:
        """Everything by its start, the outer first."""
        found = self._found
        events: list[tuple[int, int, int, Event]] = []
        # A function without a name of its own is closed to what is inside, not to the name it is given,
        # and an object is the value of the name that it is given.
        events += ((area.range[0], -area.range[1], 2 * (area.role in _VALUES), area) for area in found.areas)
        events += ((item.node.start_byte, -item.node.end_byte, 1, item) for item in found.definitions)
        events += ((at, 0, 3, self._section(word)) for at, word in found.sections)
        events += ((at, 0, 3, self._hide(name)) for at, name in found.hides)
        return [(event[0], event[3]) for event in sorted(events, key=lambda event: event[:3])]

    def _section(self, word: str) -> Callable[[], None]:
        def begin() -> None:
            self._stack[-1].section = word.strip(": ")

        return begin

    def _hide(self, name: str) -> Callable[[], None]:
        def hide() -> None:
            for entry in self._stack[-1].entries.get(name, ()):
                entry.is_public = False

        return hide

    def _enter(self, area: Area) -> None:
        above = self._stack[-1]
        opened = _Open(area.range, above.scope, above.owner, above.stranger, above.is_closed, above.is_public)
        opened.is_singleton = above.is_singleton or area.is_singleton
        if area.role == "local" or len(self._stack) > _MAX_DEPTH:
            opened.is_closed = True
        elif area.role == "members":
            self._open_members(opened, above, area)
        elif area.role == "region":
            opened.is_region, opened.entries = True, above.entries
        elif area.role == "impl":
            opened.stranger = area.name
        elif area.name:
            opened.owner = None
            opened.scope = (*above.scope, area.name) if area.name != self._found.namespace else above.scope
            opened.is_public = above.is_public and self._visibility.of_scope(area)
        self._stack.append(opened)

    def _open_members(self, opened: _Open, above: _Open, area: Area) -> None:
        """An object: what it holds belongs to its constant, or to a type that is only named."""
        holder = above.holder
        opened.is_closed = above.is_closed and holder is None
        opened.is_exports, opened.stranger = area.is_public and holder is None, area.name
        if holder:
            opened.owner, opened.scope, opened.is_public = holder, (*above.scope, holder.name), True

    def _define(self, item: Definition) -> None:
        above = self._stack[-1]
        opened = _Open(item.node.byte_range, above.scope, is_closed=True)
        # Only a function can be written as one of the owner itself; the rest would be told of its instances.
        is_told = item.kind is Kind.FUNCTION or not above.is_singleton
        if above.is_exports:
            item.marks.add("public")
            is_told = not item.means  # the name of something that is exported where it is defined
        if is_told and not above.is_closed and len(self._stack) <= _MAX_DEPTH:
            entries = [self._entry(name, item, above) for name in item.names]
            for entry in entries:
                above.entries.setdefault(entry.name, []).append(entry)
            self._all += entries
            if item.kind is Kind.CONSTANT:
                opened.holder = entries[0]
            if item.kind not in MEMBERS:
                first = entries[0]
                scope = (*above.scope, first.name)
                opened = _Open(item.node.byte_range, scope, first, is_public=first.is_public)
        self._stack.append(opened)

    def _entry(self, name: str, item: Definition, above: _Open) -> Entry:
        if "unscoped" in item.marks:
            return Entry(name, item, (), self._visibility.at_top(name, item))
        owner = above.owner
        stranger = "" if owner else item.owner or above.stranger
        if owner or stranger:
            section = above.section if above.is_region else ""
            kind = owner.item.kind if owner else None
            is_public = self._visibility.of_member(name, item, kind, section)
        else:
            is_public = self._visibility.at_top(name, item)
        is_public = is_public and above.is_public
        return Entry(name, item, above.scope, is_public, owner, stranger, above.is_singleton)

    def _follow_names(self, known: dict[tuple[tuple[str, ...], str], Entry]) -> None:
        """What an object holds by name is the function or class of that name."""
        for entry in self._all:
            meant = known.get(((), entry.item.means)) if entry.item.means else None
            if meant and meant.item.kind is Kind.FUNCTION:
                entry.item = meant.item

    def _alone(self, types: dict[tuple[tuple[str, ...], str], Entry]) -> Iterator[Entry]:
        """Give members to their owners and yield the rest."""
        for entry in self._all:
            owner = entry.owner or (types.get((entry.scope, entry.stranger)) if entry.stranger else None)
            if entry.item.kind not in MEMBERS or not (owner or entry.stranger):
                yield entry
            elif owner:
                entry.is_public = entry.is_public and owner.is_public
                owner.members.append(entry)
            elif entry.item.kind is not Kind.FIELD:  # a value that is given to what is defined elsewhere
                entry.is_public = entry.is_public and self._visibility.of_stranger(entry.stranger, entry.item)
                entry.scope = (*entry.scope, entry.stranger)
                yield entry
