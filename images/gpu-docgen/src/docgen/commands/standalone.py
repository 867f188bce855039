"""`docgen PATH-OR-URL --out DIR`: the finished pages of one repository, for a person."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.build import build
from docgen.commands.fetch import fetch, open_git
from docgen.commands.generate import write_atomically
from docgen.contract import JobSpec, MarkerError, Options
from docgen.contract.renewal import renewed
from docgen.errors import CommitNotFoundError, GateError, SpecError, UsageError
from docgen.git.address import checked_address
from docgen.git.clone import refs
from docgen.source.tree import read_tree, remembered_below

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docgen.contract import Block, Bundle, Finding
    from docgen.deadline import Deadline
    from docgen.facts.model import Facts

# A plain folder has no commit; this is what git itself writes for "none".
NO_COMMIT = "0" * 40


class _Done(Enum):
    """What became of one page."""

    WRITTEN = auto()
    UNCHANGED = auto()
    REMOVED = auto()


@dataclass(frozen=True)
class Result:
    """What was written and read."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    commit: str
    files: int
    symbols: int
    dropped: tuple[Finding, ...]
    sentences: dict[str, int]
    tokens: int
    notes: tuple[str, ...]


def document(
    source: str,
    out: Path,
    revision: str,
    options: Options,
    prompts: dict[str, str],
    environ: Mapping[str, str],
    deadline: Deadline,
) -> Result:
    """Write the pages about `source` into `out`; text that is there already is kept."""
    url = _address(source)
    with tempfile.TemporaryDirectory(prefix="docgen-") as folder:
        root, commit, skip = Path(folder) / "tree", NO_COMMIT, None
        if url:
            commit = _resolve(url, revision, environ, options, deadline)
            fetch(_spec(source, url, commit, options), root, environ, deadline)
        else:
            root, skip = Path(source).resolve(), out.resolve()
        spec = _spec(source, url or str(root), commit, options).model_copy(update={"prompts": prompts})
        tree = read_tree(root, options, deadline, skip)
        # What stands in `out` may not be in the commit yet.
        tree = replace(tree, remembered=(*tree.remembered, *remembered_below(out)))
        bundle, facts = build(spec, tree, deadline)
        for finding in bundle.findings:
            raise GateError(f"{finding.gate}: {finding}; exclude what it is about and report this")
        return _write(bundle, facts, root, out)


def _address(source: str) -> str:
    """The address to clone from; empty for a folder without git."""
    path = Path(source)
    if "://" in source or source.startswith("-") or "::" in source:
        try:
            return checked_address(source)
        except SpecError as error:
            raise UsageError(str(error)) from error
    if not path.is_dir():
        raise UsageError(f"there is no folder {source}; give a folder or an https:// address")
    is_git = (path / ".git").exists() or ((path / "HEAD").is_file() and (path / "objects").is_dir())
    return str(path.resolve()) if is_git else ""


def _resolve(
    url: str, revision: str, environ: Mapping[str, str], options: Options, deadline: Deadline
) -> str:
    """The commit that a branch, tag or full commit id means at `url`."""
    with open_git(environ, options.limits, deadline) as git:
        known = refs(git, url)
    for name in (
        f"{revision}",
        f"refs/heads/{revision}",
        f"refs/tags/{revision}^{{}}",
        f"refs/tags/{revision}",
    ):
        if name in known:
            return known[name]
    if len(revision) in {40, 64} and all(char in "0123456789abcdef" for char in revision):
        return revision
    raise CommitNotFoundError(f"{url} has no {revision}; give a branch, a tag or a full commit id")


def _spec(source: str, url: str, commit: str, options: Options) -> JobSpec:
    name = (url or source).rstrip("/").removesuffix("/.git").removesuffix(".git").rpartition("/")[2]
    return JobSpec(
        tenant="local", job="local", repository=name or "repository", url=url, commit=commit, options=options
    )


def _write(bundle: Bundle, facts: Facts, root: Path, out: Path) -> Result:
    pages: dict[str, list[Block]] = {path: [] for path in bundle.obsolete}
    for block in bundle.blocks:
        pages.setdefault(block.path, []).append(block)
    done = {path: _write_page(path, blocks, root, out, bundle) for path, blocks in sorted(pages.items())}
    return Result(
        written=tuple(path for path, what in done.items() if what is _Done.WRITTEN),
        unchanged=tuple(path for path, what in done.items() if what is _Done.UNCHANGED),
        removed=tuple(path for path, what in done.items() if what is _Done.REMOVED),
        commit=bundle.commit,
        files=bundle.usage.files,
        symbols=sum(len(module.symbols) for module in facts.modules),
        dropped=bundle.dropped,
        sentences=bundle.sentences,
        tokens=bundle.usage.prompt_tokens + bundle.usage.reply_tokens,
        notes=bundle.notes,
    )


def _write_page(path: str, blocks: list[Block], root: Path, out: Path, bundle: Bundle) -> _Done:
    """Splice into the copy in `out`, else into the repository's own."""
    target = out / path
    if any(
        part.is_symlink() for part in (target, *target.parents) if part.is_relative_to(out) and part != out
    ):
        raise UsageError(f"{target} is or is below a symbolic link; choose another --out")
    existing = target if target.is_file() else root / path
    before = existing.read_bytes() if existing.is_file() else b""
    try:
        after = renewed(before, path, blocks, bundle.commit)
    except MarkerError as error:
        raise UsageError(f"{existing}: {error}; repair or remove its documenthor markers") from error
    if after is None:
        target.unlink(missing_ok=True)
        return _Done.REMOVED
    if after == before and (existing == target or not blocks):
        return _Done.UNCHANGED
    write_atomically(target, after)
    return _Done.WRITTEN
