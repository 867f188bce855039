"""Telling people of a job, through the notifiers of Airflow's providers."""

from __future__ import annotations

import asyncio
import html
import logging
from typing import TYPE_CHECKING, Any

from documenthor_airflow import news
from documenthor_airflow.deployment import deployment, now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from airflow.sdk import Context
    from documenthor.notices import Key, Notice
    from documenthor.tenants.notify import Channel

_log = logging.getLogger(__name__)
# Seconds that Slack has for an answer.
_TIMEOUT = 10


def tell_end(organisation: str, job_id: str, context: Context) -> None:
    """Tell of a job that has ended; while others of its runs are at work, only if it is foreseen to be late.

    Raises `NoticeError` when a channel could not be reached; what was sent is not sent again.
    """
    from documenthor.errors import NoticeError

    unreached = []
    for key, notifier in _with(news.of_end(organisation, job_id)):
        database = deployment().database
        try:
            notifier.notify(context)
        except Exception as error:  # noqa: BLE001 - what a provider raises is in no tree of ours
            from documenthor import notices

            notices.release(database, key)
            unreached.append(f"{key.channel.partition(':')[0]} ({type(error).__name__})")
        else:
            _settle(key)
    if unreached:
        raise NoticeError(f"could not tell: {', '.join(unreached)}; check their Airflow connections")


async def tell_late(organisation: str, context: dict[str, Any], *, is_over: bool = True) -> None:
    """Tell of a job that is still at work although its window is over; Airflow's triggerer calls this.

    While it is not over, only of a job of which it is foreseen.
    """
    found = await asyncio.to_thread(
        lambda: list(_with(news.of_run(organisation, context["dag_run"], is_over=is_over)))
    )
    for key, notifier in found:
        try:
            await notifier.async_notify(context)
        except Exception as error:  # noqa: BLE001 - as above
            from documenthor import notices

            await asyncio.to_thread(notices.release, deployment().database, key)
            # Without its traceback, which may hold what the connection does.
            _log.error("could not tell %s: %s", key.channel.partition(":")[0], type(error).__name__)
        else:
            await asyncio.to_thread(_settle, key)


def _with(found: Iterator[tuple[Key, Channel, Notice]]) -> Iterator[tuple[Key, Any]]:
    return ((key, _notifier(channel, notice)) for key, channel, notice in found)


def _settle(key: Key) -> None:
    from documenthor import notices

    notices.settle(deployment().database, key, now())


def _notifier(channel: Channel, notice: Notice) -> Any:  # noqa: ANN401 - one of the providers' notifiers
    """What is sent is not rendered as a template: callers send it by `notify`, not by calling it."""
    if channel.via == "slack":
        from airflow.providers.slack.notifications.slack import SlackNotifier

        text = "\n".join((f"*{notice.subject}*", *notice.lines))
        return SlackNotifier(
            slack_conn_id=channel.connection,
            channel=channel.channel,
            text=text,
            username="Documenthor",
            timeout=_TIMEOUT,
            unfurl_links=False,
        )
    from airflow.providers.smtp.notifications.smtp import SmtpNotifier

    body = "<br>".join(html.escape(line) for line in notice.lines)
    return SmtpNotifier(
        to=list(channel.to), subject=notice.subject, html_content=body, smtp_conn_id=channel.connection
    )
