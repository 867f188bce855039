"""Write the JSON schema of `.documenthor.yml` into the generator's package (`make schema`)."""

from __future__ import annotations

from pathlib import Path

from docgen import settings
from docgen.settings.schema import FILE, schema

if __name__ == "__main__":
    Path(settings.__file__).with_name(FILE).write_text(schema(), "utf-8")
