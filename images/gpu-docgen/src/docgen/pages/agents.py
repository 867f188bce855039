"""`AGENTS.md`: the commands, the layout and the conventions of the repository, for programs that edit it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.contract import Claim, Page
from docgen.facts.model import Place
from docgen.pages.layout import layout_table
from docgen.pages.markdown import code, prose, table
from docgen.pages.overview import command_cell, description, first_commands, languages, quoted
from docgen.pages.site import Draft, joined, source_link, title

if TYPE_CHECKING:
    from docgen.pages.site import Site

NAME = "agents"
# Files that say how to work on a repository, and what they are for.
_CONVENTIONS = (
    (".documenthor.yml", "settings of the generated documentation"),
    (".editorconfig", "white space and line ends, by file type"),
    (".eslintrc.json", "rules of ESLint"),
    (".github/CODEOWNERS", "who reviews what"),
    (".github/PULL_REQUEST_TEMPLATE.md", "what a pull request has to say"),
    (".golangci.yml", "rules of golangci-lint"),
    (".pre-commit-config.yaml", "checks before a commit, run by pre-commit"),
    (".prettierrc", "formatting by Prettier"),
    ("CODEOWNERS", "who reviews what"),
    ("CODE_OF_CONDUCT.md", "how people treat each other"),
    ("CONTRIBUTING.md", "how to contribute"),
    ("CONTRIBUTING.rst", "how to contribute"),
    ("SECURITY.md", "how to report a vulnerability"),
    ("biome.json", "rules and formatting by Biome"),
    ("clippy.toml", "rules of Clippy"),
    ("eslint.config.js", "rules of ESLint"),
    ("eslint.config.mjs", "rules of ESLint"),
    ("mypy.ini", "type checks by mypy"),
    ("ruff.toml", "rules and formatting by Ruff"),
    ("rustfmt.toml", "formatting by rustfmt"),
    ("tsconfig.json", "options of the TypeScript compiler"),
)


def draft(site: Site) -> Draft | None:
    """The block; None where the repository declares no command and keeps no convention."""
    path = site.pages.get(NAME)
    if path is None:
        return None
    top = site.top(path)
    parts = (
        _section(top, "Commands", _commands(site, path)),
        _section(top, "Conventions", _conventions(site, path)),
    )
    if not any(parts):
        return None
    text, place = description(site.facts)
    body = joined(
        title(top, f"Working on {prose(site.facts.name)}"),
        quoted(text, source_link(path, place)) if place else "",
        _written_in(site),
        *parts,
        _section(top, "Layout", layout_table(site, path)),
    )
    return Draft(Page.AGENTS, path, NAME, body, _claims(site))


def _section(top: int, name: str, body: str) -> str:
    return joined(title(top + 1, name), body) if body else ""


def _written_in(site: Site) -> str:
    found, root = languages(site.facts), site.facts.root
    needs = f"; needs {prose(root.requires)}" if root and root.requires else ""
    return f"Written in {', '.join(found[:4])}{needs}." if found else ""


def _commands(site: Site, path: str) -> str:
    root = site.facts.root
    setup = []
    if root and root.install:
        setup = [(code(root.install), "installs it from a checkout", source_link(path, Place(root.path)))]
    rows = [
        (code(item.run), command_cell(item), source_link(path, item.place))
        for item in first_commands(site.facts, limit=16)
    ]
    return table(("Command", "What it does", "Declared in"), [*setup, *rows])


def _conventions(site: Site, path: str) -> str:
    rows = [
        (source_link(path, Place(name)), what) for name, what in _CONVENTIONS if name in site.tree.present
    ]
    return table(("File", "What it is for"), rows)


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
