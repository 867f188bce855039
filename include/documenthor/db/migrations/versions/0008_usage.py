"""What attempts took and who pays for it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_COLUMNS: tuple[tuple[str, sa.types.TypeEngine[Any]], ...] = (
    ("tenant", sa.String(64)),
    ("job_id", sa.String(64)),
    ("repository", sa.String(255)),
    ("asked", sa.Integer()),
    ("run_id", sa.String(250)),
    ("map_index", sa.Integer()),
    ("try_number", sa.Integer()),
    ("is_final", sa.Boolean()),
    ("started_at", _TIME),
    ("finished_at", _TIME),
    ("gpu_ms", sa.BigInteger()),
    ("cpu_ms", sa.BigInteger()),
    ("ending", sa.String(32)),
    ("waived", sa.String(32)),
    ("currency", sa.String(3)),
    ("gpu_hour", sa.String(32)),
    ("cpu_hour", sa.String(32)),
    ("cost_micros", sa.BigInteger()),
    ("reported_prompt_tokens", sa.BigInteger()),
    ("reported_reply_tokens", sa.BigInteger()),
    ("reported_bytes", sa.BigInteger()),
    ("bundle_bytes", sa.BigInteger()),
)
_INDEXES = (
    ("ix_usage_period", ["tenant", "finished_at"]),
    ("ix_usage_finished_at", ["finished_at"]),
    ("ix_usage_repository", ["job_id", "repository"]),
)


def upgrade() -> None:
    """Create the table, and count what tenants ask for."""
    columns = [sa.Column(name, kind, nullable=False) for name, kind in _COLUMNS]
    op.create_table("usage", sa.Column("unit", sa.String(128), primary_key=True), *columns)
    for name, indexed in _INDEXES:
        op.create_index(name, "usage", indexed)
    op.add_column("repositories", sa.Column("asked", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("repositories", "asked")
    op.drop_table("usage")
