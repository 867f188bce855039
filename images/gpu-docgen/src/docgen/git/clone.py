"""Getting one commit, without its history, into a private store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.errors import CommitNotFoundError, EmptyRepositoryError, TooLargeError, UnreachableError

if TYPE_CHECKING:
    from subprocess import CompletedProcess

    from docgen.git.program import Git


# Only a remote with a name can have sent less than everything.
_REMOTE = "source"


def refs(git: Git, url: str) -> dict[str, str]:
    """Commit by ref name of the repository at `url`; `HEAD` is among them where it is set."""
    listed = git.run("ls-remote", "--quiet", "--", url)
    if listed.returncode != 0:
        raise UnreachableError(
            f"cannot read {url} ({_reason(listed)}); check the address, and the read token if it is private"
        )
    lines = (line.split("\t", 1) for line in listed.stdout.decode(errors="replace").splitlines())
    found = {name: commit for commit, name in lines}
    if not found:
        raise EmptyRepositoryError(f"{url} has no commit yet; push one first")
    return found


def fetch_commit(git: Git, url: str, commit: str, max_blob: int) -> None:
    """Fetch exactly `commit` into `git.store`; files of more than `max_blob` bytes are not transferred."""
    _init(git, "sha256" if len(commit) == 64 else "sha1")
    without_large = f"--filter=blob:limit={max_blob + 1}"
    shallow = _fetch(git, url, "--depth=1", without_large, commit)
    if shallow.returncode != 0:
        _fetch_everything(git, url, without_large, shallow)
    # Else git would fetch what was left out as soon as it is asked for its size.
    git.run("--git-dir", str(git.store), "config", "--remove-section", f"remote.{_REMOTE}")
    kind = git.run("--git-dir", str(git.store), "cat-file", "-t", commit)
    if kind.stdout.strip() != b"commit":
        raise CommitNotFoundError(f"{url} has no commit {commit}; check that it was pushed")


def _init(git: Git, format_: str) -> None:
    made = git.run("init", "--quiet", "--bare", "--template=", f"--object-format={format_}", str(git.store))
    if made.returncode != 0:
        raise UnreachableError(f"git cannot make a store ({_reason(made)}); check the temporary folder")


def _fetch(git: Git, url: str, *rest: str) -> CompletedProcess[bytes]:
    options = [part for part in rest if part.startswith("--")]
    wanted = [part for part in rest if not part.startswith("--")]
    return git.run(
        "--git-dir", str(git.store), "-c", f"remote.{_REMOTE}.url={url}",
        "fetch", "--quiet", "--no-tags", "--no-recurse-submodules",
        "--no-write-fetch-head", "--no-auto-maintenance", *options, "--", _REMOTE, *wanted,
    )  # fmt: skip


def _fetch_everything(git: Git, url: str, without_large: str, shallow: CompletedProcess[bytes]) -> None:
    """Second try for a server that hands out nothing but what its refs point at."""
    _refuse_large(url, shallow)
    if b"not our ref" in shallow.stderr:
        return
    fetched = _fetch(git, url, without_large, "+refs/*:refs/docgen/*")
    _refuse_large(url, fetched)
    if fetched.returncode != 0:
        raise UnreachableError(f"cannot fetch from {url} ({_reason(fetched)}); try again")


def _refuse_large(url: str, result: CompletedProcess[bytes]) -> None:
    if b"File too large" in result.stderr or b"signal 25" in result.stderr:
        raise TooLargeError(f"{url} is larger than limits.bytes allows for; raise the limit")


def _reason(result: CompletedProcess[bytes]) -> str:
    """The first line that git marks as the cause, without its prefix."""
    lines = result.stderr.decode(errors="replace").splitlines()
    marked = [line for line in lines if line.startswith(("fatal:", "error:"))]
    first = (marked or lines or [f"git ended with status {result.returncode}"])[0]
    return first.removeprefix("fatal:").removeprefix("error:").strip()[:200]
