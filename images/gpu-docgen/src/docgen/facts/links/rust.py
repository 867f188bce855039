"""Rust: `mod` names a file, `use` a path through the modules of a crate of the repository."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.facts.links.index import folder_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.links.index import Index
    from docgen.facts.syntax.references import Reference
    from docgen.facts.syntax.source import Source

_ROOTS = ("lib.rs", "main.rs")
_TOKENS = re.compile(r"::|[{},*]|\bas\b|[\w#]+")
_MAX_PATHS = 500


def rust_files(reference: Reference, source: Source, index: Index) -> Iterator[str]:
    """The files that a `mod` or `use` leads to."""
    path = source.module.path
    if reference.mark == "mod":
        yield from _module(f"{own_folder(path)}/{reference.path}".lstrip("/"), index)
        return
    for parts in use_paths(reference.path):
        yield from (file for file, _ in followed(parts, path, index))


def own_folder(path: str) -> str:
    """The folder that holds the modules inside the module at `path`."""
    name = path.rpartition("/")[2]
    return folder_of(path) if name in {*_ROOTS, "mod.rs"} else path.removesuffix(".rs")


def use_paths(text: str) -> list[tuple[str, ...]]:
    """The paths of a `use` tree: `a::{b, c::*}` is `a::b` and `a::c::*`."""
    done: list[tuple[str, ...]] = []
    outer: list[tuple[str, ...]] = []
    start: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    skip = False
    for part in _TOKENS.findall(text):
        if part == "{":
            outer.append(start)
            start = path
        elif part in {",", "}"}:
            done += [path] if path != start else []
            path, skip = start, False
            if part == "}":
                start = outer.pop() if outer else ()
                path = start
        elif part == "as":
            skip = True
        elif part != "::" and not skip:
            path = (*path, part)
        if len(done) > _MAX_PATHS:
            break
    return [parts for parts in (*done, path if path != start else ()) if parts]


def followed(parts: tuple[str, ...], path: str, index: Index) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The deepest module on the way that is a file, and what of the path is left then."""
    base, rest = _start(parts, path, index)
    if base is None:
        return
    for end in range(len(rest), 0, -1):
        if found := list(_module("/".join(part for part in (base, *rest[:end]) if part), index)):
            yield from ((file, rest[end:]) for file in found)
            return
    yield from ((file, rest) for file in _home(base, index))


def _start(parts: tuple[str, ...], path: str, index: Index) -> tuple[str | None, tuple[str, ...]]:
    """The folder that a path starts from, and what of it is left to follow."""
    first = parts[0] if parts else ""
    if first == "crate":
        return crate_folder(path, index), parts[1:]
    if first in {"self", "super"}:
        base = own_folder(path)
        rest = parts[1:] if first == "self" else parts
        while rest and rest[0] == "super":
            base, rest = folder_of(base), rest[1:]
        return base, rest
    crates = {name.replace("-", "_"): folder for name, folder in index.roots("Cargo.toml").items()}
    if first in crates:
        return f"{crates[first]}/src".lstrip("/"), parts[1:]
    child = f"{own_folder(path)}/{first}".lstrip("/")
    return (own_folder(path), parts) if first and any(_module(child, index)) else (None, ())


def crate_folder(path: str, index: Index) -> str | None:
    """The folder of the crate root above `path`."""
    folder = folder_of(path)
    while True:
        if any(f"{folder}/{root}".lstrip("/") in index.paths for root in _ROOTS):
            return folder
        if not folder:
            return None
        folder = folder_of(folder)


def _module(base: str, index: Index) -> Iterator[str]:
    yield from (path for path in (f"{base}.rs", f"{base}/mod.rs") if path in index.paths)


def _home(base: str, index: Index) -> list[str]:
    """The file whose modules are in the folder `base`."""
    inside = [f"{base}/{name}".lstrip("/") for name in (*_ROOTS, "mod.rs")]
    return [path for path in (*inside, f"{base}.rs") if path in index.paths][:1]
