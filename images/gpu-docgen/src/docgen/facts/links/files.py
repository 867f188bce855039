"""Imports that name files: JavaScript, TypeScript, C, C++, Ruby, Shell, and PHP's `require`."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from docgen.facts.links.index import folder_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.links.index import Index
    from docgen.facts.syntax.references import Reference
    from docgen.facts.syntax.source import Source

_SUFFIXES = ("", ".ts", ".tsx", ".d.ts", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts")
_SCRIPT_FOLDER = re.compile(
    r"""^"?(?:\$\(dirname\s+(?:--\s+)?"?\$\{?(?:0|BASH_SOURCE(?:\[0\])?)\}?"?\)|\$\{(?:0|BASH_SOURCE)%/\*\})/"""
)


def script_files(reference: Reference, source: Source, index: Index) -> Iterator[str]:
    """A relative import of JavaScript or TypeScript."""
    if not reference.path.startswith("."):
        return
    base = _joined(source, reference.path)
    yield from _first(path_candidates(base), index)


def path_candidates(base: str) -> Iterator[str]:
    """The files that a path in an import may mean, the most likely first."""
    for suffix in _SUFFIXES:
        yield base + suffix
    stem, _, suffix = base.rpartition(".")
    if suffix in {"js", "mjs", "cjs", "jsx"}:  # TypeScript writes the name of what it will become
        yield from (f"{stem}.{suffix.replace('js', 'ts')}", f"{stem}.tsx", f"{stem}.d.ts")
    for suffix in _SUFFIXES[1:]:
        yield f"{base}/index{suffix}"


def included_files(reference: Reference, source: Source, index: Index) -> Iterator[str]:
    """`#include`: beside the file, else the only header of that name; in angle brackets below `include`."""
    if reference.mark == "all":
        path = reference.path.strip("<>")
        yield from _only([p for p in index.ending_with(path) if f"/{p}".endswith(f"/include/{path}")])
        return
    beside = _joined(source, reference.path)
    if beside in index.paths:
        yield beside
    elif not reference.path.startswith("."):
        yield from _only(index.ending_with(reference.path))


def ruby_files(reference: Reference, source: Source, index: Index) -> Iterator[str]:
    """`require_relative` beside the file, `require` and `autoload` below a `lib` folder."""
    path = reference.path if reference.path.endswith(".rb") else f"{reference.path}.rb"
    if reference.mark != "all":
        yield from _first(iter([_joined(source, path)]), index)
        return
    yield from _only([p for p in index.ending_with(path) if f"/{p}".endswith(f"/lib/{path}")])


def shell_files(reference: Reference, source: Source, index: Index) -> Iterator[str]:
    """`source`: a path without variables, or one that starts with the folder of the script."""
    path, found = _SCRIPT_FOLDER.subn("", reference.path)
    path = path.strip("\"'")
    if "$" in path or "`" in path:
        return
    bases = [_joined(source, path)] if found else [_joined(source, path), posixpath.normpath(path)]
    yield from _only([base for base in dict.fromkeys(bases) if base in index.paths])


def required_file(reference: Reference, source: Source, index: Index) -> Iterator[str]:
    """`require __DIR__ . '/file.php'` of PHP."""
    yield from _first(iter([_joined(source, reference.path.lstrip("/"))]), index)


def _joined(source: Source, path: str) -> str:
    return posixpath.normpath(posixpath.join(folder_of(source.module.path), path))


def _first(candidates: Iterator[str], index: Index) -> Iterator[str]:
    found = next((path for path in candidates if path in index.paths), None)
    if found:
        yield found


def _only(found: list[str] | tuple[str, ...]) -> Iterator[str]:
    """The one that is meant; nothing where several could be."""
    if len(found) == 1:
        yield found[0]
