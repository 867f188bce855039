"""Ending a read token where it was issued, now that nobody needs it any more."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

import httpx

if TYPE_CHECKING:
    from collections.abc import Mapping

# A closed network may drop what it does not let pass, and a repository waits for this.
_SECONDS = 5.0
_PROXY, _NO_PROXY = ("HTTPS_PROXY", "https_proxy"), ("NO_PROXY", "no_proxy")
_AUTHORITIES = ("GIT_SSL_CAINFO", "SSL_CERT_FILE")


def revoke(url: str, token: str, environ: Mapping[str, str]) -> str:
    """Send DELETE with `token` to `url`; returns why that failed, empty if it did not.

    It goes the way that git went: by the proxy and with the certificate authorities that `environ` names.
    """
    try:
        if urlsplit(url).scheme != "https":
            return "its address is not https"
        # What is answered besides the status is never read.
        with _client(environ, url) as client, client.stream("DELETE", url, headers=_by(token)) as answer:
            status = answer.status_code
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        # Their texts may name the proxy with its password.
        return type(error).__name__
    return "" if status == httpx.codes.NO_CONTENT else f"the answer was {status}"


def _client(environ: Mapping[str, str], url: str) -> httpx.Client:
    authorities = ssl.create_default_context(cafile=_first(environ, _AUTHORITIES) or None)
    # The environment is the one that is given, and no redirect is followed unless it is asked for.
    return httpx.Client(proxy=_proxy(environ, url), verify=authorities, timeout=_SECONDS, trust_env=False)


def _by(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _proxy(environ: Mapping[str, str], url: str) -> str | None:
    if proxy_bypass(urlsplit(url).netloc, {"no": _first(environ, _NO_PROXY)}):
        return None
    return _first(environ, _PROXY) or None


def _first(environ: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((environ[name] for name in names if environ.get(name)), "")
