"""`package.json`."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from docgen.facts.manifests.npm_exports import package_opens
from docgen.facts.manifests.values import line_of, section_line, table, text
from docgen.facts.model import Command, Dependency, EntryPoint, Manifest, Place

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

_GROUPS = {
    "dependencies": "",
    "peerDependencies": "peer",
    "optionalDependencies": "optional",
    "devDependencies": "development",
}
# What `npm init` writes where there are no tests.
_NO_TESTS = re.compile(r'^echo "Error: no test specified" && exit 1$')
_LOCKS = {
    "package-lock.json": "npm",
    "pnpm-lock.yaml": "pnpm",
    "yarn.lock": "yarn",
    "bun.lockb": "bun",
    "bun.lock": "bun",
}


def read_package_json(path: str, source: str, present: Container[str]) -> Manifest | None:
    """The manifest; None where the file is not a JSON object."""
    try:
        data = table(json.loads(source))
    except (ValueError, RecursionError):
        return None
    if not data:
        return None
    node = text(table(data, "engines").get("node"))
    program = manager(path, data, present)
    return Manifest(
        path=path,
        kind="package.json",
        name=text(data.get("name")),
        description=text(data.get("description")),
        license=text(data.get("license")) or text(table(data, "license").get("type")),
        requires=f"Node.js {node}" if node else "",
        install=f"{program} install",
        dependencies=tuple(_dependencies(data, path, source)),
        commands=tuple(_commands(data, program, path, source)),
        entry_points=tuple(_entry_points(data, path, source)),
        opens=package_opens(data),
    )


def manager(path: str, data: dict[str, object], present: Container[str]) -> str:
    """The package manager that the repository names or keeps a lock file of, here or above; else npm."""
    named = text(data.get("packageManager")).partition("@")[0]
    if named in {"npm", "pnpm", "yarn", "bun"}:
        return named
    folders = [path.removesuffix("package.json")]
    while folders[-1]:
        above = folders[-1].rstrip("/").rpartition("/")[0]
        folders.append(f"{above}/" if above else "")
    found = (known for folder in folders for lock, known in _LOCKS.items() if folder + lock in present)
    return next(found, "npm")


def _dependencies(data: dict[str, object], path: str, source: str) -> Iterator[Dependency]:
    for key, group in _GROUPS.items():
        start = section_line(source, key)
        for name, constraint in table(data, key).items():
            place = Place(path, line_of(source, f'"{name}"', start))
            yield Dependency(name, text(constraint), group, place)


def _commands(data: dict[str, object], manager: str, path: str, source: str) -> Iterator[Command]:
    start = section_line(source, "scripts")
    for name, does in table(data, "scripts").items():
        if _NO_TESTS.match(text(does)):
            continue
        short = manager == "npm" and name in {"test", "start"}
        run = f"{manager} {name}" if short else f"{manager} run {name}"
        yield Command(run, name, text(does), Place(path, line_of(source, f'"{name}"', start)))


def _entry_points(data: dict[str, object], path: str, source: str) -> Iterator[EntryPoint]:
    found = data.get("bin")
    programs = {text(data.get("name")).rpartition("/")[2]: found} if isinstance(found, str) else table(found)
    start = max(section_line(source, "bin") - 1, 0)
    for name, target in programs.items():
        if name and text(target):
            line = line_of(source, f'"{name}"', start) or start + 1
            yield EntryPoint(name, text(target), Place(path, line))
