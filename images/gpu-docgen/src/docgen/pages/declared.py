"""Sections of the configuration page: what code and files declare to whoever runs the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.facts.model import Place
from docgen.pages.markdown import code, fence, prose, sentence, table
from docgen.pages.overview import ci_commands, command_cell, commands, entry_points
from docgen.pages.site import joined, source_link

if TYPE_CHECKING:
    from docgen.facts.model import Command, Flag, Port, Route, Variable
    from docgen.pages.site import Site

MAX_ROWS = 300
MAX_PLACES = 4


def variables(site: Site) -> dict[str, list[Variable]]:
    """The places that read each variable, by its name."""
    found: dict[str, list[Variable]] = {}
    for module in site.facts.modules:
        for variable in module.variables:
            found.setdefault(variable.name, []).append(variable)
    return dict(sorted(found.items()))


def variables_table(site: Site, path: str) -> str:
    """Every environment variable once, with the default that all reads share and where it is read."""
    rows = [_variable(site, name, reads, path) for name, reads in variables(site).items()]
    return table(
        site.words.texts("column.variable", "column.default_in_code", "column.read_at"), rows[:MAX_ROWS]
    )


def _variable(site: Site, name: str, reads: list[Variable], path: str) -> tuple[str, str, str]:
    places = list(dict.fromkeys(read.place for read in reads))
    if len(places) > MAX_PLACES:
        # The first of each file: what is counted below is files, as a page without lines shows them.
        places = [*{place.path: place for place in reversed(places)}.values()][::-1]
    shown = site.words.listed(source_link(path, place) for place in places[:MAX_PLACES])
    if len(places) > MAX_PLACES:
        shown = site.words.count("configuration.more", len(places) - MAX_PLACES, places=shown)
    return code(name), code(_shared_default(reads) or ""), shown


def _shared_default(reads: list[Variable]) -> str | None:
    """The default of every read; None where one read has none or another."""
    defaults = {read.default for read in reads}
    return defaults.pop() if len(defaults) == 1 else None


def programs_table(site: Site, path: str) -> str:
    """Every program that an installation provides."""
    rows = [
        (code(point.name), code(point.target), source_link(path, point.place))
        for point in entry_points(site.facts)
    ]
    return table(site.words.texts("column.program", "column.starts", "column.declared_in"), rows)


def flags(site: Site) -> list[Flag]:
    """Every command line option, in the order of the files."""
    return [flag for module in site.facts.modules for flag in module.flags]


def options_table(site: Site, path: str) -> str:
    """Every option, with the subcommand it belongs to and its default."""
    rows = [_option(flag, path) for flag in flags(site)[:MAX_ROWS]]
    head = ("column.command", "column.option", "column.default", "column.help", "column.declared_at")
    return table(site.words.texts(*head), rows)


def _option(flag: Flag, path: str) -> tuple[str, str, str, str, str]:
    names = ", ".join(map(code, flag.names))
    default, help_ = code(flag.default or ""), prose(sentence(flag.help))
    return code(flag.command), names, default, help_, source_link(path, flag.place)


def routes(site: Site) -> list[Route]:
    """Every HTTP route, in the order of the files."""
    return [route for module in site.facts.modules for route in module.routes]


def routes_table(site: Site, path: str) -> str:
    """Every route with what answers it."""
    rows = [
        (code(route.method), code(route.path or "/"), code(route.handler), source_link(path, route.place))
        for route in routes(site)[:MAX_ROWS]
    ]
    head = ("column.method", "column.path", "column.handler", "column.declared_at")
    found = table(site.words.texts(*head), rows)
    return joined(site.words.text("configuration.prefixes"), found) if rows else ""


def ports_table(site: Site, path: str) -> str:
    """Every port that a container file declares."""
    rows = [
        (code(str(port.number)), _as_declared(port), source_link(path, port.place))
        for port in site.facts.ports[:MAX_ROWS]
    ]
    return table(site.words.texts("column.port", "column.as_declared", "column.declared_in"), rows)


def _as_declared(port: Port) -> str:
    return f"{code(port.service)} {code(port.says)}" if port.service else code(port.says)


def files_table(site: Site, path: str) -> str:
    """Every well-known configuration file, with what reads it."""
    rows = [
        (source_link(path, Place(file.path)), prose(file.does)) for file in site.facts.config_files[:MAX_ROWS]
    ]
    return table(site.words.texts("column.file", "column.readers"), rows)


def commands_table(site: Site, path: str) -> str:
    """Every command that the project gives a name."""
    rows = [
        (code(item.run), command_cell(item), source_link(path, item.place)) for item in commands(site.facts)
    ]
    head = site.words.texts("column.command", "column.does", "column.declared_in")
    return table(head, rows[:MAX_ROWS])


def ci_table(site: Site, path: str) -> str:
    """What the workflows run to build, test and lint; what takes several lines stands as it is written."""
    found = ci_commands(site.facts)[:MAX_ROWS]
    single = [item for item in found if "\n" not in item.run]
    rows = [(code(item.run), prose(item.name), source_link(path, item.place)) for item in single]
    blocks = [_block(site, item, path) for item in found if "\n" in item.run]
    return joined(table(site.words.texts("column.command", "column.step", "column.workflow"), rows), *blocks)


def _block(site: Site, item: Command, path: str) -> str:
    place = source_link(path, item.place)
    intro = site.words.text("configuration.step", link=place)
    if item.name:
        intro = site.words.text("configuration.named_step", name=prose(item.name), link=place)
    return joined(intro, fence(item.run, "sh"))
