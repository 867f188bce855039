"""Fetching an issuer's key set: the one module that talks to issuers.

An issuer that is slow, down or taken over must not hurt more than its own callers: there is one time
limit for everything, a limit of size, and no redirect is followed.
"""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

import anyio
import httpx

from documenthor.errors import KeyFormatError, KeySetError
from documenthor.tokens import rsa, shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

TIME_LIMIT_SECONDS = 5.0
MAX_BYTES = 256 * 1024
_MAX_KEYS = 100
# Where GitHub and GitHub Enterprise Server publish their keys. Their configuration document says so too,
# but then another answer of theirs would decide where keys come from.
_PATH = "/.well-known/jwks"


def fetch(issuer: str, seconds: float = TIME_LIMIT_SECONDS) -> Mapping[str, RSAPublicKey]:
    """The issuer's usable keys by kid, at least one.

    Raises `KeySetError` if that takes longer than `seconds` in all, or does not work out.
    """
    address = issuer + _PATH
    try:
        content = anyio.run(partial(_read, address, seconds))
    except TimeoutError as error:
        raise KeySetError(f"{address}: no full answer within {seconds} s") from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise KeySetError(f"{address}: cannot be fetched ({type(error).__name__})") from error
    try:
        return _usable(content)
    except ValueError as error:
        raise KeySetError(f"{address}: {error}") from error


async def _read(address: str, seconds: float) -> bytes:
    content = bytearray()
    with anyio.fail_after(seconds):
        async with (
            httpx.AsyncClient(follow_redirects=False, timeout=seconds) as client,
            client.stream("GET", address, headers={"Accept": "application/json"}) as answer,
        ):
            if answer.status_code != HTTPStatus.OK:
                raise KeySetError(f"{address}: answered {answer.status_code}")
            async for chunk in answer.aiter_bytes():
                content += chunk
                if len(content) > MAX_BYTES:
                    raise KeySetError(f"{address}: more than {MAX_BYTES} bytes")
    return bytes(content)


def _usable(content: bytes) -> dict[str, RSAPublicKey]:
    """The keys that signatures may be checked with; raises `ValueError` if there is none."""
    found = shape.strict_json(content.decode("utf-8"))
    entries = found.get("keys") if isinstance(found, dict) else None
    if not isinstance(entries, list) or len(entries) > _MAX_KEYS:
        raise ValueError("is no key set, or one of too many keys")
    keys: dict[str, RSAPublicKey] = {}
    twice: set[str] = set()
    for entry in entries:
        if isinstance(entry, dict) and isinstance(kid := entry.get("kid"), str):
            twice |= {kid} & keys.keys()
            _add(keys, kid, entry)
    # Which of two keys of one name is meant, nobody can say.
    usable = {kid: key for kid, key in keys.items() if kid not in twice}
    if not usable:
        raise ValueError("holds no key that can be used")
    return usable


def _add(keys: dict[str, RSAPublicKey], kid: str, entry: Mapping[str, object]) -> None:
    try:
        keys[kid] = rsa.from_jwk(entry)
    except KeyFormatError:
        # A key of another kind is no error of the set: issuers add them before they use them.
        return
