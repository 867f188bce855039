"""Values and small tools of the control plane's tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

from docgen.contract import JobSpec
from documenthor.tokens import PrivateKey, generate

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
ISSUER = "https://ci.example"
AUDIENCE = "https://documenthor.example"


class Clock:
    """Time that passes when told to."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> None:
        """Let time pass."""
        self.now += by


@cache
def key(name: str) -> PrivateKey:
    """A key pair, the same for the same name; making one takes long, so tests share them."""
    del name
    return generate()


def spec(name: str, job: str = "job") -> JobSpec:
    """A repository to work on."""
    return JobSpec(tenant="acme", job=job, repository=name, url=f"/forge/{name}", commit="0" * 40)
