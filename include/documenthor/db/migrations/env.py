"""Alembic's entry point; `Database.migrate` hands it the connection to use."""

from __future__ import annotations

from alembic import context
from documenthor.db.models import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
