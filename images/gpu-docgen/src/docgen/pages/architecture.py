"""`docs/ARCHITECTURE.md`: components, how they import each other, entry points, what is used from outside."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from docgen.contract import Claim, Page
from docgen.facts.model import Place
from docgen.pages.context import MAX_OUTSIDE, context, outside
from docgen.pages.diagram import mermaid
from docgen.pages.folders import folder_rows
from docgen.pages.layout import layout_table
from docgen.pages.markdown import code, prose, sentence, table
from docgen.pages.modules import arrows, import_graph
from docgen.pages.overview import description, entry_points, languages, project_manifests, quoted
from docgen.pages.site import Draft, joined, source_link, title
from docgen.pages.systems import System
from docgen.prose.render import paragraph
from docgen.prose.slots import component_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.model import Module
    from docgen.pages.site import Site

NAME = "architecture"
_MAX_ROWS = 60
_COMPONENT_COLUMNS = ("Component", "What it says it is", "Modules inside", "Modules that import it")


def draft(site: Site) -> Draft | None:
    """The block; None where the code shows no structure."""
    path = site.pages.get(NAME)
    if path is None or not (site.facts.modules or layout_table(site, path)):
        return None
    top = site.top(path)
    text, place = description(site.facts)
    body = joined(
        title(top, f"Architecture of {prose(site.facts.name)}"),
        quoted(text, source_link(path, place)) if place else "",
        _section(top, "Context", _context(site, path)),
        _section(top, "Layout", layout_table(site, path)),
        _section(top, "Components", joined(_components(site, path), _introductions(site, path))),
        _section(top, "Imports", _graph(site, path)),
        _section(top, "Entry points", _entry_points(site, path)),
        _section(top, "External dependencies", _dependencies(site, path)),
        _section(top, "Languages", _languages(site)),
    )
    return Draft(Page.ARCHITECTURE, path, NAME, body, tuple(_claims(site)))


def _section(top: int, name: str, body: str) -> str:
    return joined(title(top + 1, name), body) if body else ""


def _components(site: Site, path: str) -> str:
    """Packages where there are too many modules to list, else the modules."""
    linked = {path for edge in site.facts.edges for path in (edge.source, edge.target)}
    modules = [m for m in site.facts.modules if m.symbols or m.doc or m.path in linked]
    packages = [module for module in modules if module.is_package]
    shown = modules if len(modules) <= _MAX_ROWS else packages[:_MAX_ROWS]
    if len(modules) > _MAX_ROWS and not packages:
        rows = list(folder_rows(site.facts, modules, path))[:_MAX_ROWS]
        return table(_COMPONENT_COLUMNS, rows)
    used_by = Counter(edge.target for edge in site.facts.edges)
    rows = [_component(module, path, modules, used_by) for module in sorted(shown, key=lambda m: m.name)]
    return table(_COMPONENT_COLUMNS, rows)


def _component(
    module: Module, page: str, modules: list[Module], used_by: Counter[str]
) -> tuple[str, str, str, str]:
    below = sum(1 for other in modules if module.is_package and other.name.startswith(f"{module.name}."))
    users = used_by[module.path]
    return _name(module, page), prose(sentence(module.doc)), str(below or ""), str(users or "")


def _introductions(site: Site, path: str) -> str:
    """What a model wrote about components, as far as it stands."""
    told = [(module, site.prose.get(component_key(module.name))) for module in site.facts.modules]
    lines = [f"- {_name(module, path)}: {paragraph(prose_, path)}" for module, prose_ in told if prose_]
    return "\n".join(lines)


def _name(module: Module, page: str) -> str:
    return source_link(page, Place(module.path), module.name)


def _draws(site: Site, path: str) -> bool:
    """Whether the page is read where Mermaid is drawn; to Sphinx it is code it does not know."""
    return not (site.home.builds(path) and site.home.system is System.SPHINX)


def _context(site: Site, path: str) -> str:
    around = context(site.facts)
    if not around or not _draws(site, path):
        return ""
    used = len(outside(site.facts))
    scope = f" Of {used} packages the {MAX_OUTSIDE} that most modules import." if used > MAX_OUTSIDE else ""
    text = f"What starts it, what it reads and what it imports from outside.{scope}"
    return joined(text, mermaid(around))


def _graph(site: Site, path: str) -> str:
    graph = import_graph(site.facts)
    if graph is None or not _draws(site, path):
        return ""
    unit = "package or module" if graph.is_grouped else "module"
    scope = "" if graph.whole else f" Only the {len(graph.nodes)} with the most imports are shown."
    text = f"An arrow points from a {unit} to one that it imports, and says what it takes from there.{scope}"
    return joined(text, mermaid(arrows(graph)))


def _entry_points(site: Site, path: str) -> str:
    rows = [
        (code(point.name), code(point.target), source_link(path, point.place))
        for point in entry_points(site.facts)
    ]
    mains = [
        m for m in site.facts.modules if m.path.endswith("/__main__.py") and m.name.endswith(".__main__")
    ]
    rows += [(code(f"python -m {m.package}"), code(m.name), source_link(path, Place(m.path))) for m in mains]
    return table(("Command", "Starts", "Declared in"), rows)


def _dependencies(site: Site, path: str) -> str:
    rows = [
        (code(item.name), code(item.constraint), source_link(path, item.place))
        for manifest in project_manifests(site.facts)
        for item in manifest.dependencies
        if not item.group
    ]
    return table(("Dependency", "Constraint", "Declared in"), rows[: 2 * _MAX_ROWS])


def _languages(site: Site) -> str:
    found = languages(site.facts)
    return f"By lines that are not blank: {', '.join(found)}." if len(found) > 1 else ""


def _claims(site: Site) -> Iterator[Claim]:
    names = {module.path: module.name for module in site.facts.modules}
    for edge in site.facts.edges:
        source, target = names[edge.source], names[edge.target]
        yield _claim("imports", source, target, edge.place)
    for manifest in project_manifests(site.facts):
        for item in manifest.dependencies:
            if not item.group:
                yield _claim("depends_on", manifest.name or site.facts.name, item.name, item.place)


def _claim(predicate: str, subject: str, object_: str, place: Place) -> Claim:
    return Claim(
        block=NAME, predicate=predicate, subject=subject, object=object_, path=place.path, line=place.line
    )
