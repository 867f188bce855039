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
from docgen.pages.members import member_table
from docgen.pages.modules import arrows, import_graph
from docgen.pages.overview import description, entry_points, languages, project_manifests, quoted
from docgen.pages.section import PACKAGE_DOCS, is_program
from docgen.pages.site import Draft, headed, joined, source_link, title, told
from docgen.pages.systems import System
from docgen.prose.render import paragraph
from docgen.prose.slots import component_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.facts.model import Module
    from docgen.pages.site import Site

NAME = "architecture"
_MAX_ROWS = 60


def draft(site: Site) -> Draft | None:
    """The block; None where the code shows no structure."""
    path = site.pages.get(NAME)
    if path is None or not (site.facts.modules or layout_table(site, path)):
        return None
    top = site.top(path)
    text, place = description(site.facts)
    sections = {
        "context": _context(site, path),
        "layout": layout_table(site, path),
        "packages": member_table(site, path),
        "components": joined(_components(site, path), _introductions(site, path)),
        "imports": _graph(site, path),
        "entry-points": _entry_points(site, path),
        "dependencies": _dependencies(site, path),
        "languages": _languages(site),
    }
    body = joined(
        title(top, site.words.text("architecture.title", name=prose(site.facts.name))),
        quoted(text, source_link(path, place)) if place else "",
        headed(site, NAME, top + 1, sections),
    )
    return Draft(Page.ARCHITECTURE, path, NAME, body, tuple(_claims(site)), told(sections))


def _components(site: Site, path: str) -> str:
    """The modules; their packages or folders where they are many, or where a package is more than a file."""
    linked = {path for edge in site.facts.edges for path in (edge.source, edge.target)}
    modules = [m for m in site.facts.modules if m.symbols or m.doc or m.path in linked]
    single = [module for module in modules if module.language not in PACKAGE_DOCS]
    if len(single) > _MAX_ROWS:
        single = [module for module in modules if module.is_package]
    apart = {module.language for module in single}
    # A package of Python holds its modules; what else is not listed by itself is told of by its folder.
    folders = [module for module in modules if module.language not in apart]
    used_by = Counter(edge.target for edge in site.facts.edges)
    rows = [_component(module, path, modules, used_by) for module in sorted(single, key=lambda m: m.name)]
    rows = [*rows[:_MAX_ROWS], *list(folder_rows(site.facts, folders, path))[:_MAX_ROWS]]
    return table(site.words.texts("column.component", "column.says", "column.inside", "column.users"), rows)


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
    around = context(site.words, site.facts)
    if not around or not _draws(site, path):
        return ""
    used = len(outside(site.facts))
    legend = [site.words.text("architecture.around")]
    if used > MAX_OUTSIDE:
        legend.append(site.words.count("architecture.most_used", MAX_OUTSIDE, all=str(used)))
    return joined(site.words.sentences(legend), mermaid(around))


def _graph(site: Site, path: str) -> str:
    graph = import_graph(site.facts)
    if graph is None or not _draws(site, path):
        return ""
    words = site.words
    legend = [words.text("architecture.arrow_grouped" if graph.is_grouped else "architecture.arrow")]
    if not graph.whole:
        legend.append(words.count("architecture.busiest", len(graph.nodes)))
    return joined(words.sentences(legend), mermaid(arrows(words, graph)))


def _entry_points(site: Site, path: str) -> str:
    rows = [
        (code(point.name), code(point.target), source_link(path, point.place))
        for point in entry_points(site.facts)
    ]
    mains = [
        m for m in site.facts.modules if m.path.endswith("/__main__.py") and m.name.endswith(".__main__")
    ]
    rows += [(code(f"python -m {m.package}"), code(m.name), source_link(path, Place(m.path))) for m in mains]
    told = {point.target.removeprefix("./") for point in entry_points(site.facts)}
    scripts = [m for m in site.facts.modules if is_program(m) and m.path not in told]
    rows += [(code(f"./{m.path}"), m.language, source_link(path, Place(m.path))) for m in scripts]
    return table(site.words.texts("column.command", "column.starts", "column.declared_in"), rows)


def _dependencies(site: Site, path: str) -> str:
    rows = [
        (code(item.name), code(item.constraint), source_link(path, item.place))
        for manifest in project_manifests(site.facts)
        for item in manifest.dependencies
        if not item.group
    ]
    head = site.words.texts("column.dependency", "column.constraint", "column.declared_in")
    return table(head, rows[: 2 * _MAX_ROWS])


def _languages(site: Site) -> str:
    found = languages(site)
    if len(found) < 2:
        return ""
    return site.words.text("architecture.shares", languages=site.words.listed(found))


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
