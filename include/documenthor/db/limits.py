"""How much of its quota each caller has used, for all API workers together."""

from __future__ import annotations

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from documenthor.db.models import Base


class RateLimitRow(Base):
    """Requests that `subject` has made in `window`, the number of the window since 1970."""

    __tablename__ = "rate_limits"

    subject: Mapped[str] = mapped_column(String(400), primary_key=True)
    window: Mapped[int] = mapped_column(BigInteger)
    used: Mapped[int] = mapped_column(BigInteger)
