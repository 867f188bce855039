"""`docs/configuration.md`: environment variables, programs and options, commands, dependencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.contract import Claim, Page
from docgen.pages.markdown import code, prose, sentence, table
from docgen.pages.overview import command_cell, commands, entry_points
from docgen.pages.site import Draft, joined, source_link, title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.model import Dependency, Flag, Manifest, Variable
    from docgen.pages.site import Site

NAME = "configuration"
_MAX_ROWS = 300


def draft(site: Site) -> Draft | None:
    """The block; None where nothing can be configured, run or installed."""
    path = site.pages.get(NAME)
    if path is None:
        return None
    top = site.top(path)
    parts = (
        _section(top, "Environment variables", _variables(site, path)),
        _section(top, "Programs", _programs(site, path)),
        _section(top, "Command line options", _options(site, path)),
        _section(top, "Commands", _commands(site, path)),
        _section(top, "Dependencies", _dependencies(site, path)),
    )
    if not any(parts):
        return None
    body = joined(title(top, f"Configuration of {prose(site.facts.name)}"), *parts)
    return Draft(Page.CONFIGURATION, path, NAME, body, tuple(_claims(site)))


def _section(top: int, name: str, body: str) -> str:
    return joined(title(top + 1, name), body) if body else ""


def variables(site: Site) -> dict[str, list[Variable]]:
    """The places that read each variable, by its name."""
    found: dict[str, list[Variable]] = {}
    for module in site.facts.modules:
        for variable in module.variables:
            found.setdefault(variable.name, []).append(variable)
    return dict(sorted(found.items()))


def _variables(site: Site, path: str) -> str:
    rows = [_variable(name, reads, path) for name, reads in variables(site).items()]
    return table(("Variable", "Default in the code", "Read at"), rows[:_MAX_ROWS])


def _variable(name: str, reads: list[Variable], path: str) -> tuple[str, str, str]:
    defaults = dict.fromkeys(read.default for read in reads if read.default is not None)
    places = [source_link(path, read.place) for read in reads]
    more = f" and {len(places) - 4} more" if len(places) > 4 else ""
    return code(name), ", ".join(map(code, defaults)), ", ".join(places[:4]) + more


def _programs(site: Site, path: str) -> str:
    rows = [
        (code(point.name), code(point.target), source_link(path, point.place))
        for point in entry_points(site.facts)
    ]
    return table(("Program", "Starts", "Declared in"), rows)


def _options(site: Site, path: str) -> str:
    flags = [flag for module in site.facts.modules for flag in module.flags]
    return table(("Option", "Help", "Declared at"), [_option(flag, path) for flag in flags[:_MAX_ROWS]])


def _option(flag: Flag, path: str) -> tuple[str, str, str]:
    return ", ".join(map(code, flag.names)), prose(sentence(flag.help)), source_link(path, flag.place)


def _commands(site: Site, path: str) -> str:
    rows = [
        (code(item.run), command_cell(item), source_link(path, item.place)) for item in commands(site.facts)
    ]
    return table(("Command", "What it does", "Declared in"), rows[:_MAX_ROWS])


def _dependencies(site: Site, path: str) -> str:
    found = [manifest for manifest in site.facts.manifests if manifest.dependencies]
    return joined(*(_manifest(manifest, path) for manifest in found[:40]))


def _manifest(manifest: Manifest, path: str) -> str:
    rows = [_dependency(item) for item in manifest.dependencies[:_MAX_ROWS]]
    needs = f"{prose(manifest.requires)}; " if manifest.requires else ""
    heading = f"{needs}declared in {source_link(path, manifest.dependencies[0].place, manifest.path)}:"
    return joined(heading[0].upper() + heading[1:], table(("Dependency", "Constraint", "Needed for"), rows))


def _dependency(item: Dependency) -> tuple[str, str, str]:
    return code(item.name), code(item.constraint), prose(item.group)


def _claims(site: Site) -> Iterator[Claim]:
    for name, reads in variables(site).items():
        for read in reads:
            yield _claim("reads", read.place.path, name, read.place.path, read.place.line)
    for command in commands(site.facts):
        yield _claim("runs", command.run, command.does, command.place.path, command.place.line)
    for manifest in site.facts.manifests:
        for item in manifest.dependencies:
            name = manifest.name or site.facts.name
            yield _claim("depends_on", name, item.name, item.place.path, item.place.line)


def _claim(predicate: str, subject: str, object_: str, path: str, line: int) -> Claim:
    return Claim(block=NAME, predicate=predicate, subject=subject, object=object_, path=path, line=line)
