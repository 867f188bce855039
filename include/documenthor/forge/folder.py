"""Finding repositories in a folder, and never anything outside of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from documenthor.errors import UnknownRepositoryError
from documenthor.forge.git import Git, GitError
from documenthor.forge.model import BRANCH
from documenthor.names import is_repository_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SUFFIX = ".git"


def locate(root: Path, name: str) -> Git:
    """The repository `name`: `name`, plain or bare, else `name.git`, bare."""
    if is_repository_name(name):
        for folder in (root / name, root / f"{name}{_SUFFIX}"):
            if (git := _open(folder)) is not None:
                return git
    raise UnknownRepositoryError(f"there is no repository {name!r} in {root}")


def names(root: Path) -> list[str]:
    """The names of all repositories, sorted."""
    return sorted({name for folder in _folders(root) if is_repository_name(name := _name(folder))})


def default_branch(git: Git) -> str:
    """The branch to document, or an empty string.

    A bare repository's HEAD says it. In a plain one HEAD is whatever somebody works on, so there
    the remote's default branch, `main` and `master` come first.
    """
    head, remote = _symbolic(git, "HEAD"), _symbolic(git, "refs/remotes/origin/HEAD")
    usual = [remote.removeprefix("refs/remotes/origin/"), "main", "master"]
    current = head.removeprefix("refs/heads/")
    candidates = [current, *usual] if git.work_tree is None else [*usual, current]
    fit = (name for name in candidates if name and name != BRANCH and git.resolve(f"refs/heads/{name}"))
    return next(fit, "")


def commit_of(git: Git, ref: str) -> str:
    """The commit that a branch, else a tag, else a whole commit id names, or an empty string."""
    places = [f"refs/heads/{ref}", f"refs/tags/{ref}"]
    if re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", ref):
        places.append(ref)
    return next((commit for place in places if (commit := git.resolve(place))), "")


def _folders(root: Path) -> Iterator[Path]:
    if root.is_dir():
        yield from (folder for folder in root.iterdir() if _open(folder) is not None)


def _name(folder: Path) -> str:
    return folder.name.removesuffix(_SUFFIX)


def _open(folder: Path) -> Git | None:
    # A symlink, or a `.git` file, could lead out of the forge.
    inner = folder / ".git"
    if folder.is_symlink() or inner.is_symlink() or not folder.is_dir():
        return None
    if inner.is_dir():
        return _checked(Git(inner.absolute(), folder.absolute()))
    return _checked(Git(folder.absolute()))


def _checked(git: Git) -> Git | None:
    if not (git.folder / "HEAD").is_file() or not (git.folder / "objects").is_dir():
        return None
    try:
        git.run("rev-parse", "--git-dir")
    except GitError:
        return None
    return git


def _symbolic(git: Git, ref: str) -> str:
    try:
        return git.text("symbolic-ref", "--quiet", ref)
    except GitError:
        return ""
