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

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def from_jwk(jwk: Mapping[str, str]) -> RSAPublicKey:
    """The key that `to_jwk` wrote."""
    return RSAPublicNumbers(n=_decode(jwk["n"]), e=_decode(jwk["e"])).public_key()


def thumbprint(key: RSAPublicKey) -> str:
    """The key's RFC 7638 thumbprint, which is the same however the key is written."""
    canonical = json.dumps(to_jwk(key), sort_keys=True, separators=(",", ":"))
    return _base64url(hashlib.sha256(canonical.encode()).digest())


def _check_size(bits: int) -> None:
    if bits not in _KEY_BITS:
        raise KeyFormatError(f"the key has {bits} bits; use {_KEY_BITS.start} to {_KEY_BITS.stop - 1}")


def _encode(number: int) -> str:
    return _base64url(number.to_bytes((number.bit_length() + 7) // 8, "big"))


def _decode(text: str) -> int:
    return int.from_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), "big")


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
