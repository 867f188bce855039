"""What all tasks on one repository share: the spec they work on, their name, their failure."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn, TypedDict

from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from docgen.contract import JobSpec

from documenthor_airflow.deployment import deployment, now
from documenthor_airflow.waiting import WaitingOperator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from airflow.sdk import Context
    from documenthor.errors import GeneratorError
    from documenthor.outcomes import Outcome
    from documenthor.usage import Measured

# Airflow names a map index by it, so that the UI lists repositories instead of numbers.
MAP_INDEX_TEMPLATE = "{{ task.repository }}"


class FinalError(AirflowFailException):
    """A generator step that no other attempt would mend; `stage` is the one that failed."""

    def __init__(self, error: GeneratorError) -> None:
        super().__init__(str(error))
        self.stage = error.stage


class Assigned(TypedDict):
    """What `plan` returns for one repository.

    It is mapped as one argument: Airflow reads the list of all of them again for each that a task takes.
    """

    # The job spec as JSON.
    spec: str
    mode: str
    dry_run: bool


class HasSpec:
    """A task on one repository."""

    assigned: Assigned

    @property
    def spec(self) -> str:
        """The job spec as JSON."""
        return self.assigned["spec"]

    @property
    def job_spec(self) -> JobSpec:
        """The parsed spec."""
        return JobSpec.model_validate_json(self.spec)

    @property
    def tenant(self) -> str:
        """Whose repository it is."""
        return self.job_spec.tenant

    @property
    def repository(self) -> str:
        """The repository's name, for the UI."""
        return self.job_spec.repository

    def job_of(self, context: Context) -> str:  # noqa: ARG002 - it is in the spec
        """The job that the repository is worked on for."""
        return self.job_spec.job


class RepositoryOperator(HasSpec, WaitingOperator):
    """Base of the tasks on one repository that run in the worker."""

    template_fields: Sequence[str] = ("assigned",)

    def __init__(self, *, assigned: Assigned, **kwargs: Any) -> None:  # noqa: ANN401 - BaseOperator's arguments
        super().__init__(map_index_template=MAP_INDEX_TEMPLATE, on_failure_callback=record_failure, **kwargs)
        self.assigned = assigned


def record_start(task: HasSpec) -> None:
    """Open the repository's row for another attempt; skips the task when no more work is to begin."""
    from documenthor import jobs
    from documenthor.errors import JobCancelledError, WindowClosedError
    from documenthor.metrics import told
    from documenthor.metrics.table import QUEUE_SECONDS

    spec, here, moment = task.job_spec, deployment(), now()
    try:
        if jobs.start(here.database, spec.job, spec.repository, moment) == 1:
            asked = jobs.find(here.database, tenant=spec.tenant, job_id=spec.job).created_at
            here.metrics.record(QUEUE_SECONDS, (moment - asked).total_seconds(), tenant=spec.tenant)
    except (JobCancelledError, WindowClosedError) as error:
        if isinstance(error, WindowClosedError):
            told.ended(here.metrics, spec.tenant, jobs.WINDOW_CLOSED)
        raise AirflowSkipException(str(error)) from error


def record_outcome(task: HasSpec, outcome: Outcome) -> None:
    """Close the repository's row."""
    from documenthor import jobs
    from documenthor.metrics import told

    spec, here = task.job_spec, deployment()
    jobs.finish(here.database, spec.job, spec.repository, outcome, now())
    told.ended(here.metrics, spec.tenant, outcome)


def require_budget(task: HasSpec) -> None:
    """Skip the task, with its outcome, when the tenant's GPU hours of this night are spent."""
    from documenthor import usage

    here, moment = deployment(), now()
    refused = usage.refuse(here.database, here.tenant(task.job_spec.tenant), moment)
    if refused is not None:
        end_with(task, refused)


def record_usage(task: HasSpec, context: Context, measured: Measured | None) -> None:
    """Write down what this attempt took; None is nothing."""
    from documenthor import jobs
    from documenthor.metrics import told
    from documenthor.usage import Try

    if measured is None:
        return
    spec, here, ti = task.job_spec, deployment(), context["ti"]
    which = Try(context["run_id"], -1 if ti.map_index is None else ti.map_index, ti.try_number)
    cost = here.tenant(spec.tenant).cost
    if jobs.measure(here.database, spec.job, spec.repository, which, measured, cost):
        told.used(here.metrics, spec.tenant, measured)


@contextmanager
def retried_if_that_helps() -> Iterator[None]:
    """Let Airflow try again after a `GeneratorError`, unless it is final."""
    from documenthor.errors import GeneratorError

    try:
        yield
    except GeneratorError as error:
        if error.final:
            raise FinalError(error) from error
        raise


def end_with(task: HasSpec, outcome: Outcome) -> NoReturn:
    """Close the repository's row, and skip what would come after."""
    record_outcome(task, outcome)
    raise AirflowSkipException(f"{outcome}: {outcome.message}")


def record_failure(context: Context) -> None:
    """Close the repository's row as failed; Airflow calls this once no retry is left."""
    from documenthor.outcomes import failed

    task: Any = context["task"]
    error = context.get("exception")
    stage = getattr(error, "stage", task.task_id.rpartition(".")[2])
    record_outcome(task, failed(stage, str(error or "the task was stopped from outside")))
