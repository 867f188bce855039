"""What became of our pull requests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "proposals",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("repository", sa.String(255), primary_key=True),
        sa.Column("reference", sa.String(512), primary_key=True),
        sa.Column("job_id", sa.String(64), nullable=False),
        sa.Column("fate", sa.String(16), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_proposals_fate", "proposals", ["tenant", "fate"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("proposals")
