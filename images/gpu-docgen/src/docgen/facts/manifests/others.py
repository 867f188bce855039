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


def read_cargo(path: str, source: str) -> Manifest | None:
    """The manifest of a Rust package or workspace; None where the file is not TOML."""
    try:
        data = tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None
    package = table(data, "package")
    rust = text(package.get("rust-version"))
    start = section_line(source, "package")
    return Manifest(
        path=path,
        kind="Cargo.toml",
        name=text(package.get("name")),
        description=text(package.get("description")),
        license=text(package.get("license")),
        requires=f"Rust {rust}" if rust else "",
        dependencies=tuple(_crates(data, path, source)),
        commands=(Command("cargo build", "build", "", Place(path, start)),),
        entry_points=tuple(_programs(data, path, source)),
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


def _programs(data: dict[str, object], path: str, source: str) -> Iterator[EntryPoint]:
    found = data.get("bin")
    for item in found if isinstance(found, list) else []:
        name, target = text(table(item).get("name")), text(table(item).get("path"))
        if name and target:
            yield EntryPoint(name, target, Place(path, line_of(source, name)))


def read_go_mod(path: str, source: str) -> Manifest:
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
    build = Command("go build ./...", "build", "", Place(path, 1))
    return Manifest(
        path, "go.mod", name, requires=requires, dependencies=tuple(found), commands=(build,) if name else ()
    )
