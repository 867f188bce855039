"""Whose an attempt is, what is said of it, and what attempts add up to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

_MILLI = Decimal("0.001")
_MICRO = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Try:
    """The task instance that made an attempt."""

    run_id: str
    map_index: int
    try_number: int


@dataclass(frozen=True, slots=True)
class Reported:
    """What a generator says of itself. It is shown, and never charged."""

    prompt_tokens: int = 0
    reply_tokens: int = 0
    source_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """What attempts add up to, exactly.

    Times in milliseconds, `cost_micros` in millionths, by currency; `charged` is the tenant's part of the
    times, `waived` counts attempts that nobody pays for by their reason. Tokens and `source_bytes` are the
    generators' word, `bundle_bytes` was measured.
    """

    attempts: int = 0
    gpu_ms: int = 0
    cpu_ms: int = 0
    charged_gpu_ms: int = 0
    charged_cpu_ms: int = 0
    prompt_tokens: int = 0
    reply_tokens: int = 0
    source_bytes: int = 0
    bundle_bytes: int = 0
    waived: Counter[str] = field(default_factory=Counter)
    cost_micros: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Totals) -> Totals:
        names = self.__dataclass_fields__
        added: dict[str, Any] = {name: getattr(self, name) + getattr(other, name) for name in names}
        return Totals(**added)

    @property
    def gpu_seconds(self) -> Decimal:
        """All GPU time, charged or not."""
        return seconds(self.gpu_ms)

    @property
    def cpu_seconds(self) -> Decimal:
        """All CPU time, charged or not."""
        return seconds(self.cpu_ms)

    @property
    def cost(self) -> dict[str, Decimal]:
        """What the tenant pays, by currency."""
        return {currency: money(micros) for currency, micros in sorted(self.cost_micros.items())}


def seconds(milliseconds: int) -> Decimal:
    """Milliseconds as seconds with three decimals."""
    return milliseconds * _MILLI


def money(micros: int) -> Decimal:
    """Millionths of a currency as an amount with six decimals."""
    return micros * _MICRO
