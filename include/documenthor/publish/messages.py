"""What we write into commits and pull requests, for people to read."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from documenthor.forge import trailers
from documenthor.forge.discovery import Documented
from documenthor.forge.model import BRANCH, Description, State, Topic
from documenthor.publish import receipt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docgen.contract import Bundle, JobSpec

    from documenthor.forge.model import Change

# Beyond this many the pages are counted: forges refuse long texts, and people do not read them.
_LISTED = 100
# GitHub takes 65,536 characters; the rest is for what the forge adds to find its pull request again.
MAX_BODY = 60_000
MAX_TITLE = 255

# One line a paragraph: forges show every line break.
_BODY = """\
The documentation below was regenerated from the source at commit {commit}.
{note}
{pages}

Only the parts between `documenthor` markers changed, and of those only parts that rest on something else in the source than what was last published; everything else in these files is as it was. A file is removed only where nothing else was in it.

- Merge this to publish it.
- Close it to decline it: it stays closed until the documentation would say something else.
- Commits that you add to `{branch}` are kept; nothing is updated here until it is merged or deleted.

{receipt}
"""  # noqa: E501 - a paragraph is one line
_CUT = "\n\nThis description was cut: it was longer than what can be shown here.\n"
_NOTE = "\nIt comes as a pull request because the default branch does not take our commits: {}\n"

COMMENTS: Mapping[Topic, str] = {
    Topic.EDITED: (
        "Somebody else committed to this branch, so it is left alone from now on. Merge or close this"
        f" pull request and delete `{BRANCH}` to get updates again."
    ),
    Topic.NOTHING_LEFT: (
        "Closed because nothing is left to change: the default branch holds this documentation already."
    ),
}


def commit_message(spec: JobSpec, changes: Sequence[Change]) -> str:
    """A subject, the pages, and the trailers that make the commit ours."""
    subject = f"Update the documentation for {spec.commit:.12}"
    return f"{subject}\n\n{listed(changes)}\n\n{trailers.render(documented(spec))}"


def documented(spec: JobSpec) -> Documented:
    """What a commit or pull request for `spec` documents."""
    return Documented(spec.commit, spec.recipe(), "-".join(spec.job.split())[:200])


def description(
    spec: JobSpec, bundle: Bundle, changes: Sequence[Change], tip: str = "", note: str = ""
) -> Description:
    """A pull request's title and body, within what GitHub takes."""
    body = _BODY.format(
        commit=spec.commit,
        note=_NOTE.format(receipt.quoted(note)) if note else "",
        pages=listed(changes, "`{}`"),
        branch=BRANCH,
        receipt=receipt.render(bundle),
    )
    title = f"Update the documentation ({count(changes)})"[:MAX_TITLE]
    return Description(title, _short(body), documentation_digest(bundle), tip, documented(spec))


def proposed(spec: JobSpec, changes: Sequence[Change], before: State | None, note: str) -> str:
    """What an outcome says of a pull request, and of the one before it."""
    said = f"Proposed {count(changes)} of documentation for {spec.commit:.12}."
    if before is not None and before is not State.OPEN:
        said += f" The pull request before it was {before}."
    return f"{said} {note[:1].upper()}{note[1:]}." if note else said


def documentation_digest(bundle: Bundle) -> str:
    """Tells whether two bundles document the same facts, however they put it."""
    blocks = sorted(f"{block.path}\0{block.name}\0{block.rests_on}" for block in bundle.blocks)
    return hashlib.sha256("\n".join((*blocks, *sorted(bundle.obsolete))).encode()).hexdigest()


def count(changes: Sequence[Change]) -> str:
    """How many pages, in words."""
    return "1 page" if len(changes) == 1 else f"{len(changes)} pages"


def _short(body: str) -> str:
    """At most `MAX_BODY` bytes, cut after a whole line."""
    raw = body.encode()
    if len(raw) <= MAX_BODY:
        return body
    kept = raw[: MAX_BODY - len(_CUT)].decode(errors="ignore")
    return kept.rpartition("\n")[0] + _CUT


def listed(changes: Sequence[Change], style: str = "{}") -> str:
    """The pages by what happens to them: added, updated, removed."""
    added = [change.path for change in changes if change.is_new]
    updated = [change.path for change in changes if not change.is_new and change.content is not None]
    removed = [change.path for change in changes if change.content is None]
    groups = (("Added:", added), ("Updated:", updated), ("Removed:", removed))
    return "\n\n".join(_group(title, paths, style) for title, paths in groups if paths)


def _group(title: str, paths: Sequence[str], style: str) -> str:
    lines = [f"- {style.format(path)}" for path in paths[:_LISTED]]
    more = len(paths) - _LISTED
    return "\n".join((title, "", *lines, *([f"- and {more} more"] if more > 0 else [])))
