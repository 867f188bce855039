"""What commands open: the database for as long as they work with it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documenthor.db import Database
    from documenthor.settings import Settings


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The deployment's database, closed at the end."""
    from documenthor.db import Database

    database = Database(settings.database_url)
    try:
        yield database
    finally:
        database.close()
