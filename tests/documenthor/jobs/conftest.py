"""A job to work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor.jobs import JobRequest, record

from tests.documenthor.support import NOW

if TYPE_CHECKING:
    from documenthor.db import Database


@pytest.fixture
def job(database: Database) -> str:
    """The id of a recorded job of the tenant `acme`, not resolved yet."""
    return record(database, tenant="acme", request=JobRequest(), requested_by="me", now=NOW).id
