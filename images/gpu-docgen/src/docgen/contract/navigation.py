"""The `nav` list of a `mkdocs.yml`: where it ends, and the items that a block may add to it.

Only the parser's events are looked at: nothing is constructed, no alias is followed, and nothing is
read recursively, so that a file made to blow up does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from docgen.contract.errors import MarkerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from yaml._yaml import Mark as CMark
    from yaml.error import Mark
    from yaml.events import Event

# The parser is plain Python: about three seconds for a megabyte, and no navigation is that long.
MAX_BYTES = 100_000
MAX_ITEMS = 20
_MAX_DEPTH = 50
# Quoted on both sides, so that YAML has nothing left to interpret.
_ITEM = re.compile(
    r'- "(?P<title>[^\W_][\w -]{0,79})": '
    r'"(?P<page>(?:[A-Za-z0-9_][A-Za-z0-9_-]{0,99}/){0,8}[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}\.md)"'
)
# Line breaks to YAML that are none to everything else that reads the file.
_ODD_BREAKS = re.compile("\r(?!\n)|[\x85\u2028\u2029\ufeff]")


@dataclass(frozen=True)
class Item:
    """One entry: what it is called, and the page relative to the documentation's folder."""

    title: str
    page: str

    def __str__(self) -> str:
        """The line of YAML."""
        return f'- "{self.title}": "{self.page}"'


def items(body: str) -> tuple[Item, ...]:
    """The entries that a body adds; raises `MarkerError` if it is anything but such entries."""
    found = [_ITEM.fullmatch(line) for line in body.strip("\n").split("\n")]
    if not all(found) or len(found) > MAX_ITEMS:
        raise MarkerError('a block of a navigation holds lines of the form - "Title": "page.md" only')
    return tuple(Item(match["title"], match["page"]) for match in found if match)


def end_of_navigation(text: bytes) -> tuple[int, str]:
    """The byte after the last line of the `nav` list, and the list's indentation."""
    source = _decoded(text)
    inside = _inside(_events(source))
    ends = [_mark(event.end_mark).index for event in inside if _shows_its_end(event, source)]
    if not ends:
        raise MarkerError("the configuration has no nav list with an entry on a line of its own")
    after = source.find("\n", max(ends))
    end = len(source) if after < 0 else after + 1
    return len(source[:end].encode()), " " * _mark(inside[0].start_mark).column


def check_addition(before: bytes, after: bytes, body: str) -> None:
    """Raise `MarkerError` unless `after` is `before` with the body's entries in its `nav` list.

    `before` is the file without our block.
    """
    items(body)
    events = _events(_decoded(before))
    old, new = [*map(_signed, events)], [*map(_signed, _events(_decoded(after)))]
    added = [*map(_signed, _events(body)[3:-3])]
    first, last = _range(events)
    same = next((at for at, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), len(old))
    for at in range(max(same - len(added), first + 1), min(same, last) + 1):
        if new[:at] == old[:at] and new[at : at + len(added)] == added and new[at + len(added) :] == old[at:]:
            return
    raise MarkerError("the entries would not stand in the nav list, or would change something else")


def _decoded(text: bytes) -> str:
    try:
        source = text.decode()
    except UnicodeDecodeError:
        raise MarkerError("the configuration is no UTF-8 text") from None
    if len(text) > MAX_BYTES or _ODD_BREAKS.search(source):
        raise MarkerError("the configuration is too long or has line breaks of an unusual kind")
    return source


def _events(source: str) -> list[Event]:
    try:
        return list(_shallow(yaml.parse(source, Loader=yaml.SafeLoader)))
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise MarkerError("the configuration is no YAML that can be read") from error


def _shallow(events: Iterable[Event]) -> Iterator[Event]:
    """The events, unless they nest so deeply that the parser's time would grow with the square."""
    depth = 0
    for event in events:
        depth += _step(event)
        if depth > _MAX_DEPTH:
            raise MarkerError(f"the configuration nests deeper than {_MAX_DEPTH} levels")
        yield event


def _step(event: Event) -> int:
    return isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)


def _shows_its_end(event: Event, source: str) -> bool:
    """Whether the event ends where its text does: block collections end where the next thing starts."""
    if isinstance(event, CollectionEndEvent):
        end = _mark(event.end_mark).index
        return source[end - 1 : end] in {"]", "}"}
    return isinstance(event, ScalarEvent | AliasEvent)


def _mark(mark: Mark | CMark | None) -> Mark | CMark:
    if mark is None:
        raise MarkerError("the configuration is no YAML that can be read")
    return mark


def _inside(events: list[Event]) -> list[Event]:
    first, last = _range(events)
    return events[first:last]


def _range(events: list[Event]) -> tuple[int, int]:
    """Where the list that is the top level's `nav` starts and ends; nowhere where there is none."""
    found = [at for at in _values(events) if _is_plain_list(events[at])]
    return (found[0], _closing(events, found[0])) if len(found) == 1 else (0, 0)


def _is_plain_list(event: Event) -> bool:
    return isinstance(event, SequenceStartEvent) and not event.flow_style and event.anchor is None


def _values(events: list[Event]) -> Iterator[int]:
    """The values of the key `nav` at the top level."""
    documents = sum(isinstance(event, DocumentStartEvent) for event in events)
    if documents != 1 or not isinstance(events[2], MappingStartEvent):
        return
    at = 3
    while not isinstance(events[at], CollectionEndEvent):
        value = _closing(events, at) + 1
        key = events[at]
        if isinstance(key, ScalarEvent) and key.value == "nav":
            yield value
        at = _closing(events, value) + 1


def _closing(events: list[Event], at: int) -> int:
    """The event that ends the node which starts at `at`: itself for a scalar."""
    depth = 0
    for index in range(at, len(events)):
        depth += _step(events[index])
        if depth == 0:
            return index
    return len(events) - 1


def _signed(event: Event) -> tuple[object, ...]:
    parts = (getattr(event, name, None) for name in ("anchor", "tag", "implicit", "value", "flow_style"))
    return (type(event).__name__, *parts)
