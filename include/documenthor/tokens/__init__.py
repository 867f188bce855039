"""Tokens: tenants' keys, minting with the private half, verifying, and using a token up once.

`own` has the callers with keys of their own; `documenthor.trust` has those that GitHub vouches for.
"""

from documenthor.tokens import replay
from documenthor.tokens.claims import LEEWAY, MAX_LIFETIME, Targets, VerifiedClaims
from documenthor.tokens.keys import (
    PrivateKey,
    RegisteredKey,
    generate,
    listed,
    lookup,
    published,
    register,
    retire,
    rotate,
)
from documenthor.tokens.mint import DEFAULT_LIFETIME, mint
from documenthor.tokens.own import OwnKeys
from documenthor.tokens.shape import MAX_BYTES
from documenthor.tokens.verify import Verifier

__all__ = [
    "DEFAULT_LIFETIME",
    "LEEWAY",
    "MAX_BYTES",
    "MAX_LIFETIME",
    "OwnKeys",
    "PrivateKey",
    "RegisteredKey",
    "Targets",
    "VerifiedClaims",
    "Verifier",
    "generate",
    "listed",
    "lookup",
    "mint",
    "published",
    "register",
    "replay",
    "retire",
    "rotate",
]
