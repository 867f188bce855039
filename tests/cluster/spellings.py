"""The forms in which a token may be written somewhere."""

from __future__ import annotations

import base64


def spellings(token: str) -> list[bytes]:
    """The token, and what base64 makes of it wherever it stands in what was encoded."""
    raw = token.encode()
    return [raw, *(_inside(raw, before) for before in range(3))]


def _inside(raw: bytes, before: int) -> bytes:
    """The characters that depend on `raw` alone, with so many bytes before it, and any after it."""
    encoded = base64.b64encode(b"\0" * before + raw)
    bits = 8 * before
    return encoded[-(-bits // 6) : (bits + 8 * len(raw)) // 6]
