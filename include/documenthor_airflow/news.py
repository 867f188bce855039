"""What there is to tell of a job, and to which channels; each is told once (`documenthor.notices`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from documenthor_airflow.deployment import deployment, now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documenthor.jobs import JobSummary
    from documenthor.notices import Key, Notice
    from documenthor.tenants import Tenant
    from documenthor.tenants.notify import Channel, News

    # One message to one channel, the caller's to send.
    Told = tuple[Key, Channel, Notice]


def job_page(tenant: str, job_id: str) -> str:
    """Where the job is shown, as far as Airflow knows its own address."""
    from airflow.sdk.configuration import conf

    from documenthor_airflow.plugin import PAGES

    base = conf.get("api", "base_url", fallback="").rstrip("/")
    return f"{base}{PAGES}/tenants/{tenant}/jobs/{job_id}"


def of_end(organisation: str, job_id: str) -> Iterator[Told]:
    """That the job has ended, and how; while it has not, only that it will be late, if that is foreseen."""
    from documenthor import jobs
    from documenthor.jobs.measured import outcomes
    from documenthor.tenants.notify import News

    database = deployment().database
    job = jobs.find(database, tenant=organisation, job_id=job_id)
    summary = jobs.summary(database, tenant=organisation, job_id=job_id)
    if not summary.state.has_ended:
        yield from _of_late(organisation, job_id, summary, is_over=False)
        return
    if put_off := outcomes(database, job_id)[jobs.WINDOW_CLOSED.kind, jobs.WINDOW_CLOSED.reason]:
        yield from _late(organisation, job_id, summary, put_off=put_off)
    bad = bool(summary.error or summary.counts.get("failed"))
    for news in (News.FINISHED, *((News.FAILED,) if bad else ())):
        # A retry through the API lets the job end anew, and then it is told anew.
        yield from _claimed(deployment().tenant(organisation), news, job_id, f"{news}/{job.part}", summary)


def of_run(organisation: str, run: dict[str, Any], *, is_over: bool) -> Iterator[Told]:
    """That the job of `run` is late, or while its window is not over that it will be."""
    from documenthor import jobs
    from documenthor.errors import JobNotFoundError

    from documenthor_airflow.plan import job_id_for

    job_id = job_id_for(run["dag_id"], run["dag_run_id"], (run.get("conf") or {}).get("job"))
    try:
        summary = jobs.summary(deployment().database, tenant=organisation, job_id=job_id)
    except JobNotFoundError:
        summary = None
    if summary is None or not summary.state.has_ended:
        yield from _of_late(organisation, job_id, summary, is_over=is_over)


def _of_late(organisation: str, job_id: str, summary: JobSummary | None, *, is_over: bool) -> Iterator[Told]:
    from documenthor import jobs

    window = deployment().tenant(organisation).schedule.window
    forecast = jobs.forecast(deployment().database, job_id, now(), window)
    if is_over or (forecast is not None and forecast.is_late):
        yield from _late(organisation, job_id, summary, forecast=forecast)


def _late(
    organisation: str,
    job_id: str,
    summary: JobSummary | None,
    **more: Any,  # noqa: ANN401 - as `compose` takes it
) -> Iterator[Told]:
    from documenthor import jobs
    from documenthor.tenants.notify import News

    jobs.tell_late(deployment().database, tenant=organisation, job_id=job_id, now=now())
    yield from _claimed(deployment().tenant(organisation), News.LATE, job_id, News.LATE, summary, **more)


def _claimed(
    tenant: Tenant,
    news: News,
    job_id: str,
    topic: str,
    summary: JobSummary | None,
    **more: Any,  # noqa: ANN401 - as `compose` takes it
) -> Iterator[Told]:
    """A notifier for each channel that wants these news and has not been told."""
    from documenthor import notices

    page = job_page(tenant.organisation, job_id)
    notice = notices.compose(news, tenant.organisation, summary, page, **more)
    for channel in tenant.notify:
        key = notices.Key(job_id, topic, channel.key)
        if news in channel.events and notices.claim(deployment().database, key, now()):
            yield key, channel, notice
