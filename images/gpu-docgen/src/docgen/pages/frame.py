"""Templates: a page's own title, the text around it, and the sections it must have."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from docgen.contract import Page, Template
from docgen.pages.cuts import ended
from docgen.pages.markdown import prose
from docgen.pages.site import joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.contract import Options
    from docgen.pages.site import Draft, Site

# A page of the reference keeps the name of its package for a title.
_UNTITLED = "reference"


def template(options: Options, page: Page) -> Template:
    """What was asked of `page`; nothing for one that has no template."""
    found = getattr(options.templates, page.value, None)
    return found if isinstance(found, Template) else Template()


def asked(options: Options, name: str) -> Iterator[str]:
    """Every title and paragraph that was asked for, as it stands on a page of the project `name`."""
    for page in Page:
        wanted = template(options, page)
        yield _title(wanted, name)
        yield from (*_paragraphs(wanted.header), *_paragraphs(wanted.footer))


def missing(site: Site, draft: Draft) -> list[str]:
    """The sections that the page must have and that the code gives no content for."""
    required = getattr(template(site.tree.options, draft.page), "required", ())
    return [section for section in dict.fromkeys(required) if section not in draft.sections]


def framed(site: Site, draft: Draft) -> Draft:
    """The draft with the title, header and footer that were asked for."""
    wanted = template(site.tree.options, draft.page)
    heading, _, rest = draft.body.partition("\n")
    title = _title(wanted, site.facts.name)
    if title and draft.name != _UNTITLED:
        heading = f"{heading.partition(' ')[0]} {title}"
    above = joined(heading, *_paragraphs(wanted.header), rest.strip("\n"))
    return replace(draft, body=ended(above, joined(*_paragraphs(wanted.footer))))


def _title(wanted: Template, name: str) -> str:
    return prose(wanted.title.replace("{name}", name))


def _paragraphs(text: str) -> list[str]:
    return [prose(part) for part in re.split(r"\n\s*\n", text)]
