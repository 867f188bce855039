"""What was found out about documentation, and a way to find a repository's rows by its name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table and the index."""
    op.create_table(
        "reports",
        sa.Column("job_id", sa.String(64), sa.ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("name", sa.String(255), primary_key=True),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("score", sa.Double()),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("refuted", sa.Integer(), nullable=False),
        sa.Column("dropped", sa.Integer(), nullable=False),
        sa.Column("remarks", sa.JSON(), nullable=False),
    )
    op.create_index("ix_reports_history", "reports", ["tenant", "name", "at"])
    op.create_index("ix_repositories_name", "repositories", ["name", "job_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_repositories_name", "repositories")
    op.drop_table("reports")
