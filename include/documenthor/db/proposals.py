"""What became of our pull requests, kept when the jobs that opened them are gone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from documenthor.db.models import Base, UtcDateTime


class ProposalRow(Base):
    """A pull request of ours by its address. `job_id` is the last job that proposed something in it."""

    __tablename__ = "proposals"
    __table_args__ = (Index("ix_proposals_fate", "tenant", "fate"),)

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    repository: Mapped[str] = mapped_column(String(255), primary_key=True)
    reference: Mapped[str] = mapped_column(String(512), primary_key=True)
    job_id: Mapped[str] = mapped_column(String(64))
    fate: Mapped[str] = mapped_column(String(16))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
