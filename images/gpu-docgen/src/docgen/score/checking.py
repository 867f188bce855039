"""Every statement of every page, with what the repository says to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from docgen.score import links, relations
from docgen.score.around import Around
from docgen.score.fences import PROSE, check_fence
from docgen.score.imports import Imports
from docgen.score.model import Kind, Spot, Statement, Verdict
from docgen.score.quotes import Quotes, sentences
from docgen.score.rendering import sections
from docgen.score.spans import check_beside, check_span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from docgen.deadline import Deadline
    from docgen.score.index import Index
    from docgen.score.model import Passage, Section

# llms.txt is Markdown by its definition.
MARKDOWN = (".md", ".markdown", ".mdx", "llms.txt")
# Characters beside a link's label up to which a line is there for the link alone, as in "Source: ...".
_POINTER = 10
# Line within the passage, kind, text, and verdict with its reason.
Found: TypeAlias = tuple[int, Kind, str, tuple[Verdict, str]]

_CONSTRAINT = re.compile(r"(?:>=|<=|==|~=|!=|\^)\s?\d[\w.*]*(?:\s?,\s?[<>=!~]=?\s?\d[\w.*]*)*")


@dataclass(frozen=True)
class Checked:
    """A passage with its statements. `section` numbers the heading it stands under, 0 for none.

    `bound` is the share of its words that stand in runs in the sources; `is_navigation` says that it only
    leads somewhere: to other pages of the documentation, or as a link on a line of its own.
    """

    page: str
    section: int
    passage: Passage
    statements: tuple[Statement, ...]
    bound: float
    is_navigation: bool


class Checker:
    """Compares pages with one repository; `pages` is Markdown by path from the repository's root."""

    def __init__(self, index: Index, pages: Mapping[str, str], deadline: Deadline) -> None:
        self._index, self._deadline = index, deadline
        self._pages = {path: _read(path, text) for path, text in sorted(pages.items())}
        self._imports = Imports(index)
        self._quotes = Quotes(index, (passage.text for _, passage in self._passages()))

    def _passages(self) -> Iterator[tuple[str, Passage]]:
        for path, found in self._pages.items():
            for section in found:
                yield from ((path, passage) for passage in _whole(section))

    @cached_property
    def _anchors(self) -> dict[str, frozenset[str]]:
        return {
            path: frozenset(links.slug(section.heading.text) for section in found if section.heading)
            for path, found in self._pages.items()
        }

    def check(self) -> Iterator[Checked]:
        """Every passage, in the order of the pages."""
        for path, found in self._pages.items():
            around = Around()
            for number, section in enumerate(found):
                self._deadline.check()
                for passage, above in self._placed(path, section, around):
                    statements = tuple(self._statements(path, passage, self._spots(path, passage), above))
                    bound = self._quotes.bound(passage.text)
                    yield Checked(path, number, passage, statements, bound, self._leads_on(path, passage))

    def _leads_on(self, page: str, passage: Passage) -> bool:
        spots = [links.resolved(page, link.target) for link in passage.links]
        own = len(passage.text) - sum(len(link.label) for link in passage.links)
        is_pointer = passage.kind == "text" and own <= _POINTER
        return bool(spots) and (is_pointer or all(spot and spot.path in self._pages for spot in spots))

    def _placed(
        self, page: str, section: Section, around: Around
    ) -> Iterator[tuple[Passage, tuple[Spot, ...]]]:
        """Each passage with the place it is about: the last that was named on a line of its own.

        What stands before the first such line is about that one; a section without any is about the file
        that the section around it names.
        """
        places = [self._named(page, passage) for passage in section.passages]
        above = around.file(section, next(filter(None, places), ()))
        if section.heading:
            yield section.heading, above
        for passage, place in zip(section.passages, places, strict=True):
            above = place or above
            yield passage, above

    def _named(self, page: str, passage: Passage) -> tuple[Spot, ...]:
        """The one place that a line is there to name, as in `Source: path:12`."""
        spots = self._spots(page, passage)
        if passage.kind != "text" or len(spots) != 1:
            return ()
        return spots if len(passage.text) - sum(len(link.label) for link in passage.links) < 40 else ()

    def _spots(self, page: str, passage: Passage) -> tuple[Spot, ...]:
        found = (links.resolved(page, link.target) for link in passage.links)
        return tuple(spot for spot in found if spot and self._index.lines(spot.path))

    def _statements(
        self, page: str, passage: Passage, own: Sequence[Spot], above: Sequence[Spot]
    ) -> Iterator[Statement]:
        spots = own or above
        where = f"{spots[0].path}:{spots[0].line}" if spots else ""
        found = chain(
            self._linked(page, passage), self._spanned(passage, own, above), self._written(passage, spots)
        )
        first = passage.line + (passage.kind == "code")  # below the line that opens the block
        for at, kind, text, (verdict, why) in found:
            yield Statement(kind, " ".join(text.split()), verdict, page, first + at, why, where)

    def _linked(self, page: str, passage: Passage) -> Iterator[Found]:
        for link in passage.links:
            for kind, text, answer in links.check_link(self._index, page, link, self._anchors):
                yield 0, kind, text, answer

    def _spanned(self, passage: Passage, own: Sequence[Spot], above: Sequence[Spot]) -> Iterator[Found]:
        """A row or heading is about the place it names; elsewhere a name has to be somewhere."""
        exact = own if passage.kind == "row" else above if passage.kind == "heading" else ()
        for at, span in enumerate(passage.spans):
            kind, answer = check_span(self._index, span, exact)
            if at and passage.kind == "row" and kind is Kind.VALUE and not any(spot.line for spot in own):
                answer = check_beside(self._index, passage.spans[0], span, own or above, answer)
            yield 0, kind, span, answer

    def _written(self, passage: Passage, spots: Sequence[Spot]) -> Iterator[Found]:
        if passage.kind == "code":
            yield from check_fence(self._index, self._imports, passage, spots)
        for source, verb, target in relations.said(passage.text):
            answer = relations.check_said(self._index, self._imports, source, verb, target)
            yield 0, Kind.RELATION, f"{source} {verb} {target}", answer
        is_prose = passage.kind in {"text", "row"} or (passage.kind == "code" and passage.language in PROSE)
        if is_prose and not _is_names(passage):
            yield from self._sentences(passage, spots)

    def _sentences(self, passage: Passage, spots: Sequence[Spot]) -> Iterator[Found]:
        for constraint in _CONSTRAINT.findall("" if passage.kind == "code" else passage.text):
            if not any(constraint in span for span in passage.spans):
                known = self._index.says(constraint)
                why = "" if known else "no source says so"
                yield 0, Kind.VALUE, constraint, (_verdict(known=known), why)
        text = passage.text
        for link in passage.links:
            text = text.replace(link.label, " ")
        for sentence in sentences(text):
            reading = self._quotes.read(sentence, spots[0] if spots else None)
            yield 0, Kind.QUOTE, sentence, (reading.verdict, reading.why)


def _is_names(passage: Passage) -> bool:
    """Whether a passage is links and names rather than sentences."""
    named = sum(map(len, passage.spans)) + sum(len(link.label) for link in passage.links)
    return passage.kind != "code" and len(passage.text) - named < max(12, named / 2)


def _verdict(*, known: bool) -> Verdict:
    return Verdict.SUPPORTED if known else Verdict.CONTRADICTED


def _whole(section: Section) -> Iterator[Passage]:
    if section.heading:
        yield section.heading
    yield from section.passages


def _read(path: str, text: str) -> list[Section]:
    """Other files may be linked to; what they say is not read."""
    return sections(text) if path.lower().endswith(MARKDOWN) else []
