"""What attempts took and who pays for it: kept when jobs are gone, so it refers to none of their rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from documenthor.db.models import Base, UtcDateTime


class UsageRow(Base):
    """One pod or one process tree, known by `unit`, that worked on a repository.

    Times are whole milliseconds, money is whole millionths of `currency`: sums of them are exact. `ending` is
    how it ended, `waived` why nobody is charged ('' where the tenant is), `asked` which of the tenant's
    requests for this repository of this job it was for. What is `reported` is the generator's word.
    """

    __tablename__ = "usage"
    __table_args__ = (
        Index("ix_usage_period", "tenant", "finished_at"),
        Index("ix_usage_finished_at", "finished_at"),
        Index("ix_usage_repository", "job_id", "repository"),
    )

    unit: Mapped[str] = mapped_column(String(128), primary_key=True)
    tenant: Mapped[str] = mapped_column(String(64))
    job_id: Mapped[str] = mapped_column(String(64))
    repository: Mapped[str] = mapped_column(String(255))
    asked: Mapped[int]
    run_id: Mapped[str] = mapped_column(String(250))
    map_index: Mapped[int]
    try_number: Mapped[int]
    is_final: Mapped[bool]
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime] = mapped_column(UtcDateTime)
    gpu_ms: Mapped[int] = mapped_column(BigInteger)
    cpu_ms: Mapped[int] = mapped_column(BigInteger)
    ending: Mapped[str] = mapped_column(String(32))
    waived: Mapped[str] = mapped_column(String(32))
    currency: Mapped[str] = mapped_column(String(3))
    gpu_hour: Mapped[str] = mapped_column(String(32))
    cpu_hour: Mapped[str] = mapped_column(String(32))
    cost_micros: Mapped[int] = mapped_column(BigInteger)
    reported_prompt_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    reported_reply_tokens: Mapped[int] = mapped_column(BigInteger, default=0)
    reported_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    bundle_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
