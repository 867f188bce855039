"""How numbers lie, in a few words."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def p50_p95(numbers: Iterable[float]) -> tuple[float, float]:
    """The median and the 95th percentile; 0 of none."""
    found = sorted(numbers) or [0.0]
    return statistics.median(found), found[min(len(found) - 1, round(0.95 * len(found)))]


def spread(numbers: Iterable[float]) -> str:
    """Both as text."""
    middle, high = p50_p95(numbers)
    return f"p50 {middle:.1f}, p95 {high:.1f}"
