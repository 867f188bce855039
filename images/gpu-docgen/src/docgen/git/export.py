"""Writing a commit's files as they are stored: no checkout, so no attribute, filter or hook has a say."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, NamedTuple

from docgen.errors import CommitNotFoundError, EmptyRepositoryError, TooLargeError, UnreachableError
from docgen.settings import NAME as SETTINGS
from docgen.source.exclude import Excluder, may_hold_page
from docgen.source.leftout import FOLDER, LEFT_OUT, PROPOSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import IO

    from docgen.contract import Limits, Options
    from docgen.deadline import Deadline
    from docgen.git.program import Git

_CHUNK = 1 << 20
# A page that we wrote into a Markdown file must not push that file over the size limit.
_PAGE_SLACK = 1_000_000
_MAX_PROPOSED = 500
_KINDS = {b"120000": "symlink", b"160000": "submodule"}


# Of a commit's entries so many times as many are looked at as may be kept; a small tree can name billions.
_LISTED = 4
_MAX_PATH, _MAX_NAME, _MAX_DEPTH = 1000, 250, 60


class Entry(NamedTuple):
    """One file of the commit; `size` is None for one that was too large to be fetched."""

    path: str
    oid: str
    size: int | None


def largest(limits: Limits) -> int:
    """The size in bytes beyond which no file is kept, whatever it is."""
    return limits.file_bytes + _PAGE_SLACK


def export(git: Git, commit: str, target: Path, options: Options, deadline: Deadline) -> int:
    """Write the files of `commit` below `target`, return how many; what is left out is noted there."""
    left_out: dict[str, str] = {}
    entries = list(_entries(git, commit, left_out, options.limits, deadline))
    if not entries and not left_out:
        raise EmptyRepositoryError(f"commit {commit} holds no files; push some first")
    kept = list(_selected(entries, options, left_out))
    _check_limits(kept, options.limits)
    _write_all(git, kept, target, left_out, deadline)
    _write_left_out(target, left_out)
    return len(kept)


def export_proposed(git: Git, commit: str, target: Path, limits: Limits, deadline: Deadline) -> None:
    """Write the pages of `commit`, those that are not too large, to where a tree keeps what is proposed."""
    found = [e for e in _entries(git, commit, {}, limits, deadline) if may_hold_page(e.path)]
    pages = [entry for entry in found if entry.size is not None and entry.size <= _PAGE_SLACK]
    _write_all(git, pages[:_MAX_PROPOSED], target / PROPOSED, {}, deadline)


def _entries(
    git: Git, commit: str, left_out: dict[str, str], limits: Limits, deadline: Deadline
) -> Iterator[Entry]:
    for line in _listed(git, commit, _LISTED * limits.files, deadline):
        head, raw = line.split(b"\t", 1)
        mode, _, oid, size = head.split()
        path = raw.decode(errors="replace")
        if mode in _KINDS:
            left_out[path[:_MAX_PATH]] = _KINDS[mode]
        elif reason := "unsafe path" if path.encode() != raw else why_unsafe(path):
            left_out[path[:_MAX_PATH]] = reason
        else:
            yield Entry(path, oid.decode(), int(size) if size.isdigit() else None)


def _listed(git: Git, commit: str, most: int, deadline: Deadline) -> Iterator[bytes]:
    """The lines of git's listing, of which it never holds more than one piece."""
    command = ("--git-dir", str(git.store), "ls-tree", "-r", "-z", "-l", "--full-tree", commit)
    process = git.start(*command, stdin=subprocess.DEVNULL)
    stream, rest, count = _stdout(process.stdout), b"", 0
    try:
        while chunk := stream.read(_CHUNK):
            deadline.check()
            *lines, rest = (rest + chunk).split(b"\0")
            count += len(lines)
            if count > most or len(rest) > _CHUNK:
                raise TooLargeError(f"it names more than {most} files; raise limits.files")
            yield from lines
        if process.wait() != 0:
            raise CommitNotFoundError(f"commit {commit} cannot be listed; check that the repository is whole")
    finally:
        git.stop(process)


