"""What people were told, so that they are told once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from documenthor.db.models import Base, UtcDateTime


class NoticeRow(Base):
    """One message about a job to one channel. `channel` is a digest; `sent_at` is None while it is sent.

    A job may be late before it is recorded, so `job_id` refers to no row.
    """

    __tablename__ = "notices"

    job_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    topic: Mapped[str] = mapped_column(String(64), primary_key=True)
    channel: Mapped[str] = mapped_column(String(64), primary_key=True)
    claimed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
