"""Taking a token apart, before anything in it is believed: one way to write it, and no other.

A second reader of the same token, such as a gateway before us, must not be able to understand something
else than we do. So base64 has one spelling, JSON has no key twice, and the header holds what we know.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from documenthor.errors import MalformedTokenError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

ALGORITHM = "RS256"
MAX_BYTES = 16 * 1024
_COMPACT = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)")
_KID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Unverified:
    """A token of the right form. Nothing in it is true until its signature holds."""

    text: str
    kid: str
    header: Mapping[str, Any]
    claims: Mapping[str, Any]

    def require_header(self, known: Collection[str]) -> None:
        """Refuse any other member (`crit`, `b64`, `zip`, `jku`, `jwk`, `x5u`, ...): it may change what a
        token means, or say where its key is to be found."""
        if unknown := sorted(self.header.keys() - set(known)):
            raise MalformedTokenError(f"its header holds {len(unknown)} members that it may not hold")


def read(token: str) -> Unverified:
    """The parts of a token; raises `MalformedTokenError`, at once for one of more than `MAX_BYTES`."""
    if len(token) > MAX_BYTES:
        raise MalformedTokenError(f"longer than {MAX_BYTES} bytes")
    parts = _COMPACT.fullmatch(token)
    if parts is None:
        raise MalformedTokenError("not three parts of base64url without padding, joined by dots")
    header, claims, signature = parts.groups()
    _decoded(signature)
    content = _object(header, "header")
    if content.get("alg") != ALGORITHM:
        raise MalformedTokenError(f"its algorithm is not {ALGORITHM}")
    if content.get("typ") != "JWT":
        raise MalformedTokenError("its type is not JWT")
    kid = content.get("kid")
    if not isinstance(kid, str) or not _KID.fullmatch(kid):
        raise MalformedTokenError("its header names no key")
    return Unverified(token, kid, content, _object(claims, "claims"))


def strict_json(text: str) -> Any:  # noqa: ANN401 - JSON
    """What JSON says if it can be read in one way only; raises `ValueError` for everything else."""
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def decode(segment: str) -> bytes:
    """Base64url in its only spelling; raises `ValueError` for everything else."""
    raw = base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    # The last character may carry bits that are cut off: other text, same bytes.
    if base64.urlsafe_b64encode(raw).rstrip(b"=").decode() != segment:
        raise ValueError("not the canonical base64url")
    return raw


def _decoded(segment: str) -> bytes:
    try:
        return decode(segment)
    except (binascii.Error, ValueError) as error:
        raise MalformedTokenError("a part is not base64url in its only spelling") from error


def _object(segment: str, name: str) -> dict[str, Any]:
    try:
        # Left to itself, `json` would guess UTF-16 and UTF-32 too.
        content = strict_json(_decoded(segment).decode("utf-8"))
    except ValueError as error:
        raise MalformedTokenError(f"its {name} is not JSON in UTF-8 that can be read in one way") from error
    if not isinstance(content, dict):
        raise MalformedTokenError(f"its {name} is no JSON object")
    return content


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) != len(pairs):
        raise ValueError("a key is there twice")
    return content


def _no_constant(_name: str) -> NoReturn:
    raise ValueError("NaN and infinity are no JSON")
