"""Which paths are not read: vendored and generated folders, and what the options exclude."""

from __future__ import annotations

import fnmatch
import re
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEVER_OURS = frozenset(
    {
        ".docgen", ".eggs", ".git", ".hg", ".mypy_cache", ".nox", ".pytest_cache", ".ruff_cache", ".svn",
        ".tox", ".venv", ".yarn", "__pycache__", "_vendor", "bower_components", "node_modules",
        "site-packages", "third_party", "3rdparty", "third-party", "thirdparty",
    }
)  # fmt: skip
# Names that are also good names for a package, so they count as vendored only where they are not one.
_USUALLY_VENDORED = frozenset({"vendor", "vendored", "venv"})
# What a build makes, by the files that lie beside it then; the root needs none.
_PACKED = re.compile(r"^(?:package\.json|pyproject\.toml|setup\.py|pom\.xml|build\.gradle(?:\.kts)?)$")
_BUILT_BESIDE = {
    "build": _PACKED,
    "dist": _PACKED,
    "target": re.compile(r"^(?:Cargo\.toml|pom\.xml)$"),
    "obj": re.compile(r"\.csproj$"),
    "bin": re.compile(r"\.csproj$"),
}
_NOT_OURS_AT_ROOT = frozenset({"build", "deps", "dist", "extern", "external"})
# Below it folders are packages of Java, whatever they are called.
_JAVA = re.compile(r"(?:^|/)src/\w+/(?:java|kotlin|scala)/")
_GENERATED = re.compile(
    r"(?:\.min\.[cm]?(?:js|css)|\.map|\.lock|_pb2(?:_grpc)?\.pyi?|\.pb\.(?:go|cc|h|rb)|_pb\.(?:rb|js|d\.ts)"
    r"|\.g(?:enerated)?\.(?:cs|dart|ts)|\.[Dd]esigner\.cs|-lock\.json|-lock\.yaml)$"
    r"|(?:^|/)(?:go\.sum|npm-shrinkwrap\.json|PKG-INFO)$"
)


# The places for documentation: what else of a repository is never written.
PAGE_FOLDERS = ("docs", "doc", "documentation", "website/docs")
NAVIGATION = ("mkdocs.yml", "mkdocs.yaml")


def may_hold_page(path: str) -> bool:
    """Whether one of our blocks may stand in `path`, so that it must be at hand whatever is excluded."""
    lower = path.lower()
    if lower.endswith(".md"):
        return "/" not in path or lower.startswith(tuple(f"{folder}/" for folder in PAGE_FOLDERS))
    return lower == "llms.txt" or path in NAVIGATION


class Excluder:
    """Decides over the paths of one tree."""

    def __init__(self, paths: Iterable[str], patterns: Iterable[str]) -> None:
        self._packages: set[str] = set()
        self._built: set[str] = set()
        for path in paths:
            folder, _, name = path.rpartition("/")
            if name == "__init__.py":
                self._packages.add(folder)
            beside = (f"{folder}/{built}" for built, wanted in _BUILT_BESIDE.items() if wanted.search(name))
            self._built.update(found.lstrip("/") for found in beside)
        self._patterns = tuple(tuple(pattern.strip("/").split("/")) for pattern in patterns)

    def excludes(self, path: str) -> bool:
        """Whether `path`, or a folder it is in, is vendored, generated or excluded."""
        if _GENERATED.search(path):
            return True
        folders = [str(folder) for folder in PurePosixPath(path).parents if str(folder) != "."]
        return any(map(self._is_vendored, folders)) or any(map(self._is_excluded, (path, *folders)))

    def _is_vendored(self, folder: str) -> bool:
        name = folder.rsplit("/", 1)[-1]
        if name in _NEVER_OURS or name.endswith(".egg-info"):
            return True
        if folder in self._packages or _JAVA.search(folder):
            return False
        return name in _USUALLY_VENDORED or folder in self._built or folder in _NOT_OURS_AT_ROOT

    def _is_excluded(self, path: str) -> bool:
        parts = tuple(path.split("/"))
        return any(path_matches(parts, pattern) for pattern in self._patterns)


@lru_cache(maxsize=65_536)
def path_matches(parts: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    """`**` stands for any number of folders; every other part of a pattern for exactly one name."""
    if not pattern or not parts:
        return not parts and all(part == "**" for part in pattern)
    if pattern[0] == "**":
        return path_matches(parts, pattern[1:]) or path_matches(parts[1:], pattern)
    return fnmatch.fnmatchcase(parts[0], pattern[0]) and path_matches(parts[1:], pattern[1:])
