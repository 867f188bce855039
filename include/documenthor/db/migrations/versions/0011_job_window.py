"""Until when work on a job may begin."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; jobs that are there have all the time they need."""
    op.add_column("jobs", sa.Column("ends_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("jobs", "ends_at")
