"""Confusion of algorithms and keys, and forged signatures."""

from __future__ import annotations

import hashlib
import hmac
import json

from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, SHA512
from documenthor.errors import SignatureError
from documenthor.tokens import rsa, shape

from tests.documenthor.support import key
from tests.documenthor.tokens.attacks.attack import Attack, forged, form, header
from tests.documenthor.tokens.crafting import ABSENT, encode, signed, token, unsigned, with_hmac

_ACME = key("acme")
_PUBLIC = rsa.public_key(_ACME.public_pem)
_GOOD = token()
_SIGNATURE = _GOOD.split(".")[2]
_ALG = "algorithm is not"

ALGORITHMS = [
    header(_ALG, alg=name)
    for name in (
        *("none", "None", "NONE", "nOnE", "", "HS256", "HS384", "HS512", "RS384", "RS512", "PS256", "PS384"),
        *("ES256", "ES384", "EdDSA", "rs256", "RS256 ", " RS256", "RS256\x00", "RSA-OAEP", "dir"),
        *(ABSENT, None, 0, True, ["RS256"], {"RS256": 1}),
    )
]


def _keyed(secret: bytes, algorithm: str) -> str:
    text = unsigned(header={"alg": algorithm})
    return f"{text}.{encode(hmac.new(secret, text.encode(), hashlib.sha256).digest())}"


_JWK = json.dumps(rsa.to_jwk(_PUBLIC)).encode()
SIGNATURES = [
    form("HS256 with the public key", lambda: with_hmac(_ACME.public_pem), _ALG),
    form("HS256 with the public key, stripped", lambda: with_hmac(_ACME.public_pem.strip()), _ALG),
    form("HS256 with the JWK", lambda: _keyed(_JWK, "HS256"), _ALG),
    form("HS256 with nothing", lambda: _keyed(b"", "HS256"), _ALG),
    forged("HMAC of the public key as RS256", lambda: with_hmac(_ACME.public_pem, "RS256")),
    forged("HMAC of the JWK as RS256", lambda: _keyed(_JWK, "RS256")),
    forged("HMAC of nothing as RS256", lambda: _keyed(b"", "RS256")),
    forged("PSS as RS256", lambda: signed(unsigned(), padding=PSS(MGF1(SHA256()), 32))),
    forged("SHA-512 as RS256", lambda: signed(unsigned(), digest=SHA512())),
    forged("SHA-1 as RS256", lambda: signed(unsigned(), digest=SHA1())),  # noqa: S303 - an attack
    forged("another tenant's key", lambda: token(header={"kid": _ACME.kid}, signer=key("other"))),
    forged("a key of nobody", lambda: token(header={"kid": _ACME.kid}, signer=key("stranger"))),
    forged("zeros", lambda: f"{unsigned()}.{encode(bytes(384))}"),
    forged("ones", lambda: f"{unsigned()}.{encode(bytes([255]) * 384)}"),
    forged("the number one", lambda: f"{unsigned()}.{encode((1).to_bytes(384, 'big'))}"),
    forged("the modulus", lambda: f"{unsigned()}.{rsa.to_jwk(_PUBLIC)['n']}"),
    forged("one byte", lambda: f"{unsigned()}.AA"),
    forged("a zero in front", lambda: f"{unsigned()}.{encode(bytes(1) + _raw_signature())}"),
    forged("a byte at the end", lambda: f"{unsigned()}.{encode(_raw_signature() + bytes(1))}"),
    forged("a byte less", lambda: f"{unsigned()}.{encode(_raw_signature()[:-1])}"),
    forged("a signature of other claims", lambda: f"{unsigned({'jti': 'two'})}.{_SIGNATURE}"),
    forged("claims of another token", lambda: _swapped(1, token({"jti": "two"}))),
    forged("header of another token", lambda: _swapped(0, token(header={"typ": "JWT", "kid": _ACME.kid}))),
    Attack(
        "a key that is not registered",
        lambda: token(signer=key("stranger")),
        SignatureError,
        "is not registered",
    ),
    Attack("a retired key", lambda: token(signer=key("retired")), SignatureError, "is retired"),
]


def _raw_signature() -> bytes:
    return shape.decode(_SIGNATURE)


def _swapped(part: int, other: str) -> str:
    parts = _GOOD.split(".")
    # The header of a fresh token may be written the same; one space more makes it another.
    parts[part] = other.split(".")[part] if part else encode(shape.decode(parts[0]) + b" ")
    return ".".join(parts)
