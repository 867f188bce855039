"""Workspaces: repositories of several packages, and the folders that are members."""

from __future__ import annotations

import json
import posixpath
import re
import tomllib
from typing import TYPE_CHECKING, NamedTuple

from docgen.facts.manifests import yaml_nodes
from docgen.facts.manifests.npm import manager
from docgen.facts.manifests.values import section_line, table, texts
from docgen.facts.model import Place, Workspace
from docgen.facts.scope import is_aside
from docgen.source.exclude import path_matches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docgen.source.tree import Tree

_GO_USE = re.compile(r"^\s*(?:use\s+)?(\.{1,2}(?:/\S*)?)\s*(?://.*)?$")
_MAX_PARTS = 20


class _Declared(NamedTuple):
    """What a file declares: patterns of folders, those left out, and the line."""

    tool: str
    members: list[str]
    excluded: list[str]
    line: int


def read_workspaces(tree: Tree) -> tuple[Workspace, ...]:
    """Each workspace with members that exist, the outermost first."""
    paths = sorted((path for path in tree.files if not is_aside(path)), key=lambda p: (p.count("/"), p))
    return tuple(found for path in paths for found in _read(tree, path))


def _read(tree: Tree, path: str) -> Iterator[Workspace]:
    name = path.rpartition("/")[2]
    if name not in _READERS:
        return
    manifest, reader = _READERS[name]
    declared = reader(tree, path)
    if declared is None:
        return
    members = _members(tree, posixpath.dirname(path), manifest, declared)
    if members:
        yield Workspace(declared.tool, members, Place(path, declared.line))


def _members(tree: Tree, base: str, manifest: str, declared: _Declared) -> tuple[str, ...]:
    """The folders with a manifest that a pattern means and none leaves out."""
    wanted = [_parts(base, pattern) for pattern in declared.members]
    excluded = [_parts(base, pattern) for pattern in declared.excluded]
    folders = [posixpath.dirname(path) for path in tree.files if path.rpartition("/")[2] == manifest]
    return tuple(
        sorted(folder for folder in folders if _is_one(folder, wanted) and not _is_one(folder, excluded))
    )


def _parts(base: str, pattern: str) -> tuple[str, ...]:
    """A pattern from the root of the repository; empty where it leads out of it."""
    whole = posixpath.normpath(posixpath.join(base, pattern))
    parts = tuple(whole.split("/"))
    return () if parts[0] in {"..", ""} or len(parts) > _MAX_PARTS else parts


def _is_one(folder: str, patterns: list[tuple[str, ...]]) -> bool:
    parts = tuple((folder or ".").split("/"))
    return any(pattern and path_matches(parts, pattern) for pattern in patterns)


def _npm(tree: Tree, path: str) -> _Declared | None:
    source = tree.text(path) or ""
    try:
        data = table(json.loads(source))
    except (ValueError, RecursionError):
        return None
    found = data.get("workspaces")
    patterns = texts(table(found).get("packages")) if isinstance(found, dict) else texts(found)
    tool = manager(path, data, tree.present)
    return _with_negations(tool, patterns, section_line(source, "workspaces"))


def _pnpm(tree: Tree, path: str) -> _Declared | None:
    node = yaml_nodes.child(yaml_nodes.root_of(tree.text(path) or ""), "packages")
    patterns = [yaml_nodes.scalar(item) for item in yaml_nodes.items(node)]
    return _with_negations("pnpm", patterns, yaml_nodes.line_of(node) - 1) if node else None


def _with_negations(tool: str, patterns: list[str], line: int) -> _Declared:
    members = [pattern for pattern in patterns if pattern and not pattern.startswith("!")]
    excluded = [pattern[1:] for pattern in patterns if pattern.startswith("!")]
    return _Declared(tool, members, excluded, line)


def _toml(tool: str, *keys: str) -> Callable[[Tree, str], _Declared | None]:
    """Members and exclusions in a table of a TOML file."""

    def read(tree: Tree, path: str) -> _Declared | None:
        source = tree.text(path) or ""
        try:
            found = table(tomllib.loads(source), *keys)
        except (tomllib.TOMLDecodeError, RecursionError, ValueError):
            return None
        line = section_line(source, ".".join(keys))
        return _Declared(tool, texts(found.get("members")), texts(found.get("exclude")), line)

    return read


def _go(tree: Tree, path: str) -> _Declared | None:
    lines = list(enumerate((tree.text(path) or "").split("\n"), 1))
    found = [(number, match[1]) for number, line in lines if (match := _GO_USE.match(line))]
    return _Declared("go", [member for _, member in found], [], found[0][0]) if found else None


# The file that declares a workspace, the manifest of each member, and what reads the former.
_READERS: dict[str, tuple[str, Callable[[Tree, str], _Declared | None]]] = {
    "package.json": ("package.json", _npm),
    "pnpm-workspace.yaml": ("package.json", _pnpm),
    "Cargo.toml": ("Cargo.toml", _toml("cargo", "workspace")),
    "pyproject.toml": ("pyproject.toml", _toml("uv", "tool", "uv", "workspace")),
    "go.work": ("go.mod", _go),
}
