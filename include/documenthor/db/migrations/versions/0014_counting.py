"""Ways to count and rank rows without reading them."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_COUNTED = ("job_id", "outcome", "started_at", "attempt", "busy_seconds", "finished_at", "name", "position")
_INDEXES = {
    "ix_repositories_counted": ("repositories", _COUNTED),
    "ix_reports_scored": ("reports", ("tenant", "job_id", "at", "score")),
}


def upgrade() -> None:
    """Create the indexes."""
    for name, (table, columns) in _INDEXES.items():
        op.create_index(name, table, columns)


def downgrade() -> None:
    """Drop them."""
    for name, (table, _) in _INDEXES.items():
        op.drop_index(name, table)
