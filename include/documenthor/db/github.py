"""The tables of GitHub's rate limits: one account is one credential's, shared by all workers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from documenthor.db.models import Base, UtcDateTime


class GitHubAccountRow(Base):
    """An account; nobody calls GitHub with it before `paused_until`. Its row is the lock of the others."""

    __tablename__ = "github_accounts"

    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    paused_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class GitHubCreationRow(Base):
    """So many creations that were made, kept for an hour."""

    __tablename__ = "github_creations"
    __table_args__ = (Index("ix_github_creations_at", "account", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    count: Mapped[int]


class GitHubTurnRow(Base):
    """Whose turn it is to write and from when on; `remaining` of it is not used yet."""

    __tablename__ = "github_turns"

    account: Mapped[str] = mapped_column(String(200), primary_key=True)
    who: Mapped[str] = mapped_column(String(100), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    remaining: Mapped[int]
