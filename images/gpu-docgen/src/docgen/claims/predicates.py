"""The closed list of what a sentence can claim. How it is said in a language is in its lexicon.

A predicate relates entities of some sorts to entities of others.
"""

from __future__ import annotations

from dataclasses import dataclass

from docgen.claims.model import Sort


@dataclass(frozen=True)
class Predicate:
    """One kind of claim, and what it can be about."""

    name: str
    subjects: frozenset[Sort]
    objects: frozenset[Sort]


# Name: sorts of the subject and of the object, by their letters.
_SORTS = {
    "defines": ("MS", "S"),
    "contains": ("MX", "M"),
    "imports": ("M", "M"),
    "takes": ("S", "P"),
    "defaults_to": ("PVF", "L"),
    "returns": ("S", "L"),
    "raises": ("S", "LS"),
    "extends": ("S", "LS"),
    "calls": ("S", "S"),
    "reads": ("MS", "VK"),
    "writes": ("MS", "K"),
    "accepts": ("M", "F"),
    "serves": ("M", "R"),
    "handles": ("S", "R"),
    "depends_on": ("X", "D"),
    "installs": ("X", "E"),
    "starts": ("E", "MSL"),
    "runs": ("C", "L"),
    "exposes": ("K", "N"),
    "configures": ("K", "L"),
    "describes": ("XMSPVFCE", "T"),
}
BY_NAME = {
    name: Predicate(name, frozenset(map(Sort, subjects)), frozenset(map(Sort, objects)))
    for name, (subjects, objects) in _SORTS.items()
}
PREDICATES = tuple(BY_NAME.values())
# What links a thing to what it is in: `the method S2 of S1`.
OWNING = tuple(BY_NAME[name] for name in ("defines", "contains", "takes", "accepts", "serves", "installs"))
