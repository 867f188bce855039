"""The README block: what it is, how to install, run and test it, where things are. One screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.contract import Claim, Page
from docgen.pages.layout import layout_table
from docgen.pages.markdown import code, link, prose, table
from docgen.pages.overview import (
    command_cell,
    description,
    first_commands,
    languages,
    license_text,
    quoted,
    root_entry_points,
)
from docgen.pages.quickstart import quick_start
from docgen.pages.site import Draft, joined, relative, source_link, title
from docgen.prose.render import paragraph
from docgen.prose.slots import README

if TYPE_CHECKING:
    from docgen.facts.model import Place
    from docgen.pages.site import Site

NAME = "readme"
# With these a block has at most 40 lines, which is a screen.
_MAX_COMMANDS = 4
_MAX_FOLDERS = 7
_LINKS = (
    ("architecture", "Architecture", "components, entry points and how the modules import each other"),
    ("reference-index", "Reference", "the public interface, with signatures and docstrings"),
    ("configuration", "Configuration", "commands, options, environment variables and dependencies"),
)


def readme_path(site: Site) -> str | None:
    """The README at the root; beside one in another format, `docs/README.md` instead of a second one."""
    at_root = [path for path in (*site.tree.present, *site.tree.left_out) if "/" not in path]
    markdown = site.place("README.md")
    if markdown and markdown in site.tree.present:
        return markdown
    if any(path.lower().partition(".")[0] == "readme" for path in at_root):
        return site.place("docs/overview.md" if site.home.system else "docs/README.md")
    return markdown


def draft(site: Site) -> Draft | None:
    """The block; None where there is nothing to say."""
    path = site.pages.get(NAME)
    if path is None:
        return None
    introduction = paragraph(site.prose.get(README, ()), path)
    parts = (
        _what(site, path),
        introduction,
        _start(site),
        _commands(site, path),
        _where(site, path),
        _more(site, path),
    )
    if not any(parts):
        return None
    alone = not site.has_human_text(path)
    heading = title(1, prose(site.facts.name)) if alone else title(2, "At a glance")
    return Draft(Page.README, path, NAME, joined(heading, *parts), _claims(site))


def _what(site: Site, path: str) -> str:
    text, place = description(site.facts)
    quote = quoted(text, source_link(path, place)) if place else ""
    return joined(quote, " · ".join(_facts_line(site, path)))


def _facts_line(site: Site, path: str) -> list[str]:
    root = site.facts.root
    found = [", ".join(languages(site.facts)[:4])]
    found.append(f"needs {prose(root.requires)}" if root and root.requires else "")
    license_ = license_text(site.facts, path)
    found.append(f"licence: {license_}" if license_ else "")
    return [item for item in found if item]


def _start(site: Site) -> str:
    steps = quick_start(site.facts)
    return joined("From a checkout:", steps) if steps else ""


def _commands(site: Site, path: str) -> str:
    found = sorted(first_commands(site.facts), key=lambda item: item.name not in {"test", "tests"})
    rows = [
        (code(item.run), command_cell(item), source_link(path, item.place)) for item in found[:_MAX_COMMANDS]
    ]
    return table(("Command", "What it does", "Declared in"), rows)


def _where(site: Site, path: str) -> str:
    return layout_table(site, path, limit=_MAX_FOLDERS)


def _more(site: Site, path: str) -> str:
    found = [
        f"- {link(label, relative(path, site.pages[key]))}: {text}"
        for key, label, text in _LINKS
        if key in site.pages and site.pages[key] != path
    ]
    return "\n".join(found)


def _claims(site: Site) -> tuple[Claim, ...]:
    return tuple(
        _runs(point.name, point.target, point.place) for point in root_entry_points(site.facts)
    ) + tuple(_runs(command.run, command.does, command.place) for command in first_commands(site.facts))


def _runs(subject: str, object_: str, place: Place) -> Claim:
    return Claim(
        block=NAME, predicate="runs", subject=subject, object=object_, path=place.path, line=place.line
    )
