"""What people are told of a job: composed here, sent by whoever holds the connections, once each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError

from documenthor.db import NoticeRow
from documenthor.run_notes import counted, repositories
from documenthor.tenants import News

if TYPE_CHECKING:
    from datetime import datetime

    from documenthor.db import Database
    from documenthor.jobs import Forecast, JobSummary

# Whoever began to send has this long before somebody else may try.
_LEASE = timedelta(minutes=5)
_MOMENT = "%Y-%m-%d %H:%M"
_SUBJECTS = {
    News.FINISHED: "Documentation of {tenant}: finished",
    News.FAILED: "Documentation of {tenant}: {failed} failed",
    News.LATE: "Documentation of {tenant} is late",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """A message: one line, and the lines below it. Nothing in it comes from a repository."""

    subject: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """One message to one channel. `topic` differs where the same news may be told again."""

    job_id: str
    topic: str
    channel: str

    @property
    def primary(self) -> tuple[str, str, str]:
        """The row's key; channels are long and hold addresses, so their digest stands for them."""
        return self.job_id, self.topic, sha256(self.channel.encode()).hexdigest()


def compose(
    news: News,
    tenant: str,
    job: JobSummary | None,
    page: str,
    *,
    forecast: Forecast | None = None,
    put_off: int = 0,
) -> Notice:
    """The message about `job`, which is None where no task of it has begun; `page` is where to look.

    `put_off` is how many repositories' turn did not come before the job's time was over.
    """
    counts = dict(job.counts) if job is not None else {}
    subject = _SUBJECTS[news].format(tenant=tenant, failed=repositories(counts.get("failed", 0)))
    lines = [counted(counts) or "No repository has been planned."]
    if job is not None and job.error:
        lines.append(job.error)
    if forecast is not None:
        lines.append(_foreseen(forecast))
    if put_off:
        lines.append(f"{repositories(put_off)} put off when the window closed; next night begins with them.")
    return Notice(subject, (*lines, page))


def _foreseen(forecast: Forecast) -> str:
    over = f"; its window is until {forecast.ends_at:{_MOMENT}} UTC" if forecast.ends_at else ""
    return f"At its pace until now it will be done at about {forecast.done_at:{_MOMENT}} UTC{over}."


def claim(database: Database, key: Key, now: datetime) -> bool:
    """Whether the message is the caller's to send: it is not sent, and nobody else is at it."""
    job_id, topic, channel = key.primary
    try:
        with database.session() as session:
            row = session.get(NoticeRow, key.primary, with_for_update=True)
            if row is None:
                session.add(NoticeRow(job_id=job_id, topic=topic, channel=channel, claimed_at=now))
                return True
            if row.sent_at is not None or row.claimed_at > now - _LEASE:
                return False
            row.claimed_at = now
            return True
    except IntegrityError:
        return False


def settle(database: Database, key: Key, now: datetime) -> None:
    """The message was sent."""
    with database.session() as session:
        if (row := session.get(NoticeRow, key.primary)) is not None:
            row.sent_at = now


def release(database: Database, key: Key) -> None:
    """The message could not be sent; the next one who asks may try."""
    with database.session() as session:
        if (row := session.get(NoticeRow, key.primary)) is not None:
            session.delete(row)
