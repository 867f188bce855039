"""Reports: what a bundle says of its own pages, kept for those who look after them.

All of it comes from an untrusted generator: nothing rests on it, and every text is bounded and printable.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

from docgen.contract import BundleError

from documenthor.db import ReportRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from docgen.contract import Bundle, Claim, Envelope, Finding, JobSpec

    from documenthor.db import Database

# Of each sort as many as a person reads, each as long as they read it.
_MOST, _WIDTH = 20, 300
# What became of a sentence that is on the pages after all.
_SAID = ("kept", "rewritten")


class Sort(StrEnum):
    """What kind of thing did not hold."""

    GATE = "gate"
    REFUTED = "refuted"
    DROPPED = "dropped"
    SENTENCE = "sentence"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Remark:
    """One line: what did not hold, by which gate or rule, and where (`path:line` or a block)."""

    sort: Sort
    rule: str
    place: str
    text: str


def keep(database: Database, spec: JobSpec, envelope: Envelope, now: datetime) -> None:
    """Store the report of a bundle; one that cannot be opened has none, and its outcome says so."""
    try:
        bundle = envelope.open()
    except BundleError:
        return
    verdicts = Counter(claim.verdict for claim in bundle.claims)
    row = ReportRow(
        job_id=spec.job,
        name=spec.repository,
        tenant=spec.tenant,
        at=now,
        score=bundle.score,
        held=verdicts["holds"],
        refuted=verdicts["refuted"],
        dropped=len(bundle.dropped),
        remarks=[asdict(remark) for remark in _remarks(bundle)],
    )
    with database.session() as session:
        session.merge(row)


def _remarks(bundle: Bundle) -> Iterator[Remark]:
    """The most telling first, of each sort a bounded number."""
    refuted = (claim for claim in bundle.claims if claim.verdict == "refuted")
    yield from islice((_of_finding(Sort.GATE, finding) for finding in bundle.findings), _MOST)
    yield from islice((_of_claim(claim) for claim in refuted), _MOST)
    yield from islice((_of_finding(Sort.DROPPED, finding) for finding in bundle.dropped), _MOST)
    lost = sorted((reason, count) for reason, count in bundle.sentences.items() if reason not in _SAID)
    yield from islice(
        (_remark(Sort.SENTENCE, reason, "", f"{count} dropped") for reason, count in lost), _MOST
    )
    yield from islice((_remark(Sort.NOTE, "", "", note) for note in bundle.notes), _MOST)


def _of_claim(claim: Claim) -> Remark:
    said = " ".join(part for part in (claim.subject, claim.predicate, claim.object) if part)
    return _remark(Sort.REFUTED, claim.predicate, f"{claim.path}:{claim.line}", said)


def _of_finding(sort: Sort, finding: Finding) -> Remark:
    place = " ".join(part for part in (finding.path, finding.block) if part)
    said = f"{finding.what}; {finding.advice}" if finding.advice else finding.what
    return _remark(sort, finding.gate, place, said)


def _remark(sort: Sort, rule: str, place: str, text: str) -> Remark:
    return Remark(sort, _bounded(rule), _bounded(place), _bounded(text))


def _bounded(text: str) -> str:
    line = " ".join("".join(char if char.isprintable() else " " for char in text[: 4 * _WIDTH]).split())
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1]}…"
