"""Which web addresses a page may lead to: the repository's own, and those of a short list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

# References for languages and standards, on hosts where nobody but their editors publishes.
REFERENCE_HOSTS = frozenset(
    {
        "datatracker.ietf.org",
        "developer.mozilla.org",
        "doc.rust-lang.org",
        "docs.python.org",
        "packaging.python.org",
        "peps.python.org",
        "semver.org",
        "spdx.org",
        "www.rfc-editor.org",
    }
)
MAX_ADDRESS = 2_000
# Forges make a link of a person's address too. It begins where a word does, or else it would be looked for
# anew at every letter.
MAIL = r"(?:\b(?:mailto|xmpp):)?(?<![\w.+-])[\w.+-]+@[\w.-]*\.\w+"
_PLAIN = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class Home:
    """The web address of a repository; empty where it has none."""

    address: str = ""

    @classmethod
    def of(cls, url: str) -> Home:
        """The address as a browser would be given it, of one to clone from."""
        scheme, slashes, rest = url.rstrip("/").removesuffix(".git").partition("://")
        host, slash, path = rest.partition("/")
        address = f"{scheme}{slashes}{host.lower()}{slash}{path}"
        return cls(address if path and _is_safe(address) else "")

    def admits(self, target: str) -> bool:
        """Whether a page of this repository may lead to `target`."""
        if not _is_safe(target):
            return False
        inside = bool(self.address) and (target == self.address or target.startswith(f"{self.address}/"))
        return inside or is_reference(target)


def is_reference(target: str) -> bool:
    """Whether `target` is a page of a reference that everybody may be sent to."""
    return _is_safe(target) and urlsplit(target).netloc in REFERENCE_HOSTS


def _is_safe(target: str) -> bool:
    """An `https://` address that means what it looks like: no user, no port games, no way up."""
    try:
        parts = urlsplit(target)
        host = parts.hostname
    except ValueError:
        return False
    if parts.scheme != "https" or not target.startswith("https://") or not host or "@" in parts.netloc:
        return False
    plain = len(target) <= MAX_ADDRESS and _PLAIN.fullmatch(target) is not None and "\\" not in target
    return plain and not {".", ".."} & set(unquote(parts.path).replace("\\", "/").split("/"))
