"""A score for people, and as JSON for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docgen.score.model import Score

_SHOWN_FINDINGS, _SHOWN_MISSING = 100, 20


def as_json(score: Score) -> str:
    """Everything, findings and all that is missing included."""
    return json.dumps(asdict(score), indent=2, ensure_ascii=False)


def as_text(score: Score) -> str:
    """The score, its parts, what is wrong with file and line, and the most important of what is missing."""
    return _printable("\n".join(_lines(score)))


def _lines(score: Score) -> Iterator[str]:
    yield f"score          {score.total:5.1f}"
    for name, value in score.components.items():
        yield f"  {name:<13}{100 * value:5.1f}"
    counts = f"{score.supported} supported, {score.contradicted} contradicted, {score.unknown} undecided"
    yield f"statements: {counts}"
    for finding in score.findings[:_SHOWN_FINDINGS]:
        yield f"{finding.page}:{finding.line}: {finding.kind}: {finding.text[:120]}: {finding.why[:240]}"
    if len(score.findings) > _SHOWN_FINDINGS:
        yield f"and {len(score.findings) - _SHOWN_FINDINGS} more; --json has them all"
    if score.missing:
        more = len(score.missing) - _SHOWN_MISSING
        yield f"missing: {', '.join(score.missing[:_SHOWN_MISSING])}{f' and {more} more' if more > 0 else ''}"


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() or char == "\n" else "?" for char in text)
