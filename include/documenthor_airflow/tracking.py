"""Error tracking by Sentry, where `[sentry] sentry_on` asks for it (docs/operators.md).

Airflow starts it in every task and never in its API server, so that is done here. In both, what it
sends is cut to what is listed. Airflow hands `[sentry] before_send` on as text, which would drop all events.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from structlog.contextvars import get_contextvars

from documenthor_airflow.logs import NAMES

if TYPE_CHECKING:
    from sentry_sdk.types import Event, Hint

# Not `extra`, `request`, `user`, `breadcrumbs`, `contexts` or `modules`.
_KEPT = ("event_id", "timestamp", "level", "logger", "platform", "type", "transaction")
_TAGS = ("dag_id", "task_id", "try_number", "operator")
_MARKS = (*NAMES, "run_id", "map_index", "request_id")
# No values of variables, and no lines of source.
_FRAME = ("filename", "module", "function", "lineno", "in_app")
_LONGEST_TEXT = 1000


@cache
def cut_events() -> None:
    """Have whatever Sentry client this process has, or gets, send only what is listed here.

    Processors of the global scope come after those of the SDK's integrations, and stay when it starts anew.
    """
    from airflow.sdk.configuration import conf

    if not conf.getboolean("sentry", "sentry_on", fallback=False):
        return
    import sentry_sdk

    sentry_sdk.get_global_scope().add_event_processor(cut)


@cache
def start_tracking() -> None:
    """Send the errors that this server's log is told of; nothing where that is not asked for."""
    import logging

    from airflow.sdk.configuration import conf

    if not conf.getboolean("sentry", "sentry_on", fallback=False):
        return
    import sentry_sdk
    from sentry_sdk.integrations.logging import LoggingIntegration

    cut_events()
    sentry_sdk.init(
        # Without one the SDK reads SENTRY_DSN, as it does in tasks.
        dsn=conf.get("sentry", "sentry_dsn", fallback="") or None,
        default_integrations=False,
        integrations=[LoggingIntegration(level=None, event_level=logging.ERROR, sentry_logs_level=None)],
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
    )


def cut(event: Event, _hint: Hint) -> Event | None:
    """The event with nothing in it but what is listed above; an exception here makes the SDK drop it."""
    given: dict[str, Any] = dict(event)
    marks, tags = get_contextvars(), given.get("tags") or {}
    found = {name: given[name] for name in _KEPT if name in given}
    found["tags"] = {
        **{name: str(tags[name]) for name in _TAGS if name in tags},
        **{name: str(marks[name]) for name in _MARKS if name in marks},
    }
    if entry := given.get("logentry"):
        found["logentry"] = {"message": _bounded(entry.get("message"))}
    if raised := given.get("exception"):
        found["exception"] = {"values": [_exception(each) for each in raised["values"]]}
    return cast("Event", found)


def _exception(given: dict[str, Any]) -> dict[str, Any]:
    frames = (given.get("stacktrace") or {}).get("frames") or []
    return {
        "type": given.get("type"),
        "module": given.get("module"),
        "value": _bounded(given.get("value")),
        "stacktrace": {"frames": [{name: each.get(name) for name in _FRAME} for each in frames]},
    }


def _bounded(text: object) -> str:
    """An error's text, without what Airflow knows to be secret."""
    from airflow.sdk.log import mask_logs

    masked = mask_logs(None, "", {"event": str(text or "")})
    return str(masked["event"])[:_LONGEST_TEXT]
