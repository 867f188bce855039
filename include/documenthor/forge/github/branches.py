"""Writing branches: each write names what it expects to find, and none of them is forced.

| write | what it expects | read back by |
|---|---|---|
| make a branch | that there is none | the branch's tip |
| move it forward | a tip that the new one contains | the branch's tip |
| merge the default branch in | the tip, as first parent of the merge | the branch's tip |
| commit | the tip, as `expectedHeadOid` | the branch's tip |
| delete it | the tip, as `beforeOid` | the branch's tip |
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from documenthor.errors import (
    CredentialRefusedError,
    ForbiddenError,
    ForgeError,
    HeadMovedError,
    RefusedError,
    UnavailableError,
    WriteRefusedError,
)
from documenthor.forge.github import commits, shapes
from documenthor.forge.github.once import once
from documenthor.forge.github.place import document
from documenthor.forge.github.reading import read
from documenthor.forge.model import BRANCH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documenthor.forge.github.place import Place
    from documenthor.forge.model import Change, NewCommit

_REF = f"refs/heads/{BRANCH}"
_NOTHING = "0" * 40
# What GitHub calls a branch that is not where `expectedHeadOid` has it, and a merge that is none.
_STALE, _CONFLICT = "STALE_DATA", 409


def make(place: Place, commit: str) -> None:
    """Make our branch at `commit`; raises `HeadMovedError` if there is one somewhere else."""
    body = {"ref": _REF, "sha": commit}
    _settle(place, commit, lambda: place.rest("POST", "git/refs", body))


def forward(place: Place, commit: str) -> None:
    """Move our branch on to `commit`, which contains it; raises `HeadMovedError` if it does not."""
    body = {"sha": commit, "force": False}
    _settle(place, commit, lambda: place.rest("PATCH", f"git/refs/heads/{BRANCH}", body))


def delete(place: Place, node_id: str, tip: str) -> None:
    """Delete our branch if it still is at `tip`; raises `HeadMovedError` if it is not."""
    update = {"name": _REF, "beforeOid": tip, "afterOid": _NOTHING}
    variables = {"input": {"repositoryId": node_id, "refUpdates": [update]}}
    try:
        place.api.graphql(document("delete"), variables)
    except (RefusedError, UnavailableError) as error:
        now = place.tip(BRANCH)
        if now and now != tip:
            raise HeadMovedError(f"{BRANCH} moved while it was being deleted") from error
        if now:
            raise


def merge(place: Place, login: str, head: str, tip: str, message: str) -> str | None:
    """Bring the default branch at `head` into ours at `tip`: the new tip, or None if they conflict."""
    body = {"base": BRANCH, "head": head, "commit_message": message}

    def write() -> shapes.Commit | None:
        made = place.rest("POST", "merges", body)
        return None if made is None else read(shapes.Commit, made)

    try:
        made = once(write, lambda: _merged(place, login, head, tip))
    except RefusedError as error:
        # The same status also says that a rule of the branch forbids it.
        if error.status == _CONFLICT and "conflict" in str(error).casefold():
            return None
        raise _refused(BRANCH, error) from error
    if made is None:
        return tip
    if made.parents[0].sha != tip:
        raise HeadMovedError(f"somebody pushed to {BRANCH} while the default branch was merged into it")
    return made.sha


def commit(place: Place, login: str, branch: str, wanted: NewCommit) -> str:
    """Put one commit on `branch`, which has to be at the commit's parent, and return it.

    Raises `HeadMovedError` if it is not, and `WriteRefusedError` if GitHub takes no commit there.
    """
    try:
        data = place.api.graphql(document("commit"), {"input": _input(place, branch, wanted)})
        return read(shapes.Oid, data["createCommitOnBranch"]["commit"]["oid"])
    except (ForbiddenError, RefusedError, UnavailableError, KeyError, TypeError) as error:
        tip = place.tip(branch)
        if tip != wanted.parent:
            return _settled(place, login, tip, wanted, branch)
        raise _unwritten(error, branch) from error


def _unwritten(error: Exception, branch: str) -> ForgeError:
    if isinstance(error, RefusedError) and error.code == _STALE:
        return HeadMovedError(f"branch {branch} moved while it was being written")
    # Who may not push to one branch may still push to another, so a missing permission shows there.
    # A credential that is no longer accepted says nothing of the branch.
    if isinstance(error, (ForbiddenError, RefusedError)) and not isinstance(error, CredentialRefusedError):
        return _refused(branch, error)
    if isinstance(error, ForgeError):
        return error
    return UnavailableError("GitHub does not say which commit it made; try again")


def _refused(branch: str, error: ForgeError) -> WriteRefusedError:
    return WriteRefusedError("protected", f"{branch} takes no commit: {error}")


def _settled(place: Place, login: str, tip: str, wanted: NewCommit, branch: str) -> str:
    """`tip` if it is the commit that was wanted; raises `HeadMovedError` for anything else."""
    if tip:
        found = read(shapes.Commit, place.rest("GET", f"commits/{tip}"))
        same = [parent.sha for parent in found.parents] == [wanted.parent]
        if same and commits.is_ours(found, login) and found.commit.message.strip() == wanted.message.strip():
            return tip
    raise HeadMovedError(f"branch {branch} moved while it was being written")


def _settle(place: Place, commit: str, write: Any) -> None:  # noqa: ANN401 - what it answers does not matter
    def read_back() -> str | None:
        tip = place.tip(BRANCH)
        if tip and tip != commit:
            raise HeadMovedError(f"{BRANCH} is not where it was when it was read")
        return tip or None

    once(write, read_back)


def _merged(place: Place, login: str, head: str, tip: str) -> shapes.Commit | None:
    now = place.tip(BRANCH)
    if not now or now == tip:
        return None
    found = read(shapes.Commit, place.rest("GET", f"commits/{now}"))
    ours = commits.is_ours(found, login) and [parent.sha for parent in found.parents] == [tip, head]
    if not ours:
        raise HeadMovedError(f"somebody pushed to {BRANCH} while the default branch was merged into it")
    return found


def _input(place: Place, branch: str, wanted: NewCommit) -> dict[str, Any]:
    headline, _, body = wanted.message.partition("\n\n")
    return {
        "branch": {"repositoryNameWithOwner": place.full_name, "branchName": branch},
        "expectedHeadOid": wanted.parent,
        "message": {"headline": headline, "body": body},
        "fileChanges": _file_changes(wanted.changes),
    }


def _file_changes(changes: Sequence[Change]) -> dict[str, Any]:
    written = [(change.path, change.content) for change in changes if change.content is not None]
    return {
        "additions": [
            {"path": path, "contents": base64.b64encode(content).decode()} for path, content in written
        ],
        "deletions": [{"path": change.path} for change in changes if change.content is None],
    }
