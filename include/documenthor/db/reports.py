"""What was found out about a repository's documentation, for those who look after it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Double, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from documenthor.db.models import Base, UtcDateTime


class ReportRow(Base):
    """What the newest bundle of a repository in a job said of itself; a retry takes its place.

    `score` is 0 to 100, None where it was not taken. `held` and `refuted` count claims, `dropped` what the
    generator's gates took out of the pages. `remarks` are the first of the lines that say what did not hold.
    """

    __tablename__ = "reports"
    __table_args__ = (
        Index("ix_reports_history", "tenant", "name", "at"),
        # All that a trend takes: beside their remarks, rows are slow to read.
        Index("ix_reports_scored", "tenant", "job_id", "at", "score"),
    )

    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(255), primary_key=True)
    tenant: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    score: Mapped[float | None] = mapped_column(Double)
    held: Mapped[int] = mapped_column(default=0)
    refuted: Mapped[int] = mapped_column(default=0)
    dropped: Mapped[int] = mapped_column(default=0)
    remarks: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
