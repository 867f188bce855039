"""Claims that are missing, of another type, or a second or a letter beside what they have to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from documenthor.errors import ClaimError

from tests.documenthor.support import AUDIENCE, ISSUER, key
from tests.documenthor.tokens.attacks.attack import Attack, claim
from tests.documenthor.tokens.crafting import ABSENT, SECONDS, token

if TYPE_CHECKING:
    from collections.abc import Iterator

_WRONG: dict[str, tuple[Any, ...]] = {
    "iss": (ABSENT, None, "", " ", 7, [ISSUER], {}, True, ISSUER + "/", ISSUER.upper(), f" {ISSUER}"),
    "aud": (ABSENT, None, "", [AUDIENCE], [AUDIENCE, "x"], {}, True, AUDIENCE + "/", AUDIENCE[:-1], "*"),
    "org": (ABSENT, None, "", "other", "ACME", "acme ", "*", ["acme"], {"acme": 1}, True, "acme\x00"),
    "jti": (ABSENT, None, "", 7, ["x"], {}, True, "x" * 256, "a\x00b", "a\nb", "\ud800", "\u202e"),
    "exp": (ABSENT, None, "", str(SECONDS + 60), [SECONDS + 60], {}, True, False, -1, 0, 1e300, 10**400),
    "nbf": (ABSENT, None, "", str(SECONDS), [SECONDS], {}, True, False, -1, 1e300, "2026-05-04"),
    "iat": (ABSENT, None, "", str(SECONDS), [SECONDS], {}, True, False, -1, 1e300, "2026-05-04"),
    "sub": (None, "", 7, ["x"], {}, "a\x00", "x" * 256),
    "repository": (None, "", 7, ["acme/web"], "web", "/web", "acme/", "other/web", "acme/../x", "acme/a/b"),
}


def types() -> Iterator[Attack]:
    for name, values in _WRONG.items():
        for value in values:
            shown = "absent" if value is ABSENT else repr(value)
            yield claim(name, f"{name} is {shown}"[:60], **{name: value})


EDGES = [
    claim("exp", "expired to the second", exp=SECONDS - 30, iat=SECONDS - 60),
    claim("exp", "expired a second longer", exp=SECONDS - 31, iat=SECONDS - 60),
    claim("nbf", "valid in a second too many", nbf=SECONDS + 31),
    claim("nbf", "valid in years", nbf=SECONDS + 10**8),
    claim("iat", "issued a second too far ahead", iat=SECONDS + 31, exp=SECONDS + 60),
    claim("exp", "lives a second too long", exp=SECONDS + 901),
    claim("exp", "lives a year", exp=SECONDS + 31_536_000),
    claim("exp", "lives too long since long ago", iat=SECONDS - 601, exp=SECONDS + 300),
    claim("exp", "lives part of a second too long", exp=SECONDS + 900.001),
    claim("exp", "never lives", exp=SECONDS, iat=SECONDS),
    claim("exp", "ends before it begins", exp=SECONDS - 10, iat=SECONDS),
    claim("exp", "in milliseconds", exp=SECONDS * 1000, iat=SECONDS, nbf=SECONDS),
    Attack(
        "another tenant's key for this one",
        lambda: token({"org": "acme"}, signer=key("other")),
        ClaimError,
        "claim 'org'",
    ),
    Attack(
        "own key, repository of another tenant",
        lambda: token({"org": "other", "repository": "acme/web"}, signer=key("other")),
        ClaimError,
        "claim 'repository'",
    ),
]

# What is nearly an attack, and must be let in.
HONEST: dict[str, dict[str, Any]] = {
    "as minted": {},
    "just expired": {"exp": SECONDS - 29, "iat": SECONDS - 60},
    "issued by a clock that is ahead": {"nbf": SECONDS + 30, "iat": SECONDS + 30},
    "longest life": {"exp": SECONDS + 900},
    "part of a second": {"exp": SECONDS + 299.5},
    "longest jti": {"jti": "x" * 255},
    "claim of no interest": {"colour": ["red", {"deep": None}]},
    "repository": {"repository": "acme/web"},
    "repository of an owner in capitals": {"repository": "ACME/web"},
    "subject": {"sub": "somebody else altogether"},
    "nearly 16 KiB": {"padding": "x" * 11_500},
}
