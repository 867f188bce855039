"""Dotted names of Python files: what an `import` would call them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def module_names(paths: Iterable[str]) -> dict[str, str]:
    """Dotted name by path, for every file that can be imported; the others are left out.

    A name starts below `src` where a folder of that name is above, else at the outermost package.
    A script in a folder that is no package has no name, nor have two files that would share one.
    A stub has one where no other file does: then it declares what is compiled from another language.
    """
    paths = list(paths)
    packages = {path.rpartition("/")[0] for path in paths if path.endswith("/__init__.py")}
    names = _single({path: _name(path, packages) for path in paths if path.endswith(".py")})
    stubs = [path for path in paths if path.endswith(".pyi") and path.rpartition("/")[0] in {"", *packages}]
    taken = set(names.values())
    compiled = _single({path: _name(path, packages) for path in stubs})
    return names | {path: name for path, name in compiled.items() if name not in taken}


def _single(names: dict[str, str]) -> dict[str, str]:
    """Those that are a name, and of one file only."""
    counts = Counter(names.values())
    return {path: name for path, name in names.items() if name and counts[name] == 1}


def _name(path: str, packages: set[str]) -> str:
    parts = path.rpartition(".")[0].split("/")
    if parts[-1] == "__init__":
        parts.pop()
    root = _root(path, packages)
    dotted = parts[root:]
    folder = path.rpartition("/")[0]
    if folder and folder not in packages and "src" not in folder.split("/"):
        return ""
    return ".".join(dotted) if dotted and all(part.isidentifier() for part in dotted) else ""


def _root(path: str, packages: set[str]) -> int:
    """How many leading folders are not part of the name."""
    folders = path.split("/")[:-1]
    depth = len(folders)
    while depth and "/".join(folders[:depth]) in packages:
        depth -= 1
    above = folders[:depth]
    return len(above) - above[::-1].index("src") if "src" in above else depth
