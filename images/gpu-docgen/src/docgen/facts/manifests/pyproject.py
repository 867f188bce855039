"""`pyproject.toml`: PEP 621 and Poetry, and the tools whose commands it declares."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from docgen.facts.manifests.requirements import dependencies
from docgen.facts.manifests.values import line_of, section_line, table, text, texts
from docgen.facts.model import Command, Dependency, EntryPoint, Manifest, Place

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_pyproject(path: str, source: str) -> Manifest | None:
    """The manifest; None where the file is not TOML."""
    try:
        data = tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None
    project, poetry = table(data, "project"), table(data, "tool", "poetry")
    python = text(project.get("requires-python")) or text(table(poetry, "dependencies").get("python"))
    return Manifest(
        path=path,
        kind="pyproject",
        name=text(project.get("name")) or text(poetry.get("name")),
        description=text(project.get("description")) or text(poetry.get("description")),
        license=_license(project) or text(poetry.get("license")),
        requires=f"Python {python}" if python else "",
        install="pip install ." if _is_package(data) else "",
        dependencies=(*_dependencies(data, path, source), *_poetry(poetry, path, source)),
        commands=tuple(_commands(data, path, source)),
        entry_points=tuple(_entry_points(project, poetry, path, source)),
    )


def _is_package(data: dict[str, object]) -> bool:
    """Whether there is something to install; Poetry and uv can be told that there is not."""
    project, poetry, uv = (table(data, *keys) for keys in (("project",), ("tool", "poetry"), ("tool", "uv")))
    unwanted = poetry.get("package-mode") is False or uv.get("package") is False
    return "build-system" in data and bool(project or poetry) and not unwanted


def _license(project: dict[str, object]) -> str:
    declared = text(project.get("license")) or text(table(project, "license").get("text"))
    if not declared:
        classifiers = [item for item in texts(project.get("classifiers")) if item.startswith("License ::")]
        declared = " ".join(classifiers)
    if declared.startswith("License ::"):
        declared = declared.rpartition("::")[2].strip() if declared.count("License ::") == 1 else ""
    return declared if len(declared) <= 60 else ""


def _dependencies(data: dict[str, object], path: str, source: str) -> Iterator[Dependency]:
    project = table(data, "project")
    start = section_line(source, "project")
    after = next(
        (n for n, line in enumerate(source.split("\n"), 1) if n > start and line.startswith("dependencies")),
        0,
    )
    yield from dependencies(texts(project.get("dependencies")), "", path, source, max(after - 1, 0))
    for group, items in table(project, "optional-dependencies").items():
        start = section_line(source, "project.optional-dependencies")
        yield from dependencies(texts(items), f"extra {group}", path, source, start)
    for group, items in table(data, "dependency-groups").items():
        start = section_line(source, "dependency-groups")
        yield from dependencies(texts(items), f"group {group}", path, source, start)


def _poetry(poetry: dict[str, object], path: str, source: str) -> Iterator[Dependency]:
    groups = {"": table(poetry, "dependencies"), "group dev": table(poetry, "dev-dependencies")}
    for group in table(poetry, "group"):
        groups[f"group {group}"] = table(poetry, "group", group, "dependencies")
    for group, items in groups.items():
        for name, wanted in items.items():
            if name != "python":
                constraint = text(wanted) or text(table(wanted).get("version"))
                yield Dependency(name, constraint, group, Place(path, line_of(source, name)))


def _entry_points(
    project: dict[str, object], poetry: dict[str, object], path: str, source: str
) -> Iterator[EntryPoint]:
    for header, found in (
        ("project.scripts", table(project, "scripts")),
        ("project.gui-scripts", table(project, "gui-scripts")),
        ("tool.poetry.scripts", table(poetry, "scripts")),
    ):
        start = section_line(source, header)
        for name, target in found.items():
            if text(target):
                yield EntryPoint(name, text(target), Place(path, line_of(source, name, start)))


def _commands(data: dict[str, object], path: str, source: str) -> Iterator[Command]:
    tool = table(data, "tool")
    if "pytest" in tool:
        yield Command("pytest", "test", "", Place(path, _tool_line(source, "pytest")))
    if "tox" in tool:
        yield Command("tox", "test", "", Place(path, _tool_line(source, "tox")))
    for runner, header in (("poe", "tool.poe.tasks"), ("pdm run", "tool.pdm.scripts")):
        start = section_line(source, header)
        public = {name: does for name, does in table(data, *header.split(".")).items() if name[:1] != "_"}
        for name, does in public.items():
            yield Command(f"{runner} {name}", name, text(does), Place(path, line_of(source, name, start)))
    for env in table(tool, "hatch", "envs"):
        header = f"tool.hatch.envs.{env}.scripts"
        prefix = "" if env == "default" else f"{env}:"
        for name, does in table(tool, "hatch", "envs", env, "scripts").items():
            place = Place(path, line_of(source, name, section_line(source, header)))
            yield Command(f"hatch run {prefix}{name}", name, text(does), place)


def _tool_line(source: str, name: str) -> int:
    """The first table of a tool, which may itself be divided."""
    lines = enumerate(source.split("\n"), 1)
    return next(
        (number for number, line in lines if line.startswith((f"[tool.{name}]", f"[tool.{name}."))), 0
    )
