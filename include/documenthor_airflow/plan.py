"""`plan`, `sibling` and `summarize`: a run's share of its job, the run for the rest, and the end."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from documenthor_airflow.deployment import deployment, now
from documenthor_airflow.logs import mark
from documenthor_airflow.waiting import WaitingOperator

if TYPE_CHECKING:
    from airflow.sdk import Context
    from documenthor.jobs import JobView
    from documenthor.tenants import Tenant


# What Airflow calls the runs of its schedule and those for past dates.
_NIGHTLY, _BACKFILL = "scheduled", "backfill"
# Why Airflow says that a run failed of which all tasks were run, so `summarize` was too.
_SUMMARIZED = "task_failure"


def run_id_of(job_id: str, part: int, colour: str = "") -> str:
    """The run that works on the job's `part`-th share. It is deterministic: nothing is triggered twice.

    Colours' Airflows do not know of each other's runs, so theirs are never called the same.
    """
    return f"job_{job_id}_{part}" + (f"_{colour}" if colour else "")


def _claimant(context: Context) -> str:
    """As what this run claims rows: scheduled runs are called the same in every colour."""
    colour, run_id = deployment().settings.colour, context["run_id"]
    return f"{colour}/{run_id}" if colour else run_id


def job_id_of(dag_id: str, context: Context) -> str:
    """The job of this run: named by whoever triggered it, else derived from the run."""
    named: str | None = context["params"].get("job")
    return job_id_for(dag_id, context["run_id"], named)


def job_id_for(dag_id: str, run_id: str, named: str | None) -> str:
    """The same, where only the run's id and the `job` that its configuration named are known."""
    return named or str(uuid5(NAMESPACE_URL, f"{dag_id}/{run_id}"))


def plan_run(organisation: str, context: Context) -> list[dict[str, Any]]:
    """Resolve and claim; returns the arguments of each map index and pushes the sibling's as XCom."""
    from documenthor import jobs
    from documenthor.metrics import told
    from documenthor.planning import plan
    from documenthor.runtimes import require_allowed

    here = deployment()
    tenant = here.tenant(organisation)
    job = _job(organisation, context)
    if not job.belongs_to(here.settings.colour):
        logging.getLogger(__name__).info("job %s belongs to the colour %s", job.id, job.colour)
        return []
    require_allowed(tenant, here.settings)
    is_new = not jobs.is_resolved(here.database, job.id)
    with here.forge(organisation) as forge:
        found = plan(here.database, forge, tenant, job, _claimant(context), now(), here.settings.prompts)
    if is_new:
        told.resolved(here.metrics, here.database, job)
    elif found.late:
        told.ended(here.metrics, organisation, jobs.WINDOW_CLOSED, found.late)
    mode = (job.request.mode or tenant.mode).value
    if found.remaining:
        part = int(context["params"]["part"]) + 1
        context["ti"].xcom_push(key="sibling", value=sibling_of(tenant, job.id, part, mode))
    shared = {"mode": mode, "dry_run": job.request.dry_run}
    return [{"assigned": {"spec": spec.model_dump_json(), **shared}} for spec in found.specs]


def sibling_of(tenant: Tenant, job_id: str, part: int, mode: str) -> dict[str, Any]:
    """The run for the rest, as `TriggerSibling` takes it.

    Before its first pull request is due it would only keep other jobs from starting.
    """
    from documenthor import jobs
    from documenthor.tenants import Mode

    here = deployment()
    is_spread = tenant.spreads and mode == Mode.PULL_REQUEST
    due = jobs.next_due(here.database, job_id) if is_spread else None
    return {
        "run_id": run_id_of(job_id, part, here.settings.colour),
        "conf": {"job": job_id, "part": part},
        "run_after": due and due.isoformat(),
    }


def _job(organisation: str, context: Context) -> JobView:
    """The recorded job; a run that nobody recorded one for (UI, schedule, CLI) records its own."""
    from documenthor import colours, jobs

    params, database, colour = context["params"], deployment().database, deployment().settings.colour
    if params.get("job"):
        return jobs.find(database, tenant=organisation, job_id=params["job"])
    request = {key: params[key] for key in ("repositories", "mode", "force", "dry_run")}
    run = context["dag_run"]
    kind = getattr(run.run_type, "value", run.run_type)
    if kind == _BACKFILL:
        request["before"] = run.data_interval_end
    if colour and kind == _NIGHTLY:
        # Every colour's schedule is due now. The one that comes first decides, and not the one that it is.
        colour = colours.active(database) or colour
    window = deployment().tenant(organisation).schedule.window
    return jobs.record(
        database,
        tenant=organisation,
        request=jobs.JobRequest.model_validate(request),
        requested_by=_asked_by(run, kind),
        job_id=job_id_of(context["dag"].dag_id, context),
        colour=colour,
        now=now(),
        ends_at=now() + window if kind == _NIGHTLY else None,
    )


