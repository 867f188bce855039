"""The table of content gates, run over all pages: what fails is taken out, then they run again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from docgen.contract import Finding, Page, is_yaml
from docgen.contract.gates.document import parse
from docgen.gates import diagrams, fences, links, signatures, spans
from docgen.gates.flaw import Sheet
from docgen.gates.known import Known
from docgen.gates.repair import repaired
from docgen.pages.lines import unmarked
from docgen.pages.site import Draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from docgen.deadline import Deadline
    from docgen.facts.model import Facts
    from docgen.gates.flaw import Flaw
    from docgen.source.tree import Tree


class Gate(NamedTuple):
    """One check over a page."""

    name: str
    check: Callable[[Sheet], Iterator[Flaw]]


GATES = (
    Gate("signatures", signatures.signatures),
    Gate("existence", spans.existence),
    Gate("links", links.links),
    Gate("code", fences.readable),
    Gate("imports", fences.imports),
    Gate("mermaid", diagrams.diagrams),
)
# A part that goes may take a heading with it that another page links to.
ROUNDS = 4


class Checked(NamedTuple):
    """The drafts that hold, what was dropped from them, and what could not be mended."""

    drafts: tuple[Draft, ...]
    dropped: tuple[Finding, ...]
    left: tuple[Finding, ...]


def check(drafts: Sequence[Draft], facts: Facts, tree: Tree, deadline: Deadline) -> Checked:
    """Run every gate over every page, take out what fails and run them again."""
    dropped: list[Finding] = []
    known = Known(facts, tree)
    for _ in range(ROUNDS):
        known.write({draft.path: unmarked(draft.body) for draft in drafts})
        found = [(draft, _flaws(draft, known, deadline)) for draft in drafts]
        if not any(flaws for _, flaws in found):
            return Checked(tuple(drafts), tuple(dropped), ())
        dropped += [_finding(draft, flaw) for draft, flaws in found for flaw in flaws]
        mended = (_mended(draft, flaws) for draft, flaws in found)
        drafts = [draft for draft in mended if draft.body]
    known.write({draft.path: unmarked(draft.body) for draft in drafts})
    left = (_finding(draft, flaw) for draft in drafts for flaw in _flaws(draft, known, deadline))
    return Checked(tuple(drafts), tuple(dropped), tuple(left))


def stands(paragraph: str, known: Known) -> bool:
    """Whether no gate would take the paragraph off a page at the root."""
    draft = Draft(Page.README, "README.md", "paragraph", f"{paragraph}\n")
    body = unmarked(draft.body)
    sheet = Sheet(draft, body, parse(body), known)
    return not any(flaw for gate in GATES for flaw in gate.check(sheet))


def _flaws(draft: Draft, known: Known, deadline: Deadline) -> list[Flaw]:
    deadline.check()
    if is_yaml(draft.path):
        return []
    body = unmarked(draft.body)
    sheet = Sheet(draft, body, parse(body), known)
    return [flaw for gate in GATES for flaw in gate.check(sheet)]


def _mended(draft: Draft, flaws: list[Flaw]) -> Draft:
    if not flaws:
        return draft
    return replace(draft, body=repaired(draft.body, parse(unmarked(draft.body)), flaws))


def _finding(draft: Draft, flaw: Flaw) -> Finding:
    return Finding(gate=flaw.gate, path=draft.path, block=draft.name, line=flaw.line, what=flaw.what)
