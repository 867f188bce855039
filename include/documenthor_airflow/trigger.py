"""What the API asks of Airflow, inside its server: to start a run, and whether it could.

The only user of Airflow's internal trigger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from documenthor_airflow.deployment import deployment
from documenthor_airflow.plan import run_id_of

if TYPE_CHECKING:
    from documenthor.jobs import JobView


def trigger_run(job: JobView) -> None:
    """Start the run of the job's part; one that was started before is left alone.

    Raises `TriggerError` when Airflow cannot start it.
    """
    from airflow.api.common.trigger_dag import trigger_dag
    from airflow.exceptions import DagRunAlreadyExists
    from airflow.sdk.exceptions import AirflowException
    from airflow.utils.types import DagRunTriggeredByType
    from documenthor.api import TriggerError
    from sqlalchemy.exc import IntegrityError, SQLAlchemyError

    try:
        trigger_dag(
            dag_id=f"documenthor_{job.tenant}",
            run_id=run_id_of(job.id, job.part, deployment().settings.colour),
            conf={"job": job.id, "part": job.part},
            triggered_by=DagRunTriggeredByType.REST_API,
        )
    except (DagRunAlreadyExists, IntegrityError):
        # Of two posts at once the slower one meets the row (first) or the constraint (second).
        return
    except (AirflowException, SQLAlchemyError, ValueError) as error:
        raise TriggerError(f"Airflow could not start documenthor_{job.tenant}: {error}") from error


def scheduler_is_alive() -> bool:
    """Whether a scheduler has sent a heartbeat lately, as Airflow's own health check has it."""
    from airflow.jobs.scheduler_job_runner import SchedulerJobRunner

    job: Any = SchedulerJobRunner.most_recent_job()
    return job is not None and bool(job.is_alive())


def dags_are_read() -> bool:
    """Whether Airflow has read the DAG of a tenant; until then, early in a deployment, it can start no run.

    One file makes those of all tenants, so one stands for all: a tenant that is wrong keeps nobody waiting.
    """
    from airflow.models.serialized_dag import SerializedDagModel
    from documenthor.tenants import read_tenants

    tenants = read_tenants(deployment().settings.tenants)[0]
    return not tenants or any(
        SerializedDagModel.has_dag(f"documenthor_{each.organisation}") for each in tenants
    )
