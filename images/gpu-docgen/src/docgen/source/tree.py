"""`Tree`: the files of a source tree that count, in a fixed order."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.contract import remembered
from docgen.errors import TooLargeError, UsageError
from docgen.settings import merge, read_settings
from docgen.source.blocks import is_blank, shares, without_blocks
from docgen.source.exclude import Excluder, may_hold_page
from docgen.source.ignored import NAME as IGNORE_FILE
from docgen.source.ignored import Ignored
from docgen.source.languages import language_of
from docgen.source.leftout import FOLDER, PROPOSED, is_commit, read_left_out

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docgen.contract import Limits, Options
    from docgen.deadline import Deadline

# How generators say that nobody wrote this, within the first lines; in other words only in code, as a
# manifest that was made from another one still says what holds.
_GENERATED = re.compile(rb"@generated|DO NOT EDIT")
_GENERATED_CODE = re.compile(
    rb"DO NOT MODIFY|<auto-?generated|\bauto(?:matically|-)[ -]?generated\b"
    rb"|\b(?:this )?file (?:is|was|has been) (?:auto)?generated",
    re.IGNORECASE,
)
_GENERATED_WITHIN = 6


@dataclass(frozen=True)
class SourceFile:
    """One text file, read without our blocks. `lines` counts the lines that are not blank."""

    path: str
    data: bytes = field(repr=False)
    lines: int
    language: str | None

    @property
    def text(self) -> str:
        """The content as text; bytes that are not UTF-8 become replacement characters."""
        return self.data.decode("utf-8-sig", errors="replace")

    @property
    def folder(self) -> str:
        """The folder it is in; empty for the root."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True)
class Tree:
    """A source tree: `files` by path are those that facts are read from.

    `present` holds every path of the tree, `human` the files for pages with text of a person's own,
    `headed` those of them where it comes before any block of ours, `marked` the files with such a block,
    `left_out` the paths of the commit that are not in the tree, with the reason. `options` are the
    spec's joined with the repository's own settings, `notes` what a person should know of that.
    `remembered` is what our blocks in it remember of a model's prose (`docgen.contract.remembered`).
    """

    files: dict[str, SourceFile]
    present: frozenset[str]
    human: frozenset[str]
    headed: frozenset[str]
    marked: frozenset[str]
    left_out: dict[str, str]
    bytes_read: int
    options: Options
    notes: tuple[str, ...] = ()
    remembered: tuple[tuple[str, str], ...] = ()

    def text(self, path: str) -> str | None:
        """The text of `path`, None where there is no such file."""
        file = self.files.get(path)
        return None if file is None else file.text


def read_tree(root: Path, options: Options, deadline: Deadline, skip: Path | None = None) -> Tree:
    """Read the tree below `root`; what is below `skip` (an output folder inside it) is not read."""
    if not root.is_dir():
        raise UsageError(f"{root} is not a folder; give the folder that docgen fetch wrote")
    left_out = read_left_out(root)
    sizes = dict(sorted(_walk(root, left_out, skip)))
    options, notes = merge(options, read_settings(root, sizes, left_out))
    wanted = list(_wanted(sizes, options, deadline))
    if not is_commit(root):  # what a commit holds, git does not ignore
        wanted = list(_not_ignored(root, wanted, options.limits, deadline))
    _check_limits([sizes[path] for path in wanted], options.limits)
    files: dict[str, SourceFile] = {}
    for path in wanted:
        deadline.check()
        if file := _read(root, path, options.limits):
            files[path] = file
    pages = {path: root.joinpath(path).read_bytes() for path in sizes if may_hold_page(path)}
    shared = [(path, shares(text, path)) for path, text in pages.items()]
    memory = tuple(entry for path, text in pages.items() for entry in remembered(text, path))
    read = sum(len(file.data) for file in files.values())
    return Tree(
        files=files,
        present=frozenset(sizes),
        human=frozenset(path for path, shares in shared if shares.has_human_text),
        headed=frozenset(path for path, shares in shared if shares.is_headed),
        marked=frozenset(path for path, shares in shared if shares.has_blocks),
        left_out=left_out,
        bytes_read=read,
        options=options,
        notes=notes,
        remembered=(*memory, *remembered_below(root / PROPOSED)),
    )


def remembered_below(root: Path) -> tuple[tuple[str, str], ...]:
    """What the pages below `root` remember of a model's prose."""
    paths = [path for path, _ in _walk(root, {}, None) if may_hold_page(path)] if root.is_dir() else []
    return tuple(entry for path in paths for entry in remembered((root / path).read_bytes(), path))


def _wanted(sizes: dict[str, int], options: Options, deadline: Deadline) -> Iterator[str]:
    """The paths that are not excluded; patterns of a repository's own may take long to match."""
    excluder = Excluder(sizes, options.exclude)
    for path in sizes:
        deadline.check()
        if not excluder.excludes(path):
            yield path


def _walk(root: Path, left_out: dict[str, str], skip: Path | None) -> Iterator[tuple[str, int]]:
    """Path and size of every regular file; symbolic links are noted and not followed."""
    for folder, names, files in os.walk(root):
        names[:] = [
            name
            for name in names
            if name not in {".git", FOLDER} and os.path.join(folder, name) != str(skip)  # noqa: PTH118 (os.walk gives strings)
        ]
        for name in (*files, *names):
            full = os.path.join(folder, name)  # noqa: PTH118
            path = os.path.relpath(full, root).replace(os.sep, "/")
            status = os.lstat(full)
            if stat.S_ISLNK(status.st_mode):
                left_out[path] = "symlink"
            elif stat.S_ISREG(status.st_mode) and path.isprintable():
                yield path, status.st_size


def _not_ignored(root: Path, paths: list[str], limits: Limits, deadline: Deadline) -> Iterator[str]:
    """The paths that no `.gitignore` of the tree leaves out."""
    found = [path for path in paths if path.rpartition("/")[2] == IGNORE_FILE]
    read = {path: _read(root, path, limits) for path in found}
    ignored = Ignored({file.folder: file.text for file in read.values() if file})
    for path in paths:
        deadline.check()
        if not ignored.ignores(path):
            yield path


def _check_limits(sizes: list[int], limits: Limits) -> None:
    advice = "exclude folders with options.exclude or raise the limit"
    if len(sizes) > limits.files:
        raise TooLargeError(f"{len(sizes)} files are more than limits.files ({limits.files}); {advice}")
    total = sum(size for size in sizes if size <= limits.file_bytes)
    if total > limits.bytes:
        raise TooLargeError(f"{total} bytes are more than limits.bytes ({limits.bytes}); {advice}")


def _read(root: Path, path: str, limits: Limits) -> SourceFile | None:
    """The file as text; None for one that is binary, generated, too large, or ours alone."""
    if not may_hold_page(path) and (root / path).stat().st_size > limits.file_bytes:
        return None
    data = (root / path).read_bytes()
    if may_hold_page(path) or path.lower().endswith(".md"):
        data = without_blocks(data, path)
        if is_blank(data):
            return None
    if len(data) > limits.file_bytes or b"\0" in data or _is_generated(data, path):
        return None
    lines = data.splitlines()
    if any(len(line) > limits.line_bytes for line in lines):
        return None
    return SourceFile(path, data, sum(1 for line in lines if line.strip()), language_of(path, data))


def _is_generated(data: bytes, path: str) -> bool:
    head = b"\n".join(data[:2000].splitlines()[:_GENERATED_WITHIN])
    if _GENERATED.search(head):
        return True
    return language_of(path, data) is not None and bool(_GENERATED_CODE.search(head))
