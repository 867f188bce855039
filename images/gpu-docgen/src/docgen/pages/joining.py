"""Makes pages fit the documentation system that builds them, so that its strict build still passes."""

from __future__ import annotations

import html
import posixpath
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from docgen.contract import Block, MarkerError, splice
from docgen.pages import toctree
from docgen.pages.cuts import ended
from docgen.pages.lines import marked, timeless, unmarked
from docgen.pages.markdown import code, prose
from docgen.pages.site import Draft
from docgen.pages.systems import System

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docgen.pages.site import Site

NAVIGATION = "nav"
# Escaped characters and code spans come first, so that nothing inside them is taken for a link.
_KEPT = r"(?P<kept>\\.|(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))"
_BRACE = re.compile(rf"{_KEPT}|(?P<brace>[{{}}])")
_TOKEN = re.compile(
    rf"{_KEPT}"
    r"|!?\[(?P<label>(?:\\.|`[^`\n]*`|[^\[\]\\`\n])*)\]\((?P<target>[^()\s]*)\)"
    r"|(?P<brace>[{}])"
)
_FENCE = re.compile(r"^[ >]*(?P<ticks>`{3,}|~{3,})(?P<info>[^`]*)$")
_BRACES = {"{": "&#123;", "}": "&#125;"}
# The pages that the navigation lists, in its order, with the messages that name them.
_TITLES = (
    ("architecture", "pages.architecture"),
    ("configuration", "pages.configuration"),
    ("reference-index", "pages.reference"),
)


def fitted(site: Site, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, those that a system builds rewritten for it, and an addition to its navigation."""
    if site.home.system is None:
        return list(drafts)
    written = {draft.path for draft in drafts}
    found = [_fitted(site, draft, written) if site.home.builds(draft.path) else draft for draft in drafts]
    if site.home.system is System.SPHINX:
        found = list(_with_tree(site, found))
    return [*found, *_navigation(site, drafts)]


def _fitted(site: Site, draft: Draft, written: set[str]) -> Draft:
    lines, open_fence = [], ""
    for line in draft.body.split("\n"):
        fence = _FENCE.match(line)
        if open_fence:
            is_end = fence and fence["ticks"].startswith(open_fence) and not fence["info"].strip()
            open_fence = "" if is_end else open_fence
            lines.append(line)
        elif fence:
            open_fence = fence["ticks"]
            lines.append(_opening(site, line, fence))
        else:
            lines.append(_TOKEN.sub(lambda match: _token(site, draft.path, match, written), line))
    return replace(draft, body="\n".join(lines))


def _opening(site: Site, line: str, fence: re.Match[str]) -> str:
    """Sphinx warns of code that its highlighter does not know or cannot read."""
    return f"{line[: fence.end('ticks')]}text" if site.home.system is System.SPHINX else line


def _token(site: Site, page: str, match: re.Match[str], written: set[str]) -> str:
    if match["kept"]:
        return match[0]
    if match["brace"]:
        return _BRACES[match["brace"]]
    label, target = _without_braces(match["label"]), match["target"]
    if target.startswith(("https://", "#")):
        return f"[{label}]({target})"
    path, _, line = unquote(unmarked(target)).partition("#L")
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), path.partition("#")[0]))
    if _is_page(site, path, written):
        return f"[{label}]({target})"
    return _elsewhere(site, label, path, line)


def _without_braces(text: str) -> str:
    """Braces outside code as entities: to some systems they are code to run, or a role."""
    return _BRACE.sub(lambda match: match["kept"] or _BRACES[match["brace"]], text)


def _is_page(site: Site, path: str, written: set[str]) -> bool:
    known = path in written or path in site.tree.present
    return known and path.endswith(".md") and site.home.builds(path)


def _elsewhere(site: Site, label: str, path: str, line: str) -> str:
    """What the system cannot follow: an address of the forge where there is one, else plain words."""
    if site.web:
        kind = "blob" if path in site.tree.present else "tree"
        anchor = marked(f"#L{line}") if line else ""
        return f"[{label}]({site.web.format(kind=kind, path=quote(path, safe='/'))}{anchor})"
    plain = html.unescape(re.sub(r"\\(.)", r"\1", timeless(label)))
    if plain.rstrip("/") in {path, f"{path}:{line}"}:
        return code(plain)
    # A mention that was part of a link calls somebody outside of one.
    return _without_braces(prose(plain))


def _with_tree(site: Site, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Sphinx wants every page in a table of contents: ours lists those that no pattern finds."""
    built = [draft for draft in drafts if site.home.builds(draft.path)]
    names = {draft.path: posixpath.relpath(draft.path, site.home.root).removesuffix(".md") for draft in built}
    lost = sorted(name for name in names.values() if not toctree.covers(site.home.globs, name))
    hub = next((draft.path for draft in built if names[draft.path] not in lost), "")
    for draft in drafts:
        if lost and draft.path == hub:
            yield replace(draft, body=ended(draft.body, toctree.tree(f"/{name}" for name in lost)))
        elif hub or draft.path not in names:
            yield draft


def _navigation(site: Site, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Entries for MkDocs, where its configuration lists the pages and ours can be added to them."""
    config = site.tree.files.get(site.home.config)
    if site.home.system is not System.MKDOCS or config is None:
        return
    found = [(site.words.text(title), site.pages[key]) for key, title in _TITLES if key in site.pages]
    owners = {draft.path: draft.page for draft in drafts}
    entries = [(title, path) for title, path in found if site.home.builds(path) and path in owners]
    entries = [(title, path) for title, path in entries if not _is_listed(site, config.text, path)]
    if not entries:
        return
    body = "\n".join(f'- "{title}": "{posixpath.relpath(path, site.home.root)}"' for title, path in entries)
    trial = Block(path=site.home.config, name=NAVIGATION, rests_on="0" * 64, body=body)
    try:
        splice(config.data, [trial])
    except MarkerError:
        return
    yield Draft(owners[entries[0][1]], site.home.config, NAVIGATION, body)


def _is_listed(site: Site, config: str, path: str) -> bool:
    """Whether a person put the page there already."""
    page = re.escape(posixpath.relpath(path, site.home.root))
    return bool(re.search(rf"(?m)[\s'\":]{page}['\"]?\s*$", config))
