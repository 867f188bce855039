"""What verifying one token costs, beside PyJWT's own decoding, and what a token of 20 MB costs.

python -m tests.benchmarks.verification
"""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import jwt
from documenthor.db import Database
from documenthor.errors import TokenError
from documenthor.tokens import OwnKeys, Verifier, register, replay, rsa
from documenthor.tokens.sources import Signer
from documenthor.trust import GitHubTokens, KeySets, TrustedOwners

from tests.documenthor.support import AUDIENCE, ISSUER, NOW, Clock, key
from tests.documenthor.tokens.crafting import token
from tests.documenthor.trust.support import workflow_token, write_tenant
from tests.fakes.oidc_issuer import OidcIssuer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

_TIMES = 2000
_FEW = 200


@dataclass(frozen=True, slots=True)
class _InMemory(OwnKeys):
    """Looks nothing up, so that verification alone is left."""

    only: Signer | None = None

    def signer(self, kid: str, claims: Mapping[str, object], now: datetime) -> Signer:  # noqa: ARG002
        assert self.only is not None
        return self.only


def _microseconds(work: Callable[[], object], times: int = _TIMES) -> float:
    """The median of `times` runs."""
    durations = []
    for _ in range(times):
        begun = time.perf_counter_ns()
        work()
        durations.append(time.perf_counter_ns() - begun)
    return statistics.median(durations) / 1000


def _refused(verifier: Verifier, text: str) -> None:
    try:
        verifier.verify(text)
    except TokenError:
        return
    raise AssertionError("let in")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as home, OidcIssuer([key("github")]) as issuer:
        _measure(Path(home), issuer)


def _measure(home: Path, issuer: OidcIssuer) -> None:
    database = Database(f"sqlite:///{home}/documenthor.db")
    database.migrate()
    register(database, "acme", key("acme").public_pem, NOW)
    write_tenant(home, "acme", issuer.url)
    public = rsa.public_key(key("acme").public_pem)
    alone = _InMemory(database, ISSUER, only=Signer(key("acme").kid, "acme", public))
    stored = OwnKeys(database, ISSUER, home)
    workflows = GitHubTokens(TrustedOwners(home), KeySets())
    verify = {
        name: Verifier([source], AUDIENCE, Clock()).verify
        for name, source in (("alone", alone), ("stored", stored), ("workflow", workflows))
    }
    own, workflow, huge = token(), workflow_token(issuer), "x" * 20_000_000
    options: jwt.types.Options = {"verify_exp": False, "verify_nbf": False, "verify_iat": False}
    plain = partial(jwt.decode, own, public, algorithms=["RS256"], audience=AUDIENCE, options=options)
    claims = verify["alone"](own)
    baseline = _microseconds(plain)
    rows = {
        "PyJWT's decode": baseline,
        "verification alone": _microseconds(partial(verify["alone"], own)),
        "with the key from SQLite": _microseconds(partial(verify["stored"], own), _FEW),
        "workflow, key set in memory": _microseconds(partial(verify["workflow"], workflow), _FEW),
        "using a token up, again": _microseconds(lambda: replay.consume(database, claims, NOW), _FEW),
        "refusing 20 MB": _microseconds(partial(_refused, Verifier([stored], AUDIENCE, Clock()), huge), _FEW),
    }
    for name, duration in rows.items():
        print(f"{name:30}{duration:12.1f} us{duration / baseline:10.2f} x")
    database.close()


if __name__ == "__main__":
    main()
