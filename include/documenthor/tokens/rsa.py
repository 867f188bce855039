"""RSA keys in the forms we meet them: PEM with tenants, JWK in the database and in the key set.

The one module that talks to `cryptography`; what that raises leaves here as `KeyFormatError`.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPublicKey,
    RSAPublicNumbers,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from documenthor.errors import KeyFormatError
from documenthor.tokens import shape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NEW_KEY_BITS = 3072
_PUBLIC_EXPONENT = 65537
# Below the lower bound a key can be broken; above the upper one checking a signature gets expensive.
_KEY_BITS = range(2048, 8193)


def new_private_pem() -> str:
    """A new private key as unencrypted PKCS #8."""
    key = generate_private_key(public_exponent=_PUBLIC_EXPONENT, key_size=_NEW_KEY_BITS)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def private_key(pem: str) -> RSAPrivateKey:
    """Read a private key."""
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyFormatError("not an unencrypted private key in PEM; make one with `keys new`") from error
    if not isinstance(key, RSAPrivateKey):
        raise KeyFormatError("the private key is not an RSA key; make one with `keys new`")
    _check_size(key.key_size)
    return key


def public_key(pem: str) -> RSAPublicKey:
    """Read a public key."""
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyFormatError("not a public key in PEM; give the public half, not the private one") from error
    if not isinstance(key, RSAPublicKey):
        raise KeyFormatError("the public key is not an RSA key")
    _check_size(key.key_size)
    return key


def public_pem(key: RSAPublicKey) -> str:
    """Write a public key."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def to_jwk(key: RSAPublicKey) -> dict[str, str]:
    """The members that make the key, and no others (RFC 7518, 6.3.1)."""
    numbers = key.public_numbers()
    return {"kty": "RSA", "n": _encode(numbers.n), "e": _encode(numbers.e)}


def from_jwk(jwk: Mapping[str, object]) -> RSAPublicKey:
    """The key that a JWK holds (RFC 7517), if it is one to check signatures of ours with.

    Raises `KeyFormatError` also for a key that says of itself that it is for something else.
    """
    for member, demand, holds in _JWK:
        if not holds(jwk.get(member)):
            raise KeyFormatError(f"the member {member!r} of the key {demand}")
    try:
        key = RSAPublicNumbers(n=_number(jwk["n"]), e=_number(jwk["e"])).public_key()
    except ValueError as error:
        raise KeyFormatError("the key's numbers make no RSA key") from error
    _check_size(key.key_size)
    return key


def thumbprint(key: RSAPublicKey) -> str:
    """The key's RFC 7638 thumbprint, which is the same however the key is written."""
    canonical = json.dumps(to_jwk(key), sort_keys=True, separators=(",", ":"))
    return _base64url(hashlib.sha256(canonical.encode()).digest())


def _check_size(bits: int) -> None:
    if bits not in _KEY_BITS:
        raise KeyFormatError(f"the key has {bits} bits; use {_KEY_BITS.start} to {_KEY_BITS.stop - 1}")


def _encode(number: int) -> str:
    return _base64url(number.to_bytes((number.bit_length() + 7) // 8, "big"))


def _number(text: object) -> int:
    raw = shape.decode(str(text))
    # The larger a number, the longer its signatures take; this is refused before it is tried.
    if len(raw) > _KEY_BITS.stop // 8:
        raise ValueError("too large")
    return int.from_bytes(raw, "big")


def _is_number(value: object) -> bool:
    return isinstance(value, str) and value != "" and value.isascii()


def _verifies(value: object) -> bool:
    return value is None or (isinstance(value, list) and "verify" in value)


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


# `use`, `key_ops` and `alg` need not be there; where they are, they hold.
_JWK: tuple[tuple[str, str, Callable[[object], bool]], ...] = (
    ("kty", "is not RSA", lambda value: value == "RSA"),
    ("use", "is not sig", lambda value: value in (None, "sig")),
    ("key_ops", "leaves out verify", _verifies),
    ("alg", f"is not {shape.ALGORITHM}", lambda value: value in (None, shape.ALGORITHM)),
    ("n", "is no number", _is_number),
    ("e", "is no number", _is_number),
)
