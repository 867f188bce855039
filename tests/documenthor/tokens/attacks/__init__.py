"""Attacks on tokens that a tenant's key signs: tables, each row with the reason for which it must fail."""

from tests.documenthor.tokens.attacks.attack import Attack
from tests.documenthor.tokens.attacks.claims import EDGES, HONEST, types
from tests.documenthor.tokens.attacks.encodings import ENCODINGS
from tests.documenthor.tokens.attacks.headers import HEADERS
from tests.documenthor.tokens.attacks.signatures import ALGORITHMS, SIGNATURES

__all__ = ["ATTACKS", "HONEST", "Attack"]

ATTACKS: list[Attack] = [*ALGORITHMS, *SIGNATURES, *HEADERS, *ENCODINGS, *types(), *EDGES]
