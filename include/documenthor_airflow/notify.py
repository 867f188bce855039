"""Telling people of a job, through the notifiers of Airflow's providers."""

from __future__ import annotations

import asyncio
import html
import logging
from typing import TYPE_CHECKING, Any

from documenthor_airflow.deployment import deployment, now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from airflow.sdk import Context
    from documenthor.notices import Key, Notice
    from documenthor.tenants import Tenant
    from documenthor.tenants.notify import Channel, News

_log = logging.getLogger(__name__)
# Seconds that Slack has for an answer.
_TIMEOUT = 10


def job_page(tenant: str, job_id: str) -> str:
    """Where the job is shown, as far as Airflow knows its own address."""
    from airflow.sdk.configuration import conf

    from documenthor_airflow.plugin import PAGES

    base = conf.get("api", "base_url", fallback="").rstrip("/")
    return f"{base}{PAGES}/tenants/{tenant}/jobs/{job_id}"


def tell_end(organisation: str, job_id: str, context: Context) -> None:
    """Tell of a job that has ended; while others of its runs are at work nobody is told.

    Raises `NoticeError` when a channel could not be reached; what was sent is not sent again.
    """
    from documenthor.errors import NoticeError

    unreached = []
    for key, notifier in _of_end(organisation, job_id):
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


async def tell_late(organisation: str, context: dict[str, Any]) -> None:
    """Tell of a job that is still at work although its window is over; Airflow's triggerer calls this."""
    for key, notifier in await asyncio.to_thread(lambda: list(_of_late(organisation, context))):
        try:
            await notifier.async_notify(context)
        except Exception as error:  # noqa: BLE001 - as above
            from documenthor import notices

            await asyncio.to_thread(notices.release, deployment().database, key)
            # Without its traceback, which may hold what the connection does.
            _log.error("could not tell %s: %s", key.channel.partition(":")[0], type(error).__name__)
        else:
            await asyncio.to_thread(_settle, key)


def _of_end(organisation: str, job_id: str) -> Iterator[tuple[Key, Any]]:
    from documenthor import jobs
    from documenthor.tenants.notify import News

    database = deployment().database
    job = jobs.find(database, tenant=organisation, job_id=job_id)
    summary = jobs.summary(database, tenant=organisation, job_id=job_id)
    if not summary.state.has_ended:
        return
    bad = bool(summary.error or summary.counts.get("failed"))
    for news in (News.FINISHED, *((News.FAILED,) if bad else ())):
        # A retry through the API lets the job end anew, and then it is told anew.
        yield from _claimed(deployment().tenant(organisation), news, job_id, f"{news}/{job.part}", summary)


def _of_late(organisation: str, context: dict[str, Any]) -> Iterator[tuple[Key, Any]]:
    from documenthor import jobs
    from documenthor.errors import JobNotFoundError
    from documenthor.tenants.notify import News

    from documenthor_airflow.plan import job_id_for

    run = context["dag_run"]
    job_id = job_id_for(run["dag_id"], run["dag_run_id"], (run.get("conf") or {}).get("job"))
    database = deployment().database
    try:
        summary = jobs.summary(database, tenant=organisation, job_id=job_id)
    except JobNotFoundError:
        summary = None
    if summary is None or not summary.state.has_ended:
        jobs.tell_late(database, tenant=organisation, job_id=job_id, now=now())
        yield from _claimed(deployment().tenant(organisation), News.LATE, job_id, News.LATE, summary)


def _claimed(tenant: Tenant, news: News, job_id: str, topic: str, summary: Any) -> Iterator[tuple[Key, Any]]:  # noqa: ANN401 - a summary or None
    """A notifier for each channel that wants these news and has not been told."""
    from documenthor import notices

    notice = notices.compose(news, tenant.organisation, summary, job_page(tenant.organisation, job_id))
    for channel in tenant.notify:
        key = notices.Key(job_id, topic, channel.key)
        if news in channel.events and notices.claim(deployment().database, key, now()):
            yield key, _notifier(channel, notice)


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
