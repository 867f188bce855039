"""The HTTP API, free of Airflow: `build_app` makes it, `ExactPaths` puts it at its outside paths.

Names are looked up when they are first used, so importing `TriggerError` does not import FastAPI.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from documenthor.api.paths import ExactPaths
from documenthor.errors import TriggerError

if TYPE_CHECKING:
    from documenthor.api.app import build_app

__all__ = ["ExactPaths", "TriggerError", "build_app"]


def __getattr__(name: str) -> object:
    if name == "build_app":
        return import_module("documenthor.api.app").build_app
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
