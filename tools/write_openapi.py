"""Write the API's description to `docs/openapi.json` (`make openapi`); `--check`: whether it is current."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from documenthor.api import build_app
from documenthor.api.openapi import document
from documenthor.db import Database
from documenthor.settings import Settings

_FILE = Path(__file__).resolve().parents[1] / "docs" / "openapi.json"


def text() -> str:
    """The document as it should be."""
    app = build_app(
        settings=Settings.from_environment({}),
        database=Database("sqlite://"),
        trigger=lambda _: None,
        clock=lambda: datetime.now(UTC),
        checks={},
    )
    return json.dumps(document(app), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    if "--check" not in sys.argv[1:]:
        _FILE.write_text(text(), "utf-8")
    elif not _FILE.is_file() or _FILE.read_text("utf-8") != text():
        sys.exit("docs/openapi.json is out of date; run `make openapi`")
