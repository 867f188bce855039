"""Starting a job's first run from inside the API server. The only user of Airflow's internal trigger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documenthor_airflow.plan import run_id_of

if TYPE_CHECKING:
    from documenthor.jobs import JobView


def trigger_run(job: JobView) -> None:
    """Start the job's first run; one that was started before is left alone.

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
            run_id=run_id_of(job.id, 1),
            conf={"job": job.id},
            triggered_by=DagRunTriggeredByType.REST_API,
        )
    except (DagRunAlreadyExists, IntegrityError):
        # Of two posts at once the slower one meets the row (first) or the constraint (second).
        return
    except (AirflowException, SQLAlchemyError, ValueError) as error:
        raise TriggerError(f"Airflow could not start documenthor_{job.tenant}: {error}") from error
