"""The verification receipt of a pull request: what held, what it scored, and what was left unsaid.

All of it but our own gates' names comes from an untrusted bundle, so every such text stands alone in a
code span: there it mentions nobody, links nowhere, closes no issue and makes no HTML.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from documenthor.publish import gates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docgen.contract import Bundle, Finding

# Beyond this many findings and notes they are counted, and beyond this many characters they are cut.
_LISTED, _WIDTH = 20, 200
# What became of a sentence that is on the pages after all.
_SAID = ("kept", "rewritten")


def render(bundle: Bundle) -> str:
    """Markdown, most important first."""
    sections = (("What was checked", _checked(bundle)), ("What was left unsaid", _unsaid(bundle)))
    return "\n\n".join(f"### {title}\n\n{chr(10).join(lines)}" for title, lines in sections)


def quoted(text: str) -> str:
    """Untrusted text as a code span of bounded length on one line."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text[: 4 * _WIDTH]).split())
    short = line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1]}…"
    # A comment's end would close the hidden one that this body ends with, wherever it stands.
    safe = short.replace("`", "'").replace("<!--", "<! --").replace("-->", "-- >")
    return f"`{safe or ' '}`"


def _checked(bundle: Bundle) -> Iterator[str]:
    score = "not taken" if bundle.score is None else f"{bundle.score:g} of 100"
    verdicts = Counter(claim.verdict for claim in bundle.claims)
    yield f"- Gates that held: {', '.join(gates.NAMES)}."
    yield f"- Score: {score}."
    yield f"- Statements checked against the source: {verdicts['holds']} hold."
    yield f"- Statements refuted, and therefore not on the pages: {verdicts['refuted']}."


def _unsaid(bundle: Bundle) -> Iterator[str]:
    dropped = {reason: count for reason, count in bundle.sentences.items() if reason not in _SAID}
    total = sum(dropped.values())
    said = sum(bundle.sentences.get(reason, 0) for reason in _SAID)
    yield f"- Sentences of a model: {said} kept or rewritten, {total} dropped."
    reasons = sorted(dropped.items(), key=lambda item: (-item[1], item[0]))
    yield from _bounded([f"  - {count} for {quoted(reason)}" for reason, count in reasons], "reasons")
    yield f"- Taken out of the pages by gates: {len(bundle.dropped)}."
    yield from _bounded(_findings(bundle.dropped), "findings")
    yield from _bounded([f"- {quoted(note)}" for note in bundle.notes], "notes")


def _findings(findings: Iterable[Finding]) -> list[str]:
    return [f"  - {quoted(str(finding))}" for finding in findings]


def _bounded(lines: Sequence[str], what: str) -> list[str]:
    more = len(lines) - _LISTED
    return [*lines[:_LISTED], *([f"  - and {more} more {what}"] if more > 0 else [])]
