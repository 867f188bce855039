"""Which paths are not read: vendored and generated folders, and what the options exclude."""

from __future__ import annotations

import fnmatch
import re
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
    """Decides over the paths of one tree, each folder once."""

    def __init__(self, paths: Iterable[str], patterns: Iterable[str]) -> None:
        self._packages: set[str] = set()
        self._built: set[str] = set()
        for path in paths:
            folder, _, name = path.rpartition("/")
            if name == "__init__.py":
                self._packages.add(folder)
            beside = (f"{folder}/{built}" for built, wanted in _BUILT_BESIDE.items() if wanted.search(name))
            self._built.update(found.lstrip("/") for found in beside)
        self._globs = [_Glob(pattern) for pattern in patterns]
        self._reached: dict[str, list[frozenset[int]]] = {"": [glob.start for glob in self._globs]}

    def excludes(self, path: str) -> bool:
        """Whether `path`, or a folder it is in, is vendored, generated or excluded."""
        if _GENERATED.search(path):
            return True
        folders = [str(folder) for folder in PurePosixPath(path).parents if str(folder) != "."]
        if any(map(self._is_vendored, folders)):
            return True
        return any(self._is_excluded(known) for known in (*reversed(folders), path))

    def _is_vendored(self, folder: str) -> bool:
        name = folder.rsplit("/", 1)[-1]
        if name in _NEVER_OURS or name.endswith(".egg-info"):
            return True
        if folder in self._packages or _JAVA.search(folder):
            return False
        return name in _USUALLY_VENDORED or folder in self._built or folder in _NOT_OURS_AT_ROOT

    def _is_excluded(self, path: str) -> bool:
        """Whether a pattern ends at `path`; its folder was asked about before."""
        folder, _, name = path.rpartition("/")
        if path not in self._reached:
            before = self._reached[folder]
            self._reached[path] = [
                glob.after(states, name) for glob, states in zip(self._globs, before, strict=True)
            ]
        return any(glob.end in states for glob, states in zip(self._globs, self._reached[path], strict=True))


def path_matches(parts: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    """Whether `pattern` means the path of `parts` as a whole."""
    glob = _Glob("/".join(pattern))
    states = glob.start
    for name in parts:
        states = glob.after(states, name)
    return glob.end in states


class _Glob:
    """One pattern as a machine whose states are its parts, so that no path takes long to match.

    `**` stands for any number of folders; every other part for exactly one name.
    """

    def __init__(self, pattern: str) -> None:
        self._parts = pattern.strip("/").split("/")
        self.end = len(self._parts)
        self.start = self._closed({0})

    def after(self, states: frozenset[int], name: str) -> frozenset[int]:
        """The states that one more name of a path leads to."""
        return self._closed({self._next(state) for state in states if self._takes(state, name)})

    def _takes(self, state: int, name: str) -> bool:
        return state < self.end and (
            self._parts[state] == "**" or fnmatch.fnmatchcase(name, self._parts[state])
        )

    def _next(self, state: int) -> int:
        return state if self._parts[state] == "**" else state + 1

    def _closed(self, states: set[int]) -> frozenset[int]:
        """With the states behind each `**`, which may stand for no folder at all."""
        for state in list(states):
            while state < self.end and self._parts[state] == "**":
                state += 1
                states.add(state)
        return frozenset(states)
