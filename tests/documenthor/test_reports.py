"""What is kept of a bundle: bounded, printable, one report for each repository of a job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docgen.contract import Envelope
from documenthor import reports
from documenthor.db import ReportRow

from tests.documenthor.pages import support
from tests.documenthor.support import NOW, spec

if TYPE_CHECKING:
    from documenthor.db import Database


def test_report_counts_and_lists_what_did_not_hold(database: Database) -> None:
    row = _kept(
        database,
        claims=(support.REFUTED, support.REFUTED.model_copy(update={"verdict": "holds"})),
        dropped=(support.DROPPED,),
        sentences={"kept": 4, "no fact": 2},
    )
    assert (row.score, row.held, row.refuted, row.dropped) == (90.0, 1, 1, 1)
    assert [(each["sort"], each["rule"], each["place"], each["text"]) for each in row.remarks] == [
        ("refuted", "takes", "app.py:7", "app.run takes times"),
        ("dropped", "links", "README.md overview", "a link leads outside"),
        ("sentence", "no fact", "", "2 dropped"),
    ]


def test_report_is_bounded_and_printable(database: Database) -> None:
    long = support.REFUTED.model_copy(update={"subject": "a\x00b\u202e" + "x" * 5000})
    row = _kept(database, claims=(long,) * 500, notes=("\x1b[31m" * 100,) * 500)
    assert row.refuted == 500
    assert len(row.remarks) == 40
    assert all(len(text) <= 300 and text.isprintable() for each in row.remarks for text in each.values())
    assert row.remarks[0]["text"].startswith("a b x")


def test_a_bundle_that_cannot_be_opened_leaves_no_report(database: Database) -> None:
    support.record(database, ["alpha"])
    reports.keep(database, spec("alpha"), Envelope(digest="0" * 64, payload="?"), NOW)
    with database.reading() as session:
        assert session.get(ReportRow, ("job", "alpha")) is None


def _kept(database: Database, **said: Any) -> ReportRow:  # noqa: ANN401 - as `report` takes it
    support.record(database, ["alpha"])
    support.report(database, "job", "alpha", **said)
    with database.reading() as session:
        return session.get_one(ReportRow, ("job", "alpha"))
