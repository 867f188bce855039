"""`setup.cfg` and `setup.py`; of the latter only keyword arguments that are literals, or names of one."""

from __future__ import annotations

import ast
import configparser
from collections import Counter
from typing import TYPE_CHECKING

from docgen.facts.manifests.requirements import dependencies
from docgen.facts.manifests.values import line_of, section_line, table, text, texts
from docgen.facts.model import Command, Dependency, EntryPoint, Manifest, Place
from docgen.facts.python.source import last_name, literal, parse, touched_names

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_setup_cfg(path: str, source: str) -> Manifest | None:
    """The manifest; None where the file cannot be parsed."""
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(source)
    except configparser.Error:
        return None
    sections = {name: dict(parser[name]) for name in parser.sections()}
    metadata, options = sections.get("metadata", {}), sections.get("options", {})
    python = text(options.get("python_requires"))
    described = metadata.get("description", metadata.get("summary", ""))
    return Manifest(
        path=path,
        kind="setup.cfg",
        name=_plain(metadata.get("name", "")),
        description=_plain(described),
        license=_plain(metadata.get("license", "")),
        requires=f"Python {python}" if python else "",
        install="pip install ." if metadata.get("name") else "",
        dependencies=tuple(_cfg_dependencies(sections, path, source)),
        commands=_cfg_commands(sections, path, source),
        entry_points=tuple(
            _scripts(
                sections.get("options.entry_points", {}).get("console_scripts", ""),
                path,
                source,
                section_line(source, "options.entry_points"),
            )
        ),
    )


def _plain(value: str) -> str:
    """A value on one line; `attr:` and `file:` point elsewhere and say nothing here."""
    return "" if value.startswith(("attr:", "file:")) else text(value)


def _cfg_dependencies(sections: dict[str, dict[str, str]], path: str, source: str) -> Iterator[Dependency]:
    required = sections.get("options", {}).get("install_requires", "").splitlines()
    yield from dependencies(required, "", path, source, section_line(source, "options"))
    for group, found in sections.get("options.extras_require", {}).items():
        start = section_line(source, "options.extras_require")
        yield from dependencies(found.splitlines(), f"extra {group}", path, source, start)


def _cfg_commands(sections: dict[str, dict[str, str]], path: str, source: str) -> tuple[Command, ...]:
    if "tool:pytest" not in sections:
        return ()
    return (Command("pytest", "test", "", Place(path, section_line(source, "tool:pytest"))),)


def _scripts(found: str, path: str, source: str, after: int = 0) -> Iterator[EntryPoint]:
    for line in found.splitlines():
        name, equals, target = (part.strip() for part in line.partition("="))
        if equals:
            yield EntryPoint(name, target, Place(path, line_of(source, name, after)))


def read_setup_py(path: str, source: str) -> Manifest | None:
    """What a call of `setup` says in literals or their names; None where there is no such call."""
    tree = parse(source.encode(errors="replace"))
    calls = [node for node in ast.walk(tree) if _is_setup(node)] if tree else []
    if not tree or not calls or not isinstance(calls[0], ast.Call):
        return None
    constants = _constants(tree)
    values = {item.arg: _value(item.value, constants) for item in calls[0].keywords if item.arg}
    python = text(values.get("python_requires"))
    scripts = table(values.get("entry_points")).get("console_scripts")
    return Manifest(
        path=path,
        kind="setup.py",
        name=text(values.get("name")),
        description=text(values.get("description")),
        license=text(values.get("license")),
        requires=f"Python {python}" if python else "",
        install="pip install .",
        dependencies=tuple(_py_dependencies(values, path, source)),
        entry_points=tuple(_scripts("\n".join(texts(scripts)), path, source)),
    )


def _is_setup(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and last_name(node.func) == "setup"


def _value(node: ast.expr, constants: dict[str, ast.expr]) -> object:
    return literal(constants.get(node.id) if isinstance(node, ast.Name) else node)


def _constants(tree: ast.Module) -> dict[str, ast.expr]:
    """What the module assigns to a name that nothing else in the file binds or changes."""
    touched = Counter(name for node in ast.walk(tree) for name in touched_names(node))
    return {
        node.targets[0].id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and len(node.targets) == 1
        and isinstance(node.targets[0], ast.Name)
        and touched[node.targets[0].id] == 1
    }


def _py_dependencies(values: dict[str, object], path: str, source: str) -> Iterator[Dependency]:
    yield from dependencies(texts(values.get("install_requires")), "", path, source)
    for group, found in table(values.get("extras_require")).items():
        yield from dependencies(texts(found), f"extra {group}", path, source)
