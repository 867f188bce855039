"""The audit log shows every way of tampering, and no chain forks, however many write."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from documenthor import audit
from documenthor.audit import Anchor, Event, Result
from documenthor.audit.entries import GENESIS, chained
from documenthor.errors import ConfigurationError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.documenthor.support import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from documenthor.db import Database
    from sqlalchemy.orm import Session

_COUNT = 6


def _event(number: int, tenant: str = "acme") -> Event:
    return Event(tenant, f"key:{number}", "job.submit", Result.SUCCESS, target=f"job-{number}")


@pytest.fixture
def log(database: Database) -> Database:
    """A database with entries of two tenants."""
    for number in range(1, _COUNT + 1):
        audit.append(database, _event(number), NOW)
        audit.append(database, _event(number, "other"), NOW)
    return database


def unlock(session: Session) -> None:
    """Take away what refuses changes, as somebody with the database's password could."""
    if session.get_bind().dialect.name == "sqlite":
        for event in ("update", "delete"):
            session.execute(text(f"DROP TRIGGER audit_no_{event}"))
    else:
        session.execute(text("DROP TRIGGER audit_no_change ON audit"))


def _edit(session: Session) -> None:
    session.execute(text("UPDATE audit SET actor = 'somebody else' WHERE tenant = 'acme' AND number = 3"))


def _move_in_time(session: Session) -> None:
    session.execute(
        text("UPDATE audit SET at = :at WHERE tenant = 'acme' AND number = 2"), {"at": NOW.replace(year=2027)}
    )


def _delete(session: Session) -> None:
    session.execute(text("DELETE FROM audit WHERE tenant = 'acme' AND number = 4"))


def _delete_first(session: Session) -> None:
    session.execute(text("DELETE FROM audit WHERE tenant = 'acme' AND number = 1"))


def _reorder(session: Session) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        session.execute(
            text("UPDATE audit SET number = :new WHERE tenant = 'acme' AND number = :old"),
            {"old": old, "new": new},
        )


def _move_between_tenants(session: Session) -> None:
    session.execute(text("DELETE FROM audit WHERE tenant = 'acme' AND number = 2"))
    session.execute(text("UPDATE audit SET tenant = 'acme' WHERE tenant = 'other' AND number = 2"))


def _cut_off(session: Session) -> None:
    session.execute(text("DELETE FROM audit WHERE tenant = 'acme' AND number = 6"))


def _cut_off_with_head(session: Session) -> None:
    session.execute(text("DELETE FROM audit WHERE tenant = 'acme' AND number > 4"))
    last = session.scalar(text("SELECT hash FROM audit WHERE tenant = 'acme' AND number = 4"))
    session.execute(
        text("UPDATE audit_heads SET number = 4, hash = :hash WHERE tenant = 'acme'"), {"hash": last}
    )


def _remove_whole_chain(session: Session) -> None:
    for table in ("audit", "audit_heads"):
        session.execute(text(f"DELETE FROM {table} WHERE tenant = 'acme'"))  # noqa: S608 - a fixed name


def _write_anew(session: Session) -> None:
    previous = GENESIS
    for number in range(1, _COUNT + 1):
        # The same entries but one, with hashes that fit one another.
        event = _event(number if number != 3 else 33)
        entry = chained(number, NOW, event, previous)
        session.execute(
            text("UPDATE audit SET actor = :a, target = :t, hash = :h WHERE tenant = 'acme' AND number = :n"),
            {"a": event.actor, "t": event.target, "h": entry.hash, "n": number},
        )
        previous = entry.hash
    session.execute(text("UPDATE audit_heads SET hash = :h WHERE tenant = 'acme'"), {"h": previous})


_ALONE = (_edit, _move_in_time, _delete, _delete_first, _reorder, _move_between_tenants, _cut_off)
_WITH_ANCHORS = (*_ALONE, _cut_off_with_head, _remove_whole_chain, _write_anew)


def test_an_untouched_log_holds(log: Database) -> None:
    kept = audit.anchors(log)
    assert [(anchor.tenant, anchor.number) for anchor in kept] == [("acme", _COUNT), ("other", _COUNT)]
    audit.append(log, _event(7), NOW)
    assert audit.verify(log, kept) == []


@pytest.mark.parametrize("tamper", _ALONE)
def test_tampering_shows_without_anchors(log: Database, tamper: Callable[[Session], None]) -> None:
    with log.session() as session:
        unlock(session)
        tamper(session)
    assert any(finding.startswith("acme: ") for finding in audit.verify(log))


@pytest.mark.parametrize("tamper", _WITH_ANCHORS)
def test_tampering_shows_with_anchors(log: Database, tamper: Callable[[Session], None]) -> None:
    kept = audit.anchors(log)
    with log.session() as session:
        unlock(session)
        tamper(session)
    findings = audit.verify(log, kept)
    assert findings
    # The other tenant's chain is touched by one of them alone.
    touched = {"acme", "other"} if tamper is _move_between_tenants else {"acme"}
    assert {finding.split(":")[0] for finding in findings} == touched


@pytest.mark.parametrize("statement", ["UPDATE audit SET reason = 'x'", "DELETE FROM audit"])
def test_the_database_refuses_changes(log: Database, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), log.session() as session:
        session.execute(text(statement))
    assert audit.verify(log) == []


def test_no_fork_under_many_writers(database: Database) -> None:
    with ThreadPoolExecutor(200) as pool:
        list(pool.map(lambda number: audit.append(database, _event(number), NOW), range(200)))
    entries = list(audit.entries(database, "acme"))
    assert [entry.number for entry in entries] == list(range(1, 201))
    assert len({entry.event.target for entry in entries}) == 200
    assert audit.verify(database) == []


def test_hostile_texts_are_bounded_and_one_line(database: Database) -> None:
    event = Event("acme", "a\x00b\n" * 200, "job.submit", Result.FAILURE, reason="\x1b[31m" * 1000)
    entry = audit.append(database, event, NOW)
    (found,) = audit.entries(database, "acme")
    assert found == entry
    assert len(found.event.actor) == 255
    assert found.event.actor.isprintable()
    assert found.event.reason.isprintable()
    assert audit.verify(database) == []


def test_ocsf_events_have_what_the_class_requires(log: Database) -> None:
    first = audit.api_activity(next(audit.entries(log, "acme")))
    required = {
        "activity_id", "actor", "api", "category_uid", "class_uid", "metadata",
        "severity_id", "src_endpoint", "time", "type_uid",
    }  # fmt: skip
    assert required <= first.keys()
    assert (first["class_uid"], first["activity_id"], first["type_uid"]) == (6003, 1, 600301)
    assert first["time"] == NOW.timestamp() * 1000
    assert first["status"] == "Success"
    assert first["actor"]["user"]["uid"] == "key:1"


def test_anchors_survive_writing_and_reading(log: Database) -> None:
    kept = audit.anchors(log)
    assert audit.read_anchors("\n".join(anchor.line() for anchor in kept)) == kept


_NO_ANCHORS = (
    "{",
    "[]",
    "{}",
    f'{{"tenant": "a", "number": -1, "hash": "{GENESIS}"}}',
    '{"tenant": "a", "number": 1, "hash": "x"}',
)


@pytest.mark.parametrize("line", _NO_ANCHORS)
def test_what_is_no_anchor_is_named_by_its_line(line: str) -> None:
    with pytest.raises(ConfigurationError, match="line 2 "):
        audit.read_anchors(f"{Anchor('a', 1, GENESIS).line()}\n{line}")
