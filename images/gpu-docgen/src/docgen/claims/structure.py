"""Facts as relations between entities, from what the readers found. Every reader here is one relation."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from docgen.claims.model import Entity, Fact, Sort
from docgen.facts.model import Kind, Place
from docgen.pages.overview import commands, description, entry_points, project_manifests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docgen.facts.model import Facts, Module, Symbol

_MAX_LITERAL = 80
_PROPERTY = re.compile(r"@(?:\w+\.)*(?:cached_)?property\b")
_EXCEPTION = re.compile(r"(?:Error|Exception|Warning)$")


def project(facts: Facts) -> Entity:
    """The repository as a whole."""
    return Entity(Sort.PROJECT, facts.name, "project", Place(facts.root.path if facts.root else ""))


def module_entity(module: Module) -> Entity:
    """A module or package."""
    kind = "package" if module.is_package else "module"
    return Entity(Sort.MODULE, module.name, kind, Place(module.path))


def symbol_entity(symbol: Symbol, owner: Symbol | None = None) -> Entity:
    """A symbol, or a member of one, under the name a reader would use."""
    name = f"{owner.name}.{symbol.name}" if owner else symbol.name
    kind = symbol.kind.value
    if owner:
        kind = {Kind.FUNCTION: "method", Kind.CONSTANT: "attribute"}.get(symbol.kind, kind)
        kind = "attribute" if _PROPERTY.match(symbol.signature) else kind
    if symbol.kind is Kind.CLASS and _EXCEPTION.search(symbol.name):
        kind = "exception"
    return Entity(Sort.SYMBOL, name, kind, symbol.place)


def literal(text: str, kind: str, place: Place) -> Entity:
    """A piece of source text."""
    return Entity(Sort.LITERAL, text, kind, place)


def symbols(module: Module) -> Iterator[tuple[Symbol, Symbol | None]]:
    """Every symbol of a module and every member of one, with its owner."""
    for symbol in module.symbols:
        yield symbol, None
        for member in symbol.members:
            yield member, symbol


def _defines(facts: Facts) -> Iterator[Fact]:
    for module in facts.modules:
        for symbol, owner in symbols(module):
            above = symbol_entity(owner) if owner else module_entity(module)
            yield Fact("defines", above, symbol_entity(symbol, owner), symbol.place)


def _contains(facts: Facts) -> Iterator[Fact]:
    packages = {m.name: m for m in facts.modules if m.is_package}
    for module in facts.modules:
        above = packages.get(module.name.rpartition(".")[0])
        if above:
            yield Fact("contains", module_entity(above), module_entity(module), Place(module.path))
        elif module.is_package:
            yield Fact("contains", project(facts), module_entity(module), Place(module.path))


def _imports(facts: Facts) -> Iterator[Fact]:
    by_path = {module.path: module for module in facts.modules}
    for edge in facts.edges:
        if edge.source in by_path and edge.target in by_path:
            source, target = module_entity(by_path[edge.source]), module_entity(by_path[edge.target])
            yield Fact("imports", source, target, edge.place)


def _signatures(facts: Facts) -> Iterator[Fact]:
    for module in facts.modules:
        if module.language == "Python":
            for symbol, owner in symbols(module):
                yield from _signature(symbol, symbol_entity(symbol, owner))


def _signature(symbol: Symbol, entity: Entity) -> Iterator[Fact]:
    if symbol.kind not in {Kind.FUNCTION, Kind.CLASS}:
        return
    try:
        node = ast.parse(f"{symbol.signature}: ...").body[0]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield from _function(node, entity)
    elif isinstance(node, ast.ClassDef):
        for base in node.bases:
            yield Fact("extends", entity, literal(ast.unparse(base), "base", entity.place), entity.place)


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, entity: Entity) -> Iterator[Fact]:
    arguments, place = node.args, entity.place
    plain = [*arguments.posonlyargs, *arguments.args]
    without = len(plain) - len(arguments.defaults)
    defaults = [*[None] * without, *arguments.defaults, *arguments.kw_defaults]
    for arg, default in zip([*plain, *arguments.kwonlyargs], defaults, strict=True):
        if arg.arg in {"self", "cls"}:
            continue
        parameter = Entity(Sort.PARAMETER, arg.arg, "parameter", place)
        yield Fact("takes", entity, parameter, place)
        shown = ast.unparse(default) if default is not None else ""
        if shown and len(shown) <= _MAX_LITERAL:
            yield Fact("defaults_to", parameter, literal(shown, "value", place), place)
    managed = any("contextmanager" in ast.unparse(item) for item in node.decorator_list)
    result = ast.unparse(node.returns) if node.returns and not managed else "None"
    if result not in {"None", "NoReturn", "Never"} and len(result) <= _MAX_LITERAL:
        yield Fact("returns", entity, literal(result, "result", place), place)


def _variables(facts: Facts) -> Iterator[Fact]:
    reads = [(module, item) for module in facts.modules for item in module.variables]
    defaults: dict[str, set[str | None]] = {}
    first: dict[str, Entity] = {}
    for _, item in reads:
        defaults.setdefault(item.name, set()).add(item.default)
        first.setdefault(item.name, Entity(Sort.VARIABLE, item.name, "environment variable", item.place))
    for module, item in reads:
        yield Fact("reads", module_entity(module), first[item.name], item.place)
        # Where two places disagree there is no one default.
        if item.default and len(item.default) <= _MAX_LITERAL and len(defaults[item.name]) == 1:
            value = literal(item.default, "value", first[item.name].place)
            yield Fact("defaults_to", first[item.name], value, item.place)


def _flags(facts: Facts) -> Iterator[Fact]:
    for module in facts.modules:
        for item in module.flags:
            names = [name for name in item.names if name.startswith("--")] or list(item.names)
            if names:
                flag = Entity(Sort.FLAG, names[0], "option", item.place)
                yield Fact("accepts", module_entity(module), flag, item.place)
                if item.default and len(item.default) <= _MAX_LITERAL:
                    yield Fact("defaults_to", flag, literal(item.default, "value", item.place), item.place)


def _routes(facts: Facts) -> Iterator[Fact]:
    for module in facts.modules:
        by_name = {symbol.name: symbol_entity(symbol) for symbol in module.symbols}
        for item in module.routes:
            route = Entity(Sort.ROUTE, f"{item.method} {item.path}", "route", item.place)
            yield Fact("serves", module_entity(module), route, item.place)
            if item.handler in by_name:
                yield Fact("handles", by_name[item.handler], route, item.place)


def _dependencies(facts: Facts) -> Iterator[Fact]:
    for manifest in project_manifests(facts):
        if manifest.folder:
            continue
        for item in manifest.dependencies:
            if not item.group:
                used = Entity(Sort.DEPENDENCY, item.name, "dependency", item.place)
                yield Fact("depends_on", project(facts), used, item.place)


def _programs(facts: Facts) -> Iterator[Fact]:
    by_name = {module.name: module for module in facts.modules}
    for point in entry_points(facts):
        program = Entity(Sort.PROGRAM, point.name, "program", point.place)
        if "/" not in point.place.path:
            yield Fact("installs", project(facts), program, point.place)
        home, _, name = point.target.partition(":")
        module = by_name.get(home)
        target = next((s for s in module.symbols if s.name == name), None) if module else None
        if target:
            yield Fact("starts", program, symbol_entity(target), point.place)
        elif module and not name:
            yield Fact("starts", program, module_entity(module), point.place)


def _commands(facts: Facts) -> Iterator[Fact]:
    for item in commands(facts):
        if item.does and item.does != item.run and len(item.does) <= _MAX_LITERAL and "\n" not in item.does:
            command = Entity(Sort.COMMAND, item.run, "command", item.place)
            is_sentence = item.does[:1].isupper() and " " in item.does
            if not is_sentence:
                yield Fact("runs", command, literal(item.does, "value", item.place), item.place)


def _ports(facts: Facts) -> Iterator[Fact]:
    for item in facts.ports:
        file = Entity(Sort.FILE, item.place.path, "file", Place(item.place.path))
        yield Fact("exposes", file, Entity(Sort.PORT, str(item.number), "port", item.place), item.place)


def _config_files(facts: Facts) -> Iterator[Fact]:
    for item in facts.config_files:
        place = Place(item.path)
        if re.fullmatch(r"[\w.+-]+(?: [\w.+-]+)?", item.does):
            tool = literal(item.does, "tool", place)
            yield Fact("configures", Entity(Sort.FILE, item.path, "file", place), tool, place)


def describing(facts: Facts) -> Iterator[tuple[Entity, str, Place]]:
    """What the repository's own words say of an entity: docstrings, descriptions and help texts."""
    text, place = description(facts)
    if text and place:
        yield project(facts), text, place
    for module in facts.modules:
        yield module_entity(module), module.doc, Place(module.path, 1)
        for symbol, owner in symbols(module):
            yield symbol_entity(symbol, owner), symbol.doc, symbol.place
        for flag in module.flags:
            names = [name for name in flag.names if name.startswith("--")] or list(flag.names)
            if names:
                yield Entity(Sort.FLAG, names[0], "option", flag.place), flag.help, flag.place


STRUCTURE: tuple[Callable[[Facts], Iterator[Fact]], ...] = (
    _defines, _contains, _imports, _signatures, _variables, _flags, _routes, _dependencies, _programs,
    _commands, _ports, _config_files,
)  # fmt: skip
