"""The DAG of one tenant: wiring only, each task's work is in the module it comes from."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from airflow.sdk import DAG, CronTriggerTimetable, task, task_group
from airflow.sdk.definitions.callback import AsyncCallback
from airflow.sdk.definitions.deadline import DeadlineAlert
from documenthor.settings import Runtime

from documenthor_airflow import texts
from documenthor_airflow.deadlines import SinceRecorded
from documenthor_airflow.events import published_by
from documenthor_airflow.generate import GenerateInProcess
from documenthor_airflow.notify import tell_end, tell_late
from documenthor_airflow.params import params_of
from documenthor_airflow.plan import Plan, TriggerSibling, close_lost_run, job_id_of, summarize_run
from documenthor_airflow.publish import PublishOperator, Route
from documenthor_airflow.turns import ByTurn, Stage

if TYPE_CHECKING:
    from airflow.sdk import Context
    from documenthor.settings import Settings
    from documenthor.tenants import Tenant

    from documenthor_airflow.repository import Assigned

_RETRIES = {
    "retries": 2,
    "retry_delay": timedelta(seconds=5),
    "retry_exponential_backoff": True,
    "max_retry_delay": timedelta(minutes=10),
}
# Publishing reads back what is there before it writes, so another attempt does no harm, however the last one
# ended. Where every fifth call of GitHub fails, three attempts leave 3.3 % of publications undone and seven
# leave 2 of 10,000 (docs/publishing.md, "Measured"); 5 s doubled each time are some five minutes in all.
_PUBLISHING_RETRIES = 6


def build_dag(tenant: Tenant, settings: Settings) -> DAG:
    """The DAG `documenthor_<tenant>`, for the API, the UI, the CLI and the schedule alike."""
    organisation = tenant.organisation
    with DAG(
        dag_id=f"documenthor_{organisation}",
        description=f"Documents the repositories of {organisation}",
        doc_md=texts.DAG_DOC.format(organisation=organisation),
        schedule=_schedule(tenant),
        catchup=False,
        max_active_runs=tenant.runs,
        dagrun_timeout=tenant.schedule.max_runtime,
        deadline=_deadlines(tenant),
        on_failure_callback=close_lost_run,
        params=params_of(tenant),
        default_args={**_RETRIES, "weight_rule": ByTurn(), "priority_weight": Stage.RUN},
        is_paused_upon_creation=False,
        tags=["documenthor", organisation],
    ) as dag:
        planned = Plan(task_id="plan", doc_md=texts.PLAN, organisation=organisation)
        sibling = TriggerSibling(task_id="sibling", doc_md=texts.SIBLING, trigger_dag_id=dag.dag_id)
        mapped = _repository_group(tenant, settings).expand_kwargs(planned.output)
        summarize = task(task_id="summarize", doc_md=texts.SUMMARIZE, trigger_rule="all_done")(_summarize)
        done = summarize(organisation)
        planned >> sibling >> mapped >> done
        if tenant.notify:
            # As a teardown it runs whatever became of `summarize`, which alone decides the run's state.
            tell = task(task_id="notify", doc_md=texts.NOTIFY, retries=_PUBLISHING_RETRIES)(_notify)
            done >> tell(organisation).as_teardown(on_failure_fail_dagrun=False)
    return dag


def _schedule(tenant: Tenant) -> CronTriggerTimetable | None:
    nightly = tenant.schedule
    return None if nightly.paused else CronTriggerTimetable(nightly.cron, timezone=nightly.time_zone)


def _deadlines(tenant: Tenant) -> list[DeadlineAlert]:
    window = tenant.schedule.window
    return [
        _deadline(tenant, "half of the window", window / 2, is_over=False),
        _deadline(tenant, "window", window, is_over=True),
    ]


def _deadline(tenant: Tenant, name: str, after: timedelta, *, is_over: bool) -> DeadlineAlert:
    return DeadlineAlert(
        reference=SinceRecorded(),
        interval=after,
        callback=AsyncCallback(tell_late, {"organisation": tenant.organisation, "is_over": is_over}),
        name=name,
    )


def _notify(organisation: str, **context: Any) -> None:  # noqa: ANN401 - Airflow's context
    tell_end(organisation, job_id_of(context["dag"].dag_id, _typed(context)), _typed(context))


def _summarize(organisation: str, **context: Any) -> dict[str, int]:  # noqa: ANN401 - Airflow's context
    return summarize_run(organisation, _typed(context))


def _typed(context: Any) -> Context:  # noqa: ANN401 - keyword arguments have no better type
    return context  # type: ignore[no-any-return]


def _repository_group(tenant: Tenant, settings: Settings) -> Any:  # noqa: ANN401 - Airflow's decorator is untyped
    @task_group(group_id="repository")
    def repository(assigned: Assigned) -> None:
        generate = _generate(tenant, settings, assigned)
        shared = {
            "assigned": assigned,
            "generated_by": generate.task_id,
            "retries": _PUBLISHING_RETRIES,
        }
        outlets = [published_by(tenant.organisation)]
        route = Route(task_id="route", doc_md=texts.ROUTE, priority_weight=Stage.ROUTE, **shared)
        generate >> route
        for task_id, text in (("commit", texts.COMMIT), ("pull_request", texts.PULL_REQUEST)):
            route >> PublishOperator(
                task_id=task_id,
                doc_md=text,
                routed_by=route.task_id,
                outlets=outlets,
                priority_weight=Stage.PUBLISH,
                **shared,
            )

    return repository


def _generate(tenant: Tenant, settings: Settings, assigned: Assigned) -> Any:  # noqa: ANN401 - one of two operators
    shared: dict[str, Any] = {
        "task_id": "generate",
        "doc_md": texts.GENERATE,
        "assigned": assigned,
        # The sibling is skipped when there is none, which must not skip this.
        "trigger_rule": "none_failed",
        "max_active_tis_per_dagrun": tenant.concurrency,
    }
    if settings.runtime is Runtime.PROCESS:
        return GenerateInProcess(limits=tenant.processes, priority_weight=Stage.GENERATE, **shared)
    # The Kubernetes client is heavy, and only this runtime needs it while DAGs are parsed.
    from documenthor_airflow.pod import GenerateInPod

    return GenerateInPod(
        pods=tenant.pods,
        pool=tenant.pool,
        pool_slots=tenant.pods.slots,
        priority_weight=Stage.POD,
        **shared,
    )
