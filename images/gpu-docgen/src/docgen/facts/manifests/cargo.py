"""`Cargo.toml`: what it says itself, and what it takes over from the workspace around it."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from docgen.facts.manifests.values import line_of, section_line, table, text
from docgen.facts.model import Command, Dependency, EntryPoint, Manifest, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.source.tree import Tree

_GROUPS = {"dependencies": "", "build-dependencies": "build", "dev-dependencies": "development"}


def read_cargo(path: str, source: str, tree: Tree) -> Manifest | None:
    """The manifest of a Rust package or workspace; None where the file is not TOML."""
    data = _parsed(source)
    if data is None:
        return None
    shared = _workspace_around(path, tree)
    package = _inherited(table(data, "package"), table(shared, "package"))
    rust = text(package.get("rust-version"))
    place = Place(path, section_line(source, "package"))
    programs = tuple(_programs(data, path, source, tree.present))
    return Manifest(
        path=path,
        kind="Cargo.toml",
        name=text(package.get("name")),
        description=text(package.get("description")),
        license=text(package.get("license")),
        requires=f"Rust {rust}" if rust else "",
        dependencies=tuple(_crates(data, table(shared, "dependencies"), path, source)),
        install="cargo install --path ." if programs else "",
        commands=(Command("cargo build", "build", "", place), Command("cargo test", "test", "", place)),
        entry_points=programs,
    )


def _parsed(source: str) -> dict[str, object] | None:
    try:
        return tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None


def _workspace_around(path: str, tree: Tree) -> dict[str, object]:
    """The `[workspace]` that members below it may refer to: the nearest one upwards."""
    folder = path.removesuffix("Cargo.toml").rstrip("/")
    while True:
        shared = table(_parsed(tree.text(f"{folder}/Cargo.toml".lstrip("/")) or "") or {}, "workspace")
        if shared or not folder:
            return shared
        folder = folder.rpartition("/")[0]


def _inherited(own: dict[str, object], shared: dict[str, object]) -> dict[str, object]:
    """A table whose `key.workspace = true` are replaced by what the workspace says there."""
    return {
        key: shared.get(key) if isinstance(value, dict) and value.get("workspace") is True else value
        for key, value in own.items()
    }


def _crates(
    data: dict[str, object], shared: dict[str, object], path: str, source: str
) -> Iterator[Dependency]:
    wheres: list[tuple[str, dict[str, object]]] = [("", data)]
    wheres += [(f"target.{cfg}.", table(data, "target", cfg)) for cfg in table(data, "target")]
    for prefix, where in wheres:
        for key, group in _GROUPS.items():
            start = section_line(source, f"{prefix}{key}")
            for name, wanted in _inherited(table(where, key), shared).items():
                constraint = text(wanted) or text(table(wanted).get("version"))
                said = f"{group} some platforms".strip() if prefix else group
                yield Dependency(name, constraint, said, Place(path, line_of(source, name, start)))


def _programs(
    data: dict[str, object], path: str, source: str, present: frozenset[str]
) -> Iterator[EntryPoint]:
    """What `[[bin]]` names, and the files that Cargo makes a program of without being told."""
    folder, package = path.removesuffix("Cargo.toml"), table(data, "package")
    own = text(package.get("name"))
    found = [table(item) for item in _list(data.get("bin"))]
    named = {text(item.get("name")): text(item.get("path")) for item in found}
    # `cargo install` leaves out a program that needs a feature which is not asked for.
    unbuilt = {text(item.get("name")) for item in found if item.get("required-features")}
    if own and package.get("autobins") is not False:
        named = dict.fromkeys([own, *_in_bin(folder, present)], "") | named
    for name, written in named.items():
        usual = (f"src/bin/{name}.rs", f"src/bin/{name}/main.rs", *(("src/main.rs",) if name == own else ()))
        target = written or next((file for file in usual if f"{folder}{file}" in present), "")
        if name and target and name not in unbuilt:
            yield EntryPoint(name, target, Place(path, line_of(source, name)))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _in_bin(folder: str, present: frozenset[str]) -> list[str]:
    """The names of the programs below `src/bin`."""
    program = re.compile(rf"{re.escape(folder)}src/bin/([\w-]+)(?:/main)?\.rs")
    return sorted({match[1] for file in present if (match := program.fullmatch(file))})
