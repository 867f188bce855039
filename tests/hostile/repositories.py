"""The table of hostile repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.hostile.tables.embedded import EMBEDDED
from tests.hostile.tables.links import LINKS
from tests.hostile.tables.names import NAMES
from tests.hostile.tables.served import SERVED
from tests.hostile.tables.sizes import SIZES

if TYPE_CHECKING:
    from tests.hostile.hostile import Table

REPOSITORIES: Table = LINKS | NAMES | EMBEDDED | SERVED | SIZES
