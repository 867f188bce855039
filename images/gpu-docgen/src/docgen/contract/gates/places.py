"""Which files documentation may live in: the only paths that are ever written."""

from __future__ import annotations

import re

MAX_PATH = 200

_SEGMENT = r"[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9_-])?"
# A repository may spell its README in any case already; which one is right depends on its tree.
_ALLOWED = re.compile(
    rf"(?i:readme)\.md|llms\.txt|AGENTS\.md|mkdocs\.ya?ml"
    rf"|(?:docs|doc|documentation|website/docs)/(?:{_SEGMENT}/){{0,8}}[A-Za-z0-9_][A-Za-z0-9._-]{{0,95}}\.md"
)
# Names that Windows cannot check out, whatever follows the first dot.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


def is_documentation(path: str) -> bool:
    """Whether `path` is a place for documentation.

    That is README, `llms.txt`, `AGENTS.md`, a folder for documentation, or the configuration of MkDocs,
    to whose navigation entries may be added and nothing else.
    """
    if len(path) > MAX_PATH or not _ALLOWED.fullmatch(path):
        return False
    return not any(_RESERVED.fullmatch(segment) for segment in path.split("/"))
