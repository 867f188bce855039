"""The trend of quality as points of a drawing, for a template that draws them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documenthor.pages.standings import Quality

WIDTH, HEIGHT = 800, 170
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 10, 10, 22


@dataclass(frozen=True, slots=True)
class Point:
    """One job: where its mean and its lowest score are drawn."""

    x: float
    mean: float
    lowest: float
    quality: Quality


@dataclass(frozen=True, slots=True)
class Chart:
    """`lines` are the scores at which a line is drawn, each with its height."""

    points: tuple[Point, ...]
    lines: tuple[tuple[int, float], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    bottom: int = HEIGHT - _BOTTOM

    @property
    def means(self) -> str:
        """The line through the means."""
        return " ".join(f"{point.x:g},{point.mean:g}" for point in self.points)

    @property
    def lowests(self) -> str:
        """The line through the lowest scores."""
        return " ".join(f"{point.x:g},{point.lowest:g}" for point in self.points)


def chart(trend: Sequence[Quality]) -> Chart:
    """The drawing; the scale starts at the ten below the lowest score."""
    floor = max(0, int(min((each.lowest for each in trend), default=0) // 10) * 10 - 10)
    step = (WIDTH - _LEFT - _RIGHT) / max(1, len(trend) - 1)

    def height(score: float) -> float:
        return round(_TOP + (100 - score) / (100 - floor) * (HEIGHT - _TOP - _BOTTOM), 1)

    points = (
        Point(round(_LEFT + i * step, 1), height(each.mean), height(each.lowest), each)
        for i, each in enumerate(trend)
    )
    marks = (floor, (floor + 100) // 2, 100)
    return Chart(tuple(points), tuple((mark, height(mark)) for mark in marks))