def why_unsafe(path: str) -> str:
    """Why `path` is not written; empty if it stays inside its folder on every file system.

    Nor may it be read as git's own.
    """
    parts = path.split("/")
    if len(path.encode()) > _MAX_PATH or any(len(part.encode()) > _MAX_NAME for part in parts):
        return "long path"
    if len(parts) > _MAX_DEPTH:
        return "deep path"
    strange = not path.isprintable() or "\\" in path or parts[0] == FOLDER
    if strange or any(part in {"", ".", ".."} or _is_git(part) for part in parts):
        return "unsafe path"
    return ""


def _is_git(part: str) -> bool:
    """`.git` in any case, and the spellings that Windows and macOS fold into it."""
    plain = part.casefold().rstrip(". ").split(":")[0]
    return plain == ".git" or plain.startswith("git~")


def _selected(entries: Iterable[Entry], options: Options, left_out: dict[str, str]) -> Iterator[Entry]:
    entries = list(entries)
    excluder = Excluder([entry.path for entry in entries], options.exclude)
    for entry in entries:
        page = may_hold_page(entry.path)
        if excluder.excludes(entry.path) and not page and entry.path != SETTINGS:
            continue
        most = largest(options.limits) if page else options.limits.file_bytes
        if entry.size is None or entry.size > most:
            left_out[entry.path] = "large"
        else:
            yield entry


def _check_limits(entries: list[Entry], limits: Limits) -> None:
    total = sum(entry.size or 0 for entry in entries)
    advice = "exclude folders with options.exclude or raise the limit"
    if len(entries) > limits.files:
        raise TooLargeError(f"{len(entries)} files are more than limits.files ({limits.files}); {advice}")
    if total > limits.bytes:
        raise TooLargeError(f"{total} bytes are more than limits.bytes ({limits.bytes}); {advice}")


def _write_all(
    git: Git, entries: list[Entry], target: Path, left_out: dict[str, str], deadline: Deadline
) -> None:
    wanted = git.store / "docgen-wanted"
    wanted.write_text("".join(f"{entry.oid}\n" for entry in entries))
    with wanted.open("rb") as stdin:
        process = git.start("--git-dir", str(git.store), "cat-file", "--batch", "--buffer", stdin=stdin)
    try:
        for entry in entries:
            deadline.check()
            _write_one(_stdout(process.stdout), entry, target, left_out)
    finally:
        git.stop(process)


def _stdout(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise UnreachableError("git gave no output; try again")
    return stream


def _write_one(stream: IO[bytes], entry: Entry, target: Path, left_out: dict[str, str]) -> None:
    header = stream.readline().split()
    size = entry.size
    if size is None or len(header) != 3 or int(header[2]) != size:
        raise UnreachableError(f"git cannot read {entry.path}; the repository is damaged, repair it")
    path = target / entry.path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
    except (FileExistsError, NotADirectoryError):
        left_out[entry.path] = "clashes with another path"
        _copy(stream, None, size)
    else:
        with os.fdopen(file, "wb") as out:
            _copy(stream, out, size)
    stream.read(1)


def _copy(stream: IO[bytes], out: IO[bytes] | None, size: int) -> None:
    while size > 0:
        chunk = stream.read(min(size, _CHUNK))
        if not chunk:
            raise UnreachableError("git stopped in the middle of a file; try again")
        size -= len(chunk)
        if out is not None:
            out.write(chunk)


def _write_left_out(target: Path, left_out: dict[str, str]) -> None:
    shutil.rmtree(target / FOLDER, ignore_errors=True)
    (target / FOLDER).mkdir()
    (target / LEFT_OUT).write_text(json.dumps(left_out, indent=1, sort_keys=True) + "\n")
