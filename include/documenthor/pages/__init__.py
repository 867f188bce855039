"""The pages for operators, free of Airflow: `build_pages` makes an app of them, to be mounted anywhere.

Names are looked up when they are first used, so importing this package does not import FastAPI.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from documenthor.pages.app import build_pages
    from documenthor.pages.visitors import Action, Visitor

__all__ = ["Action", "Visitor", "build_pages"]
_PLACES = {"build_pages": "app", "Action": "visitors", "Visitor": "visitors"}


def __getattr__(name: str) -> object:
    if name in _PLACES:
        return getattr(import_module(f"documenthor.pages.{_PLACES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
