"""Templates to HTML. All that is shown is hostile: it is escaped, and links lead to web pages only."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from documenthor.pages import words
from documenthor.run_notes import named

if TYPE_CHECKING:
    from datetime import datetime

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
_MINUTE, _HOUR = 60, 3600


def render(template: str, **values: Any) -> str:  # noqa: ANN401 - whatever the template shows
    """The page; raises for a value that the template names and nobody gave."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(
        duration=duration,
        moment=moment,
        machine=machine,
        link=web_link,
        segment=segment,
        query=query,
        named=named,
    )
    environment.globals.update(outcomes=words.OUTCOMES, states=words.STATES, sorts=words.SORTS)
    return environment


def web_link(address: str, forge: str) -> str:
    """The address if it is one of a page of the forge at `forge` (empty: nowhere); else nothing."""
    try:
        parts, home = urlsplit(address), urlsplit(forge)
    except ValueError:
        return ""
    is_web = home.scheme in {"http", "https"} and bool(home.hostname)
    is_there = (parts.scheme, parts.netloc) == (home.scheme, home.netloc)
    return address if is_web and is_there and address.isprintable() and " " not in address else ""


def segment(text: str) -> str:
    """A text as one part of an address's path."""
    return quote(text, safe="")


def query(values: dict[str, Any]) -> str:
    """The part of an address from `?` on; what is empty is left out."""
    said = {name: value for name, value in values.items() if value not in ("", None, 0, ())}
    return f"?{urlencode(said, doseq=True)}" if said else ""


def duration(seconds: float | None) -> str:
    """`0 s`, `4.1 s`, `41 s`, `3 min 20 s`, `2 h 5 min`."""
    if seconds is None:
        return ""
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{seconds:.1f} s" if 0 < seconds < 10 else f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE} min {whole % _MINUTE} s"
    return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE} min"


def moment(at: datetime) -> str:
    """A time for people, in UTC."""
    return at.strftime("%Y-%m-%d %H:%M")


def machine(at: datetime) -> str:
    """The same time for programs."""
    return at.isoformat(timespec="seconds")