def _asked_by(run: Any, kind: str) -> str:  # noqa: ANN401 - Airflow's run
    """What kind of run it is, of which date if that is past, and by whom, if Airflow knows."""
    of = f" of {run.data_interval_end:%Y-%m-%d %H:%M} UTC" if kind == _BACKFILL else ""
    user = run.triggering_user_name
    return f"airflow:{kind}{of}" + (f" by {user}" if user else "")


class Plan(WaitingOperator):
    """Resolves the job and claims this run's share of it; returns the arguments of each map index."""

    stage = "plan"

    def __init__(self, *, organisation: str, **kwargs: Any) -> None:  # noqa: ANN401 - BaseOperator's arguments
        super().__init__(**kwargs)
        self.organisation = organisation

    @property
    def tenant(self) -> str:
        """Whose job it is."""
        return self.organisation

    def job_of(self, context: Context) -> str:
        """The job, recorded or not."""
        return job_id_of(context["dag"].dag_id, context)

    def work(self, context: Context) -> list[dict[str, Any]]:
        """Plan."""
        return plan_run(self.organisation, context)


class TriggerSibling(TriggerDagRunOperator):
    """Triggers the run for what this one left unclaimed. It stands before the mapped tasks, so a crash
    after it costs nothing and a retry finds the sibling there."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - BaseOperator's arguments
        super().__init__(logical_date=None, skip_when_already_exists=True, **kwargs)

    def execute(self, context: Context) -> None:
        """Trigger, or skip when nothing is left."""
        sibling = context["ti"].xcom_pull(task_ids="plan", key="sibling")
        if not sibling:
            raise AirflowSkipException("this run holds all that was left of the job")
        self.trigger_run_id, self.conf = sibling["run_id"], sibling["conf"]
        self.run_after = sibling["run_after"]
        super().execute(context)


def close_lost_run(context: Context) -> None:
    """Close the rows of a run that Airflow ended before its `summarize` could, as when its time was up.

    Airflow calls this in its DAG processor for every run that failed.
    """
    from documenthor import jobs
    from documenthor.errors import JobNotFoundError

    from documenthor_airflow.notify import tell_end

    if context.get("reason") == _SUMMARIZED:
        return
    run: Any = context.get("dag_run")
    named = (getattr(run, "conf", None) or {}).get("job")
    dag_id = context["dag"].dag_id
    job_id = job_id_for(dag_id, context["run_id"], named)
    with suppress(JobNotFoundError):
        here = deployment()
        jobs.close_run(here.database, job_id, _claimant(context), now(), here.settings.colour)
        tell_end(dag_id.removeprefix("documenthor_"), job_id, context)


def summarize_run(organisation: str, context: Context) -> dict[str, int]:
    """Close this run's rows; the run fails if any repository failed, so that it stands out."""
    from documenthor import jobs
    from documenthor.metrics import told
    from documenthor.run_notes import repositories, summarized

    from documenthor_airflow import run_notes
    from documenthor_airflow.news import job_page

    here, job_id = deployment(), job_id_of(context["dag"].dag_id, context)
    mark(tenant=organisation, job=job_id)
    job = jobs.find(here.database, tenant=organisation, job_id=job_id)
    summary = jobs.close_run(here.database, job.id, _claimant(context), now(), here.settings.colour)
    told.closed(here.metrics, here.database, job, summary)
    # Whoever ends the job tells of all of it, what planning had closed included.
    whole = (
        jobs.summary(here.database, tenant=organisation, job_id=job_id).counts if summary.job_finished else {}
    )
    note = summarized(summary, job_page(organisation, job_id), whole)
    context["ti"].xcom_push(key=run_notes.KEY, value=note)
    if summary.has_failed:
        broken = f"{repositories(len(summary.failed))} failed; clear their map indexes"
        raise AirflowFailException(summary.job_error or broken)
    return dict(summary.counts)
