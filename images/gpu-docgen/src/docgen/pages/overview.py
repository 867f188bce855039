"""Sentences and tables that more than one page needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.facts.manifests import workflows
from docgen.facts.manifests.read import PROJECT_KINDS
from docgen.facts.model import Place
from docgen.facts.scope import is_aside
from docgen.pages.markdown import code, prose, sentence
from docgen.pages.section import PACKAGE_DOCS, package_docs
from docgen.pages.site import source_link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docgen.facts.model import Command, EntryPoint, Facts, Manifest, Module
    from docgen.pages.site import Site

# Names under which projects keep what a newcomer runs first; the configuration page has all of them.
_FIRST = (
    "install", "setup", "bootstrap", "build", "start", "dev", "serve", "run", "test", "tests", "check",
    "lint", "fmt", "format", "typecheck", "docs",
)  # fmt: skip


def description(facts: Facts) -> tuple[str, Place | None]:
    """What the project says it is, and where it says so; empty where it does not."""
    for manifest in facts.manifests:
        if manifest.description and not manifest.folder:
            return manifest.description, Place(manifest.path)
    packages = [m for m in facts.modules if m.is_package and m.doc and "." not in m.name] or _root_package(
        facts
    )
    if len(packages) == 1:
        return sentence(packages[0].doc, limit=300), Place(packages[0].path, 1)
    return "", None


def _root_package(facts: Facts) -> list[Module]:
    """The file at the root that has the doc comment of a package of Go."""
    at_root = [m for m in facts.modules if m.language in PACKAGE_DOCS and m.doc and "/" not in m.path]
    return package_docs(at_root)[:1]


def languages(site: Site) -> list[str]:
    """Languages that hold at least one percent of the lines, with their share."""
    total = sum(site.facts.languages.values()) or 1
    shares = [(name, round(100 * lines / total)) for name, lines in site.facts.languages.items()]
    return [
        site.words.text("general.share", name=name, share=str(share)) if share < 100 else name
        for name, share in shares
        if share >= 1
    ]


def license_text(facts: Facts, page: str) -> str:
    """The licence as the manifest or the licence file names it, with a link to the file."""
    named = facts.root.license if facts.root else ""
    shown = named or facts.license_title
    if facts.license_file:
        return source_link(page, Place(facts.license_file), shown)
    return prose(shown)


def project_manifests(facts: Facts) -> list[Manifest]:
    """The manifests that describe a package, not just commands."""
    return [manifest for manifest in facts.manifests if manifest.kind in PROJECT_KINDS]


def commands(facts: Facts) -> list[Command]:
    """Every command that has a name of its own, once, in the order of the manifests."""
    found: dict[tuple[str, str], Command] = {}
    for manifest in facts.manifests:
        for command in manifest.commands if manifest.kind != workflows.KIND else ():
            found.setdefault((manifest.folder, command.run), command)
    return list(found.values())


def ci_commands(facts: Facts) -> list[Command]:
    """What the workflows run to build, test and lint, once each."""
    found: dict[str, Command] = {}
    for manifest in facts.manifests:
        for command in manifest.commands if manifest.kind == workflows.KIND else ():
            found.setdefault(command.run, command)
    return list(found.values())


def first_commands(facts: Facts, limit: int = 8) -> list[Command]:
    """The commands at the root that a newcomer needs."""
    at_root = [command for command in commands(facts) if "/" not in command.place.path]
    known = [command for command in at_root if command.name in _FIRST]
    return sorted(known, key=lambda command: _FIRST.index(command.name))[:limit]


def entry_points(facts: Facts) -> list[EntryPoint]:
    """Every program that an installation provides."""
    found = {point.name: point for m in reversed(facts.manifests) for point in m.entry_points}
    return [found[name] for name in sorted(found)]


def root_entry_points(facts: Facts) -> list[EntryPoint]:
    """The programs that installing the root provides."""
    return [point for point in entry_points(facts) if "/" not in point.place.path]


def quoted(text: str, where: str) -> str:
    """A description as a quotation, with its source."""
    return f"> {prose(text)}\n>\n> — {where}" if text else ""


def command_cell(command: Command) -> str:
    """What a command stands for: source text as code, a sentence as prose."""
    does = command.does if len(command.does) <= 100 else f"{command.does[:99]}…"
    is_sentence = does[:1].isupper() and " " in does and "=" not in does.split()[0]
    return prose(does) if is_sentence else code(does)


def folders(paths: Iterable[str]) -> dict[str, int]:
    """Files by top-level folder, sorted by name."""
    counts: dict[str, int] = {}
    for path in paths:
        top, slash, _ = path.partition("/")
        if slash:
            counts[top] = counts.get(top, 0) + 1
    return dict(sorted(counts.items()))


def product_modules(facts: Facts, folder: str) -> list[Module]:
    """The modules below a folder that are part of the product."""
    return [m for m in facts.modules if m.path.startswith(f"{folder}/") and not is_aside(m.path)]
