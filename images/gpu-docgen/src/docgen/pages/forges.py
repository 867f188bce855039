"""Where forges show a file, for pages that cannot link to it by a relative path."""

from __future__ import annotations

from urllib.parse import urlsplit

# By host. `HEAD` is the default branch: a commit here would rewrite every page for every commit.
_SHOWN_AT = {
    "github.com": "{base}/{{kind}}/HEAD/{{path}}",
    "gitlab.com": "{base}/-/{{kind}}/HEAD/{{path}}",
}


def web_address(url: str) -> str:
    """A template for the address of a path, with `{kind}` and `{path}`; empty for other places."""
    parts = urlsplit(url)
    shown = _SHOWN_AT.get(parts.netloc.lower()) if parts.scheme == "https" else None
    path = parts.path.rstrip("/").removesuffix(".git")
    if (
        shown is None
        or not path.replace("/", "").replace("-", "").replace("_", "").replace(".", "").isalnum()
    ):
        return ""
    return shown.format(base=f"https://{parts.netloc.lower()}{path}")
