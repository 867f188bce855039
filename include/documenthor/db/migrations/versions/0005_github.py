"""GitHub's rate limits: accounts, what was created, whose turn it is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "github_accounts",
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("paused_until", _TIME),
    )
    op.create_table(
        "github_creations",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("account", sa.String(200), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Index("ix_github_creations_at", "account", "at"),
    )
    op.create_table(
        "github_turns",
        sa.Column("account", sa.String(200), primary_key=True),
        sa.Column("who", sa.String(100), primary_key=True),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("remaining", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("github_turns", "github_creations", "github_accounts"):
        op.drop_table(table)
