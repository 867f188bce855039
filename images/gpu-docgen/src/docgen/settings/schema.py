"""The JSON schema of `.documenthor.yml`, for editors and for people; `documenthor.schema.json` holds it."""

from __future__ import annotations

import json
from importlib import resources

from docgen.contract import RepositorySettings

FILE = "documenthor.schema.json"


def schema() -> str:
    """The schema as the model has it, as JSON text."""
    found = RepositorySettings.model_json_schema()
    found = {"$schema": "https://json-schema.org/draft/2020-12/schema", **found, "title": ".documenthor.yml"}
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def published() -> str:
    """The schema as the package ships it."""
    return (resources.files("docgen.settings") / FILE).read_text("utf-8")
