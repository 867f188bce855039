"""A way to count a job's rows without reading them."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_NAME = "ix_repositories_counted"


def upgrade() -> None:
    """Create the index."""
    counted = ["job_id", "outcome", "started_at", "attempt", "busy_seconds"]
    op.create_index(_NAME, "repositories", counted)


def downgrade() -> None:
    """Drop it."""
    op.drop_index(_NAME, "repositories")
