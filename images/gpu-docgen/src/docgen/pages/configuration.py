"""`docs/configuration.md`: what can be set, run and reached, and what is needed for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.contract import Claim, Page
from docgen.pages import declared
from docgen.pages.markdown import code, prose, table
from docgen.pages.overview import ci_commands, commands
from docgen.pages.site import Draft, headed, joined, source_link, title, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docgen.facts.model import Dependency, Manifest, Place
    from docgen.pages.site import Site

NAME = "configuration"


def draft(site: Site) -> Draft | None:
    """The block; None where nothing can be configured, run or installed."""
    path = site.pages.get(NAME)
    if path is None:
        return None
    top = site.top(path)
    sections = {key: section(site, path) for key, section in _SECTIONS}
    if not any(sections.values()):
        return None
    heading = title(top, site.words.text("configuration.title", name=prose(site.facts.name)))
    body = joined(heading, headed(site, NAME, top + 1, sections))
    return Draft(Page.CONFIGURATION, path, NAME, body, tuple(_claims(site)), told(sections))


def _dependencies(site: Site, path: str) -> str:
    found = [manifest for manifest in site.facts.manifests if manifest.dependencies]
    return joined(*(_manifest(site, manifest, path) for manifest in found[:40]))


def _manifest(site: Site, manifest: Manifest, path: str) -> str:
    rows = [_dependency(item) for item in manifest.dependencies[: declared.MAX_ROWS]]
    where = source_link(path, manifest.dependencies[0].place, manifest.path)
    intro = site.words.text("configuration.declared", link=where)
    if manifest.requires:
        needed = prose(manifest.requires)
        intro = site.words.text("configuration.requires", requirement=needed, link=where)
    head = site.words.texts("column.dependency", "column.constraint", "column.needed_for")
    return joined(intro, table(head, rows))


def _dependency(item: Dependency) -> tuple[str, str, str]:
    return code(item.name), code(item.constraint), prose(item.group)


_SECTIONS: tuple[tuple[str, Callable[[Site, str], str]], ...] = (
    ("variables", declared.variables_table),
    ("programs", declared.programs_table),
    ("options", declared.options_table),
    ("routes", declared.routes_table),
    ("ports", declared.ports_table),
    ("files", declared.files_table),
    ("commands", declared.commands_table),
    ("workflows", declared.ci_table),
    ("dependencies", _dependencies),
)


def _claims(site: Site) -> Iterator[Claim]:
    for predicate, said, place in _declared(site):
        yield _claim(predicate, place.path, said, place)
    for command in (*commands(site.facts), *ci_commands(site.facts)):
        yield _claim("runs", command.run, command.does, command.place)
    for manifest in site.facts.manifests:
        for item in manifest.dependencies:
            yield _claim("depends_on", manifest.name or site.facts.name, item.name, item.place)


def _declared(site: Site) -> Iterator[tuple[str, str, Place]]:
    """What each file reads, accepts, serves and exposes."""
    for name, reads in declared.variables(site).items():
        yield from (("reads", name, read.place) for read in reads)
    for flag in declared.flags(site):
        yield from (("accepts", name, flag.place) for name in flag.names)
    for route in declared.routes(site):
        yield "serves", f"{route.method} {route.path}", route.place
    for port in site.facts.ports:
        yield "exposes", str(port.number), port.place


def _claim(predicate: str, subject: str, object_: str, place: Place) -> Claim:
    return Claim(
        block=NAME, predicate=predicate, subject=subject, object=object_, path=place.path, line=place.line
    )
