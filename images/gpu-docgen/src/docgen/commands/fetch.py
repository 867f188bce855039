"""`docgen fetch`: the files of one commit, without git's own folder, in a folder."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from docgen.contract import BRANCH, WriterKind
from docgen.errors import CommitNotFoundError, TooLargeError, UnreachableError, UsageError
from docgen.git.address import checked_address
from docgen.git.clone import fetch_commit, refs
from docgen.git.export import export, export_proposed, largest
from docgen.git.program import Git

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from docgen.contract import JobSpec, Limits
    from docgen.deadline import Deadline


def open_git(environ: Mapping[str, str], limits: Limits, deadline: Deadline) -> Git:
    """Git with room for a pack of what `limits` allow, which may be larger than the files kept of it."""
    return Git(environ, deadline, max_file_bytes=max(4 * limits.bytes, 64_000_000))


def fetch(
    spec: JobSpec, target: Path, environ: Mapping[str, str], deadline: Deadline, token: str = ""
) -> int:
    """Write the files of `spec.commit` to `target`, return how many."""
    url = checked_address(spec.url)
    prepare(target)
    with open_git(environ, spec.options.limits, deadline) as git:
        if token:
            git.use_token(token_origin(url), token)
        known = refs(git, url)
        fetch_commit(git, url, spec.commit, largest(spec.options.limits))
        count = export(git, spec.commit, target, spec.options, deadline)
        proposed = known.get(f"refs/heads/{BRANCH}")
        if proposed and spec.options.writer.kind is not WriterKind.FACTS:
            _remember(git, url, proposed, target, spec.options.limits, deadline)
        return count


def _remember(git: Git, url: str, proposed: str, target: Path, limits: Limits, deadline: Deadline) -> None:
    """Get the pages that are proposed; without them a model is asked again, so nothing fails here."""
    with suppress(UnreachableError, CommitNotFoundError, TooLargeError):
        fetch_commit(git, url, proposed, largest(limits))
        export_proposed(git, proposed, target, limits, deadline)


def token_origin(url: str) -> str:
    """Where a token may go: the host of an `https` address, nowhere else."""
    parts = urlsplit(url)
    if parts.scheme != "https":
        raise UsageError("a token is for https addresses only; leave out --token-file")
    return f"https://{parts.netloc}/"


def prepare(target: Path) -> None:
    """Make the folder; files of another tree must not be mistaken for the repository's."""
    try:
        target.mkdir(parents=True, exist_ok=True)
        is_empty = not any(target.iterdir())
    except OSError as error:
        raise UsageError(f"cannot write to {target} ({error.strerror}); give an empty folder") from error
    if not is_empty:
        raise UsageError(f"{target} is not empty; give an empty folder")
