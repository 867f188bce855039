"""Tokens: tenants' keys, minting with the private half, verifying with the registered public half."""

from documenthor.tokens.claims import MAX_LIFETIME, VerifiedClaims
from documenthor.tokens.keys import PrivateKey, RegisteredKey, generate, listed, lookup, published, register
from documenthor.tokens.mint import DEFAULT_LIFETIME, mint
from documenthor.tokens.verify import Verifier

__all__ = [
    "DEFAULT_LIFETIME",
    "MAX_LIFETIME",
    "PrivateKey",
    "RegisteredKey",
    "VerifiedClaims",
    "Verifier",
    "generate",
    "listed",
    "lookup",
    "mint",
    "published",
    "register",
]
