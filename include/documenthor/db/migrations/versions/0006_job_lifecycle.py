"""What a job needs to be started once, cancelled, retried and followed."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_COLUMNS: tuple[tuple[str, str, sa.types.TypeEngine[Any], str | None], ...] = (
    ("jobs", "idempotency_key", sa.String(255), None),
    ("jobs", "revision", sa.Integer(), "1"),
    ("jobs", "round", sa.Integer(), "0"),
    ("jobs", "starting_until", sa.DateTime(timezone=True), None),
    ("jobs", "triggered_at", sa.DateTime(timezone=True), None),
    ("jobs", "cancelled_at", sa.DateTime(timezone=True), None),
    ("repositories", "source_commit", sa.String(64), ""),
    ("repositories", "revision", sa.Integer(), "1"),
    ("repositories", "busy_seconds", sa.Double(), "0"),
)
_INDEXES = (
    ("ix_jobs_idempotency_key", "jobs", ["tenant", "idempotency_key"], True),
    ("ix_jobs_newest", "jobs", ["tenant", "created_at", "id"], False),
    ("ix_repositories_revision", "repositories", ["job_id", "revision"], False),
)


def upgrade() -> None:
    """Add the columns; what was recorded before was triggered when it was recorded."""
    for table, name, kind, default in _COLUMNS:
        # What must have a value needs one for the rows that are there.
        op.add_column(table, sa.Column(name, kind, nullable=default is None, server_default=default))
    for name, table, columns, unique in _INDEXES:
        op.create_index(name, table, columns, unique=unique)
    op.execute("UPDATE jobs SET triggered_at = created_at")
    _copy_commits()


def _copy_commits() -> None:
    rows = sa.table(
        "repositories",
        sa.column("job_id", sa.String),
        sa.column("position", sa.Integer),
        sa.column("spec", sa.Text),
        sa.column("source_commit", sa.String),
    )
    connection = op.get_bind()
    planned = connection.execute(
        sa.select(rows.c.job_id, rows.c.position, rows.c.spec).where(rows.c.spec.is_not(None))
    )
    for job_id, position, spec in planned.all():
        this = (rows.c.job_id == job_id) & (rows.c.position == position)
        connection.execute(rows.update().where(this).values(source_commit=json.loads(spec)["commit"]))


def downgrade() -> None:
    """Drop what was added."""
    for name, table, _, _ in _INDEXES:
        op.drop_index(name, table)
    for table, name, _, _ in _COLUMNS:
        op.drop_column(table, name)
