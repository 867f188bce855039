"""What keeps other sites from pressing our buttons, beside Airflow's cookie being `SameSite=Lax`.

A form carries a token that only a page for the same sign-in can know, and the browser has to say that the
form came from ourselves.
"""

from __future__ import annotations

import hashlib
import hmac
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from documenthor.errors import PageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from documenthor.pages.visitors import Visitor

_STALE = "this page is out of date; go back, reload it and press the button again"
_FOREIGN = "the button was not pressed on a page of ours"


def form_token(secret: bytes, visitor: Visitor) -> str:
    """What every form of this visitor's pages carries."""
    said = f"{len(visitor.name)}:{visitor.name}:{visitor.session}"
    return hmac.digest(secret, b"documenthor form " + said.encode(), hashlib.sha256).hex()


def require_own_form(secret: bytes, visitor: Visitor, headers: Mapping[str, str], token: str) -> None:
    """Raise `PageError` unless the form is from a page that this visitor was shown."""
    if not _is_same_origin(headers):
        raise PageError(HTTPStatus.FORBIDDEN, _FOREIGN)
    if not hmac.compare_digest(form_token(secret, visitor).encode(), token.encode()):
        raise PageError(HTTPStatus.FORBIDDEN, _STALE)


def _is_same_origin(headers: Mapping[str, str]) -> bool:
    """By `Sec-Fetch-Site`, which no script can set, else by `Origin`; without either, no."""
    site = headers.get("sec-fetch-site")
    origin = urlsplit(headers.get("origin", ""))
    is_ours = origin.scheme in {"http", "https"} and origin.netloc == headers.get("host", "")
    return is_ours if site is None else site == "same-origin"
