"""Where forges show a file, for pages that cannot link to it by a relative path."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from docgen.contract.gates.addresses import Home

# By how the host begins, as many organisations have a forge of their own. Both count lines as `#L1`.
_SHOWN_AT = {
    "github.": "{home}/{{kind}}/{at}/{{path}}",
    "gitlab.": "{home}/-/{{kind}}/{at}/{{path}}",
}
# What needs no quoting in a link, nor in the template.
_PLAIN = re.compile(r"https://[\w.:-]+(?:/[\w.-]+)+", re.ASCII)


def web_address(url: str, at: str = "HEAD") -> str:
    """A template for the address of a path, with `{kind}` and `{path}`; empty for other places.

    `HEAD` is the default branch.
    """
    home = Home.of(url).address
    host = urlsplit(home).hostname or ""
    shown = next((form for start, form in _SHOWN_AT.items() if host.startswith(start)), "")
    return shown.format(home=home, at=at) if _PLAIN.fullmatch(home) else ""
