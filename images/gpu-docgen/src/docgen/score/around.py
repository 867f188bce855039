"""What a section is about when it does not say so itself: the file of a section around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.score.model import Spot

if TYPE_CHECKING:
    from docgen.score.model import Section


class Around:
    """The files that the sections around the present one are about, by the level of their headings."""

    def __init__(self) -> None:
        self._files: dict[int, tuple[Spot, ...]] = {}

    def file(self, section: Section, own: tuple[Spot, ...]) -> tuple[Spot, ...]:
        """The section's own place, or else the file of the nearest section around it that has one."""
        level = section.heading.level if section.heading else 0
        self._files = {known: spots for known, spots in self._files.items() if known < level}
        if own:
            self._files[level] = tuple(Spot(spot.path) for spot in own)
            return own
        return self._files[max(self._files)] if self._files else ()
