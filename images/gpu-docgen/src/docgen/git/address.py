"""Which addresses are cloned from: absolute paths, `file://` and `https://`, never with credentials."""

from __future__ import annotations

from urllib.parse import urlsplit

from docgen.errors import SpecError

_HELP = "use an absolute path, file:///path or https://host/owner/name"


def checked_address(url: str) -> str:
    """Return `url` when it is safe to hand to git, else raise `SpecError`."""
    if not url or url.startswith("-") or not url.isprintable():
        raise SpecError(f"{url!r} is not the address of a repository; {_HELP}")
    if url.startswith("/"):
        return url
    return _checked_url(url)


def _checked_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, user, password = parts.hostname, parts.username, parts.password
    except ValueError as error:
        raise SpecError(f"{url!r} is not the address of a repository; {_HELP}") from error
    if user or password:
        raise SpecError(f"the address of {host} holds credentials; remove them and use --token-file")
    if not (url.startswith("https://") and host) and not url.startswith("file:///"):
        raise SpecError(f"{url!r} is not an address that is cloned from; {_HELP}")
    return url
