"""`AGENTS.md`: the commands, the layout and the conventions of the repository, for programs that edit it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.contract import Claim, Page
from docgen.facts.model import Place
from docgen.pages.layout import layout_table
from docgen.pages.markdown import code, prose, table
from docgen.pages.overview import command_cell, description, first_commands, languages, quoted
from docgen.pages.site import Draft, headed, joined, source_link, title, told

if TYPE_CHECKING:
    from docgen.pages.site import Site

NAME = "agents"
# Files that say how to work on a repository, with the message that says what for and the tool it names.
_CONVENTIONS = (
    (".documenthor.yml", "convention.documentation", ""),
    (".editorconfig", "convention.white_space", ""),
    (".eslintrc.json", "convention.rules", "ESLint"),
    (".github/CODEOWNERS", "convention.reviewers", ""),
    (".github/PULL_REQUEST_TEMPLATE.md", "convention.pull_request", ""),
    (".golangci.yml", "convention.rules", "golangci-lint"),
    (".pre-commit-config.yaml", "convention.before_commit", "pre-commit"),
    (".prettierrc", "convention.formatting", "Prettier"),
    ("CODEOWNERS", "convention.reviewers", ""),
    ("CODE_OF_CONDUCT.md", "convention.conduct", ""),
    ("CONTRIBUTING.md", "convention.contributing", ""),
    ("CONTRIBUTING.rst", "convention.contributing", ""),
    ("SECURITY.md", "convention.vulnerabilities", ""),
    ("biome.json", "convention.rules_and_formatting", "Biome"),
    ("clippy.toml", "convention.rules", "Clippy"),
    ("eslint.config.js", "convention.rules", "ESLint"),
    ("eslint.config.mjs", "convention.rules", "ESLint"),
    ("mypy.ini", "convention.types", "mypy"),
    ("ruff.toml", "convention.rules_and_formatting", "Ruff"),
    ("rustfmt.toml", "convention.formatting", "rustfmt"),
    ("tsconfig.json", "convention.compiler", "TypeScript"),
)


def draft(site: Site) -> Draft | None:
    """The block; None where the repository declares no command and keeps no convention."""
    path = site.pages.get(NAME)
    if path is None:
        return None
    top = site.top(path)
    sections = {"commands": _commands(site, path), "conventions": _conventions(site, path)}
    if not any(sections.values()):
        return None
    sections["layout"] = layout_table(site, path)
    text, place = description(site.facts)
    body = joined(
        title(top, site.words.text("agents.title", name=prose(site.facts.name))),
        quoted(text, source_link(path, place)) if place else "",
        _written_in(site),
        headed(site, NAME, top + 1, sections),
    )
    return Draft(Page.AGENTS, path, NAME, body, _claims(site), told(sections))


def _written_in(site: Site) -> str:
    root, words = site.facts.root, site.words
    found = words.listed(languages(site)[:4])
    if found and root and root.requires:
        return words.text("agents.written_for", languages=found, requirement=prose(root.requires))
    return words.text("agents.written", languages=found) if found else ""


def _commands(site: Site, path: str) -> str:
    root = site.facts.root
    setup = []
    if root and root.install:
        does = site.words.text("agents.installs")
        setup = [(code(root.install), does, source_link(path, Place(root.path)))]
    rows = [
        (code(item.run), command_cell(item), source_link(path, item.place))
        for item in first_commands(site.facts, limit=16)
    ]
    head = site.words.texts("column.command", "column.does", "column.declared_in")
    return table(head, [*setup, *rows])


def _conventions(site: Site, path: str) -> str:
    rows = [
        (source_link(path, Place(name)), site.words.text(key, tool=tool))
        for name, key, tool in _CONVENTIONS
        if name in site.tree.present
    ]
    return table(site.words.texts("column.file", "column.purpose"), rows)


def _claims(site: Site) -> tuple[Claim, ...]:
    return tuple(
        Claim(
            block=NAME,
            predicate="runs",
            subject=item.run,
            object=item.does,
            path=item.place.path,
            line=item.place.line,
        )
        for item in first_commands(site.facts, limit=16)
    )
