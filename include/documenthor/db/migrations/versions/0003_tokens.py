"""When keys retire, and which tokens were used."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column and the table."""
    with op.batch_alter_table("public_keys") as keys:
        keys.add_column(sa.Column("retired_at", sa.DateTime(timezone=True)))
    op.create_table(
        "used_tokens",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("forget_at", sa.DateTime(timezone=True), nullable=False, index=True),
    )


def downgrade() -> None:
    """Take both away."""
    op.drop_table("used_tokens")
    with op.batch_alter_table("public_keys") as keys:
        keys.drop_column("retired_at")
