"""`llms.txt`: what there is to read about the project, in the form that https://llmstxt.org describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.contract import Page
from docgen.pages.markdown import link, prose, sentence
from docgen.pages.overview import description
from docgen.pages.site import Draft, joined, plain_label, relative, title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docgen.messages import Catalogue
    from docgen.pages.reference import Group
    from docgen.pages.site import Site

NAME = "llms"
_MAX_LINKS = 60
# Our pages by their key, with the messages that name them and say what they hold.
_PAGES = (
    ("architecture", "pages.architecture", "pages.about_architecture"),
    ("configuration", "pages.configuration", "pages.about_configuration"),
    ("reference-index", "pages.reference", "pages.about_reference"),
)


def draft(site: Site, groups: Sequence[Group]) -> Draft | None:
    """The block; None where there is nothing to link to. `groups` are the pages of the reference."""
    path = site.pages.get(NAME)
    names = site.words.texts("llms.documentation", "pages.reference", "llms.guides")
    sections = zip(names, (_pages(site), _reference(site.words, groups), _guides(site)), strict=True)
    shown = [joined(title(2, name), "\n".join(links)) for name, links in sections if links]
    if path is None or not shown:
        return None
    text, _ = description(site.facts)
    quote = f"> {prose(text)}" if text else ""
    head = () if site.is_headed(path) else (title(1, prose(site.facts.name)), quote)
    return Draft(Page.LLMS, path, NAME, joined(*head, *shown))


def _pages(site: Site) -> list[str]:
    known = [(site.pages[key], *site.words.texts(*texts)) for key, *texts in _PAGES if key in site.pages]
    if overview := _overview(site):
        known.insert(0, (overview, "README", site.words.text("llms.about_readme")))
    return [_entry(site.words, label, path, text) for path, label, text in known]


def _overview(site: Site) -> str:
    """Where the README block goes, else the README that is there."""
    at_root = sorted(path for path in site.tree.present if path.lower().partition(".")[0] == "readme")
    return site.pages.get("readme", at_root[0] if at_root else "")


def _reference(words: Catalogue, groups: Sequence[Group]) -> list[str]:
    """The pages of the reference with what the packages say of themselves."""
    docs = {section.module.name: section.module.doc for group in groups for section in group.sections}
    return [
        _entry(words, plain_label(group.name), group.path, sentence(docs.get(group.name, "")))
        for group in groups
    ]


def _guides(site: Site) -> list[str]:
    """The pages that people wrote, by their own titles."""
    ours = set(site.pages.values())
    return [_entry(site.words, prose(name), path) for path, name in _titled(site) if path not in ours][
        :_MAX_LINKS
    ]


def _titled(site: Site) -> Iterator[tuple[str, str]]:
    for path in sorted(site.tree.human):
        file = site.tree.files.get(path)
        if file and "/" in path and path.endswith(".md"):
            before_code = file.text.partition("```")[0].splitlines()
            heading = next((line for line in before_code if line.startswith("# ")), "")
            if name := sentence(heading.removeprefix("# ").strip(" #")):
                yield path, name


def _entry(words: Catalogue, label: str, path: str, text: str = "") -> str:
    shown = link(label, relative(NAME, path))
    return "- " + (words.text("pages.link", link=shown, about=prose(text)) if text else shown)
