"""Making tokens that no honest caller makes: any header, any claims, any key, signed for real."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from functools import cache
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256, HashAlgorithm
from documenthor.tokens import rsa

from tests.documenthor.support import AUDIENCE, ISSUER, NOW, key

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.padding import AsymmetricPadding
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from documenthor.tokens import PrivateKey

SECONDS = int(NOW.timestamp())
# Stands for a claim or header that is to be left out.
ABSENT = object()
CLAIMS = {
    "iss": ISSUER,
    "aud": AUDIENCE,
    "org": "acme",
    "jti": "one",
    "iat": SECONDS,
    "nbf": SECONDS,
    "exp": SECONDS + 300,
}


def token(
    claims: dict[str, Any] | None = None,
    header: dict[str, Any] | None = None,
    signer: PrivateKey | None = None,
) -> str:
    """A good token of `acme` but for what the arguments say, truly signed by `signer`."""
    signer = signer or key("acme")
    return signed(unsigned(claims, {"kid": signer.kid} | (header or {})), signer)


def signed(
    text: str,
    signer: PrivateKey | None = None,
    padding: AsymmetricPadding | None = None,
    digest: HashAlgorithm | None = None,
) -> str:
    """`text`, whatever it is, with a signature of it."""
    loaded = loaded_key((signer or key("acme")).pem)
    signature = loaded.sign(text.encode(), padding or PKCS1v15(), digest or SHA256())
    return f"{text}.{encode(signature)}"


def written(header: bytes, claims: bytes) -> str:
    """A signed token whose header and claims are these very bytes."""
    return signed(f"{encode(header)}.{encode(claims)}")


@cache
def loaded_key(pem: str) -> RSAPrivateKey:
    """The private key that a PEM holds."""
    # Loading a private key checks its primes, which takes longer than a whole test.
    return rsa.private_key(pem)


def unsigned(claims: dict[str, Any] | None = None, header: dict[str, Any] | None = None) -> str:
    """The part of a token that is signed."""
    full_header = {"alg": "RS256", "typ": "JWT", "kid": key("acme").kid} | (header or {})
    return f"{_segment(full_header)}.{_segment(CLAIMS | (claims or {}))}"


def with_hmac(secret: str, algorithm: str = "HS256") -> str:
    """A token signed with a shared secret, such as a public key that everybody has."""
    signing_input = unsigned(header={"alg": algorithm})
    digest = hmac.new(secret.encode(), signing_input.encode(), hashlib.sha256).digest()
    return f"{signing_input}.{encode(digest)}"


def encode(raw: bytes) -> str:
    """Base64 as tokens have it."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _segment(content: dict[str, Any]) -> str:
    present = {name: value for name, value in content.items() if value is not ABSENT}
    return encode(json.dumps(present).encode())
