"""Whether others may use a definition: the words at it, where it stands, what it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.facts.model import Kind

if TYPE_CHECKING:
    from docgen.facts.syntax.definitions import Area, Definition
    from docgen.facts.syntax.rules import Rules

_IN_SECTIONS = frozenset({Kind.FUNCTION, Kind.FIELD})


class Visibility:
    """Judges by the rules of one language; `shows` are the names that the file exports."""

    def __init__(self, rules: Rules, shows: set[str], *, is_header: bool) -> None:
        self._rules, self._shows, self._is_header = rules, shows, is_header

    def of_scope(self, area: Area) -> bool:
        """Whether what is public in a namespace is so outside."""
        rules = self._rules
        if area.is_hidden:
            return False
        return rules.open_scopes or not area.name or area.is_public or bool(area.words & rules.offered)

    def at_top(self, name: str, item: Definition) -> bool:
        """Whether a definition that no type owns is public."""
        rules = self._rules
        if not rules.name.search(name) or item.words & rules.kept or "hidden" in item.marks:
            return False
        listed = "public" in item.marks or name in self._shows
        static = item.words & rules.kept_at_top and not self._is_header
        return listed or bool(item.words & rules.offered) or (rules.top and not static)

    def of_member(self, name: str, item: Definition, owner: Kind | None, section: str) -> bool:
        """Whether a member is public in its owner, whose kind is None where its definition is not known."""
        rules, words = self._rules, item.words
        if not words & (rules.kept | rules.offered) and "unsectioned" not in item.marks:
            words = words | {section} if item.kind in _IN_SECTIONS else words
        if not rules.name.search(name) or words & rules.kept or "hidden" in item.marks:
            return False
        if words & rules.offered or (owner is Kind.ENUM and item.kind is Kind.CONSTANT):
            return True
        return owner in rules.open_kinds if owner else rules.open_kinds == frozenset(Kind)

    def of_stranger(self, owner: str, item: Definition) -> bool:
        """Whether a public member stays so where its owner is defined in another file."""
        rules = self._rules
        return bool(rules.name.search(owner)) and (rules.top or bool(item.words & rules.offered))
