"""The audit log's tables. The database itself refuses to change or delete an entry."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from documenthor.db.models import Base, UtcDateTime


class AuditRow(Base):
    """One operation. `hash` covers the entry and the hash before it in the tenant's chain."""

    __tablename__ = "audit"

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(255))
    operation: Mapped[str] = mapped_column(String(64))
    target: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text)
    request: Mapped[str] = mapped_column(String(64))
    token: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHeadRow(Base):
    """The end of a tenant's chain; whoever appends holds this row's lock, so no chain forks."""

    __tablename__ = "audit_heads"

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
