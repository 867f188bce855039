"""Where the pages of one repository go, and the links between them and to the source."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from docgen.messages import catalogue, nearest
from docgen.pages.lines import marked
from docgen.pages.markdown import clean, file_link
from docgen.pages.systems import Home, System, find_home

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docgen.claims.check import Sentence
    from docgen.contract import Claim, Page
    from docgen.facts.model import Facts, Place
    from docgen.messages import Catalogue
    from docgen.source.tree import Tree


@dataclass(frozen=True)
class Draft:
    """One block before it is sealed. `page` is what it belongs to, `sections` the ids of what it says."""

    page: Page
    path: str
    name: str
    body: str
    claims: tuple[Claim, ...] = ()
    sections: frozenset[str] = frozenset()


@dataclass
class Site:
    """One repository's pages. `pages` maps what can be linked to (`architecture`) to its path.

    `web` is the address of a path on the forge, with `{kind}` and `{path}` to fill in; empty where
    there is none. `prose` is the prose of a model that was checked, by slot, `notes` are lines for a
    person about what could not be written.
    """

    facts: Facts
    tree: Tree
    web: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    prose: Mapping[str, tuple[Sentence, ...]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @cached_property
    def home(self) -> Home:
        """Where the pages go, which is `docs/` unless the repository's own documentation says otherwise."""
        return find_home(self.tree)

    def index(self, folder: str) -> str | None:
        """The path for the first page of a folder, by the name that the system looks for."""
        names = (
            ("index.md", "README.md") if self.home.system is System.VITEPRESS else ("README.md", "index.md")
        )
        own, other = (self.place(f"{folder}/{name}") for name in names)
        is_taken = self.home.system is not None and other in self.tree.human
        return self.place(f"{folder}/modules.md") if is_taken and own not in self.tree.human else own

    def place(self, wanted: str) -> str | None:
        """The path for a page: an existing file of that name in any case, else as wanted.

        `docs/` stands for the folder that the pages go to.

        None where something that cannot hold a page is in the way, or where two files or folders
        differ in case alone: which of them is meant nobody can tell.
        """
        if wanted.startswith("docs/"):
            if not self.home.folder:
                return None
            wanted = self.home.folder + wanted.removeprefix("docs")
        at = ""
        for part in wanted.split("/"):
            wanted_here = f"{at}/{part}" if at else part
            same = self._spellings.get(wanted_here.lower(), {wanted_here})
            at = min(same)
            fits = at not in self._folders if part.endswith((".md", ".txt")) else self._can_hold(at, part)
            if len(same) > 1 or at in self.tree.left_out or not fits:
                return None
        return at

    def _can_hold(self, path: str, wanted: str) -> bool:
        """Whether `path` is, or may become, the folder `wanted`, which has to be spelled like that."""
        return path not in self.tree.present and path.rpartition("/")[2] == wanted

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(str(above) for path in self.tree.present for above in PurePosixPath(path).parents)

    @cached_property
    def _spellings(self) -> dict[str, set[str]]:
        """Every path and folder of the commit by its lower-case form."""
        found: dict[str, set[str]] = {}
        for path in (*self.tree.present, *self.tree.left_out):
            for known in (path, *(str(parent) for parent in PurePosixPath(path).parents)):
                found.setdefault(known.lower(), set()).add(known)
        return found

    @cached_property
    def words(self) -> Catalogue:
        """The sentences, in the language of the pages."""
        return catalogue(nearest(self.tree.options.language))

    def is_headed(self, path: str) -> bool:
        """Whether a person began the page, so that our block is only a part of it; notes below it are not."""
        return path in self.tree.headed

    def top(self, path: str) -> int:
        """The level of a block's own heading: a title of its own, or a section of a person's page."""
        return 2 if self.is_headed(path) else 1


def relative(from_page: str, target: str) -> str:
    """`target` as a link from the page at `from_page`."""
    return posixpath.relpath(target, posixpath.dirname(from_page) or ".")


def source_link(from_page: str, place: Place, label: str = "") -> str:
    """A link to a line of the source; the label is the place itself unless another is given."""
    if not place.line:
        return file_link(plain_label(label or place.path), relative(from_page, place.path))
    shown = plain_label(label) if label else plain_label(place.path) + marked(f":{place.line}")
    return file_link(shown, relative(from_page, place.path), marked(f"#L{place.line}"))


def plain_label(text: str) -> str:
    """A path as the text of a link."""
    escaped = "".join(
        f"\\{char}" if char in r"\`*_[]<>|~$#&@" and char != "_" else char for char in clean(text)
    )
    return escaped.replace("__", r"\_\_")


def title(level: int, text: str) -> str:
    """A heading; `text` is Markdown already."""
    return f"{'#' * min(level, 6)} {text}"


def joined(*parts: str) -> str:
    """The parts that say something, a blank line between them."""
    return "\n\n".join(part for part in parts if part)


def headed(site: Site, page: str, level: int, sections: Mapping[str, str]) -> str:
    """The sections that say something, each under its heading (`architecture.layout`)."""
    return joined(
        *(
            joined(title(level, site.words.text(f"{page}.{key}")), body)
            for key, body in sections.items()
            if body
        )
    )


def told(sections: Mapping[str, str]) -> frozenset[str]:
    """The ids of the sections that say something."""
    return frozenset(key for key, body in sections.items() if body)
