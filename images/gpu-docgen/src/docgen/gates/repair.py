"""Taking out of a page what a gate found, and what is left without a point after that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docgen.gates.flaw import Repair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docgen.contract.gates.document import Document
    from docgen.gates.flaw import Flaw

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z`*\[])")
_HEADING = re.compile(r"(#{1,6}) ")
_PARTS = frozenset({"tr_open", "list_item_open", "paragraph_open", "fence", "code_block", "blockquote_open"})
_RULE = re.compile(r"\|(?: ?:?-{3,}:? ?\|)+")


def repaired(body: str, document: Document, flaws: Sequence[Flaw]) -> str:
    """`body` without what the flaws are about; empty where nothing but headings is left."""
    lines: list[str | None] = list(body.split("\n"))
    spans = _spans(document)
    for flaw in flaws:
        _REPAIRS[flaw.repair](lines, flaw, spans, document)
    return _pruned([line for line in lines if line is not None])


def _spans(document: Document) -> list[tuple[int, int, str]]:
    """First line, line after the last and kind of every part that can go, from 0."""
    found = (located.token for located in document.tokens if located.token.type in _PARTS)
    return [(token.map[0], token.map[1], token.type) for token in found if token.map]


def _drop_part(lines: list[str | None], flaw: Flaw, spans: list[tuple[int, int, str]], _: Document) -> None:
    at = flaw.line - 1
    around = [span for span in spans if span[0] <= at < span[1]]
    # Of parts of one size the outer one comes first: a list item before the paragraph that fills it.
    start, end, kind = min(around, key=lambda span: span[1] - span[0], default=(at, at + 1, ""))
    text = "\n".join(line for line in lines[start:end] if line is not None)
    kept = _other_sentences(text, flaw.needle) if kind == "paragraph_open" else ""
    lines[start:end] = [kept or None, *([None] * (end - start - 1))]


def _other_sentences(paragraph: str, needle: str) -> str:
    sentences = _SENTENCE_END.split(paragraph)
    return " ".join(one for one in sentences if not needle or needle not in one)


def _drop_section(
    lines: list[str | None], flaw: Flaw, _: list[tuple[int, int, str]], document: Document
) -> None:
    """The last heading up to the line of the flaw, with all up to the next one that is not below it."""
    headings = [
        (token.map[0], int(token.tag[1:]))
        for token, _ in document.tokens
        if token.type == "heading_open" and token.map
    ]
    start, level = next((one for one in reversed(headings) if one[0] < flaw.line), (0, 0))
    end = next((at for at, other in headings if at > start and other <= level), len(lines))
    lines[start:end] = [None] * (end - start)


def _relabel(lines: list[str | None], flaw: Flaw, _: list[tuple[int, int, str]], __: Document) -> None:
    line = lines[flaw.line - 1]
    if line is not None:
        lines[flaw.line - 1] = re.sub(r"^([ >\t]*(?:[-*+] +|\d+[.)] +)?(?:`{3,}|~{3,})).*$", r"\1text", line)


_REPAIRS = {Repair.PART: _drop_part, Repair.SECTION: _drop_section, Repair.LABEL: _relabel}


def _pruned(lines: list[str]) -> str:
    """Without tables that have no rows, headings with nothing below and blank lines that follow another."""
    before: list[str] = []
    while lines != before:
        before, lines = lines, list(_without_empty(lines))
    text = "\n".join(lines).strip("\n")
    return f"{text}\n" if re.search(r"^(?!#{1,6} ).*\S", text, re.MULTILINE) else ""


def _without_empty(lines: list[str]) -> Iterator[str]:
    fence = ""
    for number, line in enumerate(lines):
        fence = _fence_after(fence, line)
        if fence or not _is_empty(lines, number):
            yield line


def _fence_after(fence: str, line: str) -> str:
    """The marks that close the code block which is open after `line`; empty where none is."""
    found = re.match(r"[ >\t]*(?:[-*+] +)?(`{3,}|~{3,})", line)
    if not found:
        return fence
    if not fence:
        return found[1]
    return "" if line.strip().startswith(fence) and not line.strip().strip(fence[0]) else fence


def _is_empty(lines: list[str], number: int) -> bool:
    """Whether the line, outside code, has nothing that it is there for."""
    line, before = lines[number], lines[number - 1] if number else ""
    after, second = (*lines[number + 1 : number + 3], "", "")[:2]
    if not line.strip():
        return not before.strip()
    if _RULE.fullmatch(after) and not second.startswith("|"):
        return True
    if _RULE.fullmatch(line) and not before.startswith("|"):
        return True
    heading = _HEADING.match(line)
    following = next((other for other in lines[number + 1 :] if other.strip()), "")
    other = _HEADING.match(following)
    return heading is not None and (not following or (other is not None and len(other[1]) <= len(heading[1])))
