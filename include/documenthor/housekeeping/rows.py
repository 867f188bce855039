"""Rows of our own database that are old enough to go. The audit log, usage and pull requests' fates stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, func, select, tuple_

from documenthor.db import DeliveryRow, GitHubCreationRow, GitHubTurnRow, JobRow, NoticeRow, UsedTokenRow
from documenthor.webhooks import DeliveryState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import DeclarativeBase

    from documenthor.db import Database

_JOBS, _DELIVERIES, _BUDGET = timedelta(days=180), timedelta(days=30), timedelta(days=1)
# In one transaction, so that nobody waits long for the database.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows of `table` that nobody needs any more at a time."""

    table: type[DeclarativeBase]
    is_old: Callable[[datetime], ColumnElement[bool]]

    @property
    def name(self) -> str:
        """The table's name."""
        return str(self.table.__tablename__)

    @property
    def key(self) -> tuple[Any, ...]:
        """The columns of its primary key."""
        return tuple(self.table.__table__.primary_key)


RULES = (
    # Their repositories and reports go with them.
    Rule(JobRow, lambda now: JobRow.finished_at < now - _JOBS),
    Rule(NoticeRow, lambda now: NoticeRow.claimed_at < now - _JOBS),
    Rule(UsedTokenRow, lambda now: UsedTokenRow.forget_at < now),
    Rule(
        DeliveryRow,
        lambda now: and_(
            DeliveryRow.state != DeliveryState.PENDING.value, DeliveryRow.created_at < now - _DELIVERIES
        ),
    ),
    Rule(GitHubCreationRow, lambda now: GitHubCreationRow.at < now - _BUDGET),
    Rule(GitHubTurnRow, lambda now: GitHubTurnRow.at < now - _BUDGET),
)


def sweep(database: Database, now: datetime, *, dry_run: bool = True) -> dict[str, int]:
    """By table, how many rows are old; without `dry_run` they are deleted."""
    found = _count if dry_run else _delete
    return {rule.name: found(database, rule, now) for rule in RULES}


def _count(database: Database, rule: Rule, now: datetime) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(rule.table).where(rule.is_old(now))) or 0


def _delete(database: Database, rule: Rule, now: datetime) -> int:
    deleted = 0
    while True:
        with database.session() as session:
            keys = session.execute(select(*rule.key).where(rule.is_old(now)).limit(_BATCH)).all()
            if keys:
                session.execute(delete(rule.table).where(tuple_(*rule.key).in_([tuple(key) for key in keys])))
        deleted += len(keys)
        if len(keys) < _BATCH:
            return deleted
