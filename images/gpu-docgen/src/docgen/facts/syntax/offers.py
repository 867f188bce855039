"""What a file of JavaScript or TypeScript names of other files, and what it offers on under which name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.facts.syntax.parsing import matches, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from docgen.deadline import Deadline

DEFAULT = "default"
_CHECK_EVERY = 2_000


@dataclass(frozen=True)
class Binding:
    """A name that stands for `taken` of another file; an empty `taken` is all that it offers."""

    path: str
    taken: str


@dataclass(frozen=True)
class Offer:
    """A name that others can import, or all of something where `name` is empty.

    It is `local`, a name of this file, else `taken` of the file that `path` means. With a `holder` it is a
    property of that name of this file, and offered if the holder is.
    """

    name: str
    local: str = ""
    path: str = ""
    taken: str = ""
    holder: str = ""


@dataclass(frozen=True)
class Offers:
    """Everything that the query finds in one file."""

    bindings: dict[str, Binding]
    offers: tuple[Offer, ...] = ()


def find_offers(grammar: str, root: Node, deadline: Deadline) -> Offers:
    """Run the query `offers.scm`; nothing for a language without one."""
    bindings: dict[str, Binding] = {}
    offers: dict[Offer, None] = {}
    for number, captures in enumerate(matches(grammar, "offers", root)):
        if number % _CHECK_EVERY == 0:
            deadline.check()
        path, taken = _text(captures, "from"), _text(captures, "taken")
        if "bound" in captures:
            bindings[_text(captures, "bound")] = Binding(path, DEFAULT if "default" in captures else taken)
            continue
        name, local = _text(captures, "offered"), _text(captures, "local")
        if name or "all" in captures:
            offers[Offer(name, local, path, taken, _text(captures, "holder"))] = None
    return Offers(bindings, tuple(offers))


def _text(captures: dict[str, list[Node]], name: str) -> str:
    return text_of(captures[name][0]) if name in captures else ""
