"""Two colours of a deployment over one database: which is active, and whose a job is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what versions before this one neither read nor have to write."""
    op.create_table(
        "active_colour",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )
    op.add_column("jobs", sa.Column("colour", sa.String(20), nullable=False, server_default=""))
    with op.batch_alter_table("repositories") as batch:
        # The longest id of a run in Airflow, and a colour before it.
        batch.alter_column("run_id", existing_type=sa.String(250), type_=sa.String(271))


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("repositories") as batch:
        batch.alter_column("run_id", existing_type=sa.String(271), type_=sa.String(250))
    op.drop_column("jobs", "colour")
    op.drop_table("active_colour")
