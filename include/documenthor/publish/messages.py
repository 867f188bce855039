"""What we write into commits and pull requests, for people to read."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from documenthor.forge import trailers
from documenthor.forge.discovery import Documented
from documenthor.forge.model import BRANCH, Description
from documenthor.publish import gates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docgen.contract import Bundle, JobSpec

    from documenthor.forge.model import Change

# Beyond this many the pages are counted: forges refuse long texts, and people do not read them.
_LISTED = 100

# One line a paragraph: forges show every line break.
_BODY = """\
The documentation below was regenerated from the source at commit {commit}.

{pages}

Only the parts between `documenthor` markers changed; a file was removed only if nothing else was in it.

- Merge this to publish it.
- Close it to decline it: it stays closed until the documentation would say something else.
- Commits that you add to `{branch}` are kept; nothing is updated here until it is merged or deleted.

Checked before publishing: {gates}.
"""


def commit_message(spec: JobSpec, changes: Sequence[Change]) -> str:
    """A subject, the pages, and the trailers that make the commit ours."""
    documented = Documented(spec.commit, spec.recipe(), "-".join(spec.job.split())[:200])
    subject = f"Update the documentation for {spec.commit:.12}"
    return f"{subject}\n\n{_pages(changes, '{}')}\n\n{trailers.render(documented)}"


def description(spec: JobSpec, bundle: Bundle, changes: Sequence[Change]) -> Description:
    """A pull request's title and body."""
    body = _BODY.format(
        commit=spec.commit, pages=_pages(changes, "`{}`"), branch=BRANCH, gates=", ".join(gates.NAMES)
    )
    return Description(f"Update the documentation ({count(changes)})", body, documentation_digest(bundle))


def documentation_digest(bundle: Bundle) -> str:
    """Tells whether two bundles document the same facts, however they put it."""
    blocks = sorted(f"{block.path}\0{block.name}\0{block.rests_on}" for block in bundle.blocks)
    return hashlib.sha256("\n".join((*blocks, *sorted(bundle.obsolete))).encode()).hexdigest()


def count(changes: Sequence[Change]) -> str:
    """How many pages, in words."""
    return "1 page" if len(changes) == 1 else f"{len(changes)} pages"


def _pages(changes: Sequence[Change], style: str) -> str:
    added = [change.path for change in changes if change.is_new]
    updated = [change.path for change in changes if not change.is_new and change.content is not None]
    removed = [change.path for change in changes if change.content is None]
    groups = (("Added:", added), ("Updated:", updated), ("Removed:", removed))
    return "\n\n".join(_group(title, paths, style) for title, paths in groups if paths)


def _group(title: str, paths: Sequence[str], style: str) -> str:
    lines = [f"- {style.format(path)}" for path in paths[:_LISTED]]
    more = len(paths) - _LISTED
    return "\n".join((title, "", *lines, *([f"- and {more} more"] if more > 0 else [])))
