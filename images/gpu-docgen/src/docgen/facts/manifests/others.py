"""`Cargo.toml` and `go.mod`: name, description, dependencies and what builds them."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from docgen.facts.manifests.values import line_of, section_line, table, text
from docgen.facts.model import Command, Dependency, EntryPoint, Manifest, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

_GO_REQUIRE = re.compile(r"^(?:require\s+|\t)([^\s()]+)\s+(v\S+)")


def read_cargo(path: str, source: str, present: frozenset[str]) -> Manifest | None:
    """The manifest of a Rust package or workspace; None where the file is not TOML."""
    try:
        data = tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None
    package = table(data, "package")
    rust = text(package.get("rust-version"))
    place = Place(path, section_line(source, "package"))
    programs = tuple(_programs(data, path, source, present))
    return Manifest(
        path=path,
        kind="Cargo.toml",
        name=text(package.get("name")),
        description=text(package.get("description")),
        license=text(package.get("license")),
        requires=f"Rust {rust}" if rust else "",
        dependencies=tuple(_crates(data, path, source)),
        install="cargo install --path ." if programs else "",
        commands=(Command("cargo build", "build", "", place), Command("cargo test", "test", "", place)),
        entry_points=programs,
    )


def _crates(data: dict[str, object], path: str, source: str) -> Iterator[Dependency]:
    for key, group in (
        ("dependencies", ""),
        ("build-dependencies", "build"),
        ("dev-dependencies", "development"),
    ):
        start = section_line(source, key)
        for name, wanted in table(data, key).items():
            constraint = text(wanted) or text(table(wanted).get("version"))
            yield Dependency(name, constraint, group, Place(path, line_of(source, name, start)))


def _programs(
    data: dict[str, object], path: str, source: str, present: frozenset[str]
) -> Iterator[EntryPoint]:
    """What `[[bin]]` names, and the files that Cargo makes a program of without being told."""
    folder, package = path.removesuffix("Cargo.toml"), table(data, "package")
    own = text(package.get("name"))
    found = data.get("bin")
    named = {text(table(item).get("name")): text(table(item).get("path")) for item in _list(found)}
    if own and package.get("autobins") is not False:
        named = dict.fromkeys([own, *_in_bin(folder, present)], "") | named
    for name, written in named.items():
        usual = (f"src/bin/{name}.rs", f"src/bin/{name}/main.rs", *(("src/main.rs",) if name == own else ()))
        target = written or next((file for file in usual if f"{folder}{file}" in present), "")
        if name and target:
            yield EntryPoint(name, target, Place(path, line_of(source, name)))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _in_bin(folder: str, present: frozenset[str]) -> list[str]:
    """The names of the programs below `src/bin`."""
    program = re.compile(rf"{re.escape(folder)}src/bin/([\w-]+)(?:/main)?\.rs")
    return sorted({match[1] for file in present if (match := program.fullmatch(file))})


def read_go_mod(path: str, source: str, present: frozenset[str]) -> Manifest:
    """The module's name, its Go version and what it requires directly."""
    lines = source.split("\n")
    name = next((line.removeprefix("module ").strip() for line in lines if line.startswith("module ")), "")
    version = next((line.removeprefix("go ").strip() for line in lines if line.startswith("go ")), "")
    found = [
        Dependency(match[1], match[2], "", Place(path, number))
        for number, line in enumerate(lines, 1)
        if (match := _GO_REQUIRE.match(line)) and "// indirect" not in line
    ]
    requires = f"Go {version}" if version else ""
    commands = (Command("go build ./...", "build", "", Place(path, 1)),) if name else ()
    folder = path.removesuffix("go.mod")
    if name and any(file.startswith(folder) and file.endswith("_test.go") for file in present):
        commands = (*commands, Command("go test ./...", "test", "", Place(path, 1)))
    return Manifest(path, "go.mod", name, requires=requires, dependencies=tuple(found), commands=commands)
