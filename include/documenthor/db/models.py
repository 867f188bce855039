"""The tables. A change here needs a migration in `migrations/versions`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    DateTime,
    Double,
    ForeignKey,
    Index,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect


class UtcDateTime(TypeDecorator[datetime]):
    """A point in time, always aware and in UTC; SQLite would hand it back without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Store in UTC."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Hand back in UTC."""
        return value and (value if value.tzinfo else value.replace(tzinfo=UTC))


class Base(DeclarativeBase):
    """All our tables."""


class JobRow(Base):
    """One request for any number of repositories. Its state is derived from its rows, never stored.

    `revision` grows with every change of the job or of a row, `round` with every retry. Whoever starts
    a run holds the job until `starting_until`; `triggered_at` is when that worked. No work on it begins
    of itself from `ends_at` on. `colour` is the deployment that works on it, empty where there is but one.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("tenant", "token_id"),
        Index("ix_jobs_idempotency_key", "tenant", "idempotency_key", unique=True),
        Index("ix_jobs_newest", "tenant", "created_at", "id"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    tenant: Mapped[str] = mapped_column(String(64), index=True)
    requested_by: Mapped[str] = mapped_column(String(255))
    token_id: Mapped[str | None] = mapped_column(String(255))
    idempotency_key: Mapped[str | None] = mapped_column(String(255))
    colour: Mapped[str] = mapped_column(String(20), default="", server_default="")
    request: Mapped[dict[str, Any]] = mapped_column(JSON)
    revision: Mapped[int] = mapped_column(default=1)
    round: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    starting_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    triggered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str] = mapped_column(Text, default="")


# All that counting and ranking take: beside their specs, rows are slow to read.
_COUNTED = ("job_id", "outcome", "started_at", "attempt", "busy_seconds", "finished_at", "name", "position")


class RepositoryRow(Base):
    """One repository of a job. `run_id` is the run that claimed it, `outcome` its end state.

    `revision` is the job's when this row last changed; `asked` counts how often somebody asked
    for it, `busy_seconds` adds up all its attempts.
    """

    __tablename__ = "repositories"
    __table_args__ = (
        UniqueConstraint("job_id", "name"),
        Index("ix_repositories_claim", "job_id", "run_id"),
        Index("ix_repositories_revision", "job_id", "revision"),
        Index("ix_repositories_name", "name", "job_id"),
        Index("ix_repositories_counted", *_COUNTED),
    )

    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    spec: Mapped[str | None] = mapped_column(Text)
    source_commit: Mapped[str] = mapped_column(String(64), default="")
    revision: Mapped[int] = mapped_column(default=1)
    run_id: Mapped[str | None] = mapped_column(String(271))
    asked: Mapped[int] = mapped_column(default=1)
    attempt: Mapped[int] = mapped_column(default=0)
    busy_seconds: Mapped[float] = mapped_column(Double, default=0.0)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(32))
    reason: Mapped[str] = mapped_column(String(64), default="")
    message: Mapped[str] = mapped_column(Text, default="")
    commit: Mapped[str] = mapped_column(String(64), default="")
    reference: Mapped[str] = mapped_column(Text, default="")
    pages: Mapped[list[str]] = mapped_column(JSON, default=list)


class PublicKeyRow(Base):
    """The public half of a tenant's key. A key belongs to exactly one tenant.

    From `retired_at` on, which may lie ahead, it counts for nothing.
    """

    __tablename__ = "public_keys"

    kid: Mapped[str] = mapped_column(String(64), primary_key=True)
    tenant: Mapped[str] = mapped_column(String(64), index=True)
    jwk: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
