"""`route`, `commit` and `pull_request`: from a bundle to the repository's outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.providers.standard.triggers.temporal import DateTimeTrigger
from airflow.sdk.exceptions import AirflowSkipException, DownstreamTasksSkipped

from documenthor_airflow import events
from documenthor_airflow.deployment import deployment, now
from documenthor_airflow.links import PublicationLink
from documenthor_airflow.repository import RepositoryOperator, end_with, record_outcome

if TYPE_CHECKING:
    from airflow.sdk import Context
    from docgen.contract import Envelope
    from documenthor.outcomes import Outcome
    from documenthor.publish import Decision


class BundleOperator(RepositoryOperator):
    """A task that works on the bundle that the task `generated_by` returned for the same map index.

    What other tasks returned is pulled by index: as a template field Airflow would count the group's
    instances twice for each, and keep every bundle once more as what was rendered.
    """

    def __init__(self, *, generated_by: str, **kwargs: Any) -> None:  # noqa: ANN401 - BaseOperator's arguments
        super().__init__(**kwargs)
        self.generated_by = generated_by

    def envelope(self, context: Context) -> Envelope:
        """The envelope, still untrusted."""
        from docgen.contract import Envelope

        return Envelope.model_validate(self.pull(context, self.generated_by))

    def pull(self, context: Context, task_id: str, key: str = "return_value") -> Any:  # noqa: ANN401 - as it was pushed
        """What a task before this one pushed for the same map index."""
        ti = context["ti"]
        return ti.xcom_pull(task_ids=task_id, key=key, map_indexes=ti.map_index)


class Route(BundleOperator):
    """Branches to `commit` or to `pull_request`, or to neither when the outcome is known already.

    Airflow's own branch operators skip nothing from inside a mapped task group, so this one names the
    skipped task with its map index itself. In a dry run the outcome is the plan, so neither is taken.
    """

    stage = "route"

    def work(self, context: Context) -> None:
        """Push the chosen way as XCom `way` and skip the others for this map index alone."""
        from documenthor import reports
        from documenthor.metrics import told
        from documenthor.outcomes import Outcome
        from documenthor.publish import planned

        envelope = self.envelope(context)
        reports.keep(deployment().database, self.job_spec, envelope, now())
        told.generated(deployment().metrics, self.tenant, envelope)
        self._report(envelope)
        decision = self._decide(envelope)
        if self.assigned["dry_run"]:
            decision = planned(self.job_spec, decision)
        way = "" if isinstance(decision, Outcome) else decision.mode.value
        if isinstance(decision, Outcome):
            record_outcome(self, decision)
            self.log.info("%s: %s", decision, decision.message)
        ti = context["ti"]
        ti.xcom_push(key="way", value=way)
        others = [task_id for task_id in self.downstream_task_ids if task_id.rpartition(".")[2] != way]
        skipped = [(task_id, ti.map_index) for task_id in others]
        raise DownstreamTasksSkipped(tasks=skipped)  # type: ignore[no-untyped-call]

    def _report(self, envelope: Envelope) -> None:
        from documenthor import jobs

        spec = self.job_spec
        jobs.report(deployment().database, spec.job, spec.repository, envelope)

    def _decide(self, envelope: Envelope) -> Decision:
        from documenthor import jobs
        from documenthor.publish import decide
        from documenthor.tenants import Mode

        spec, here = self.job_spec, deployment()
        if jobs.is_cancelled(here.database, spec.job):
            return jobs.CANCELLED
        minimum = here.tenant(spec.tenant).minimum_score
        with here.forge(spec.tenant) as forge:
            return decide(forge, spec, envelope, Mode(self.assigned["mode"]), minimum)


class PublishOperator(BundleOperator):
    """Writes what the task `routed_by` chose; the gates run again, on the bundle as it is now."""

    stage = "publish"

    operator_extra_links = (PublicationLink(),)

    def __init__(self, *, routed_by: str, **kwargs: Any) -> None:  # noqa: ANN401 - BaseOperator's arguments
        super().__init__(**kwargs)
        self.routed_by = routed_by
        self.outcome: Outcome | None = None

    def work(self, context: Context) -> dict[str, Any]:
        """Publish, record the outcome and return it."""
        from dataclasses import asdict

        from documenthor.outcomes import Kind
        from documenthor.publish import publish
        from documenthor.tenants import Mode

        mine = self.task_id.rpartition(".")[2]
        if self.pull(context, self.routed_by, "way") != mine:
            # Somebody cleared the skipped task alone; publishing another way than chosen would be wrong.
            raise AirflowSkipException(f"`route` did not choose {mine}; clear `route` instead")
        if mine == Mode.PULL_REQUEST.value:
            self._await_turn()
        spec, here, envelope = self.job_spec, deployment(), self.envelope(context)
        mode, minimum = Mode(self.assigned["mode"]), here.tenant(spec.tenant).minimum_score
        with here.forge(spec.tenant) as forge:
            self.outcome = outcome = publish(forge, spec, envelope, mode, minimum)
        record_outcome(self, outcome)
        if outcome.kind in {Kind.COMMITTED, Kind.PULL_REQUEST}:
            events.tell(context, spec, outcome)
        self.log.info("%s: %s", outcome, outcome.message)
        return asdict(outcome)

    def take_turn(self, context: Context, event: Any = None) -> Any:  # noqa: ANN401 - Airflow's signature
        """Publish what is due now, unless the job was cancelled while it waited."""
        from documenthor import jobs

        if jobs.is_cancelled(deployment().database, self.job_spec.job):
            end_with(self, jobs.CANCELLED)
        return self.resume(context, event)

    def _await_turn(self) -> None:
        """Wait until a night's pull request is due, in the triggerer."""
        from documenthor import jobs

        spec, here = self.job_spec, deployment()
        due = jobs.due(here.database, spec.job, spec.repository)
        if due is not None and due > now() and here.tenant(spec.tenant).spreads:
            self.log.info("the night's pull requests are spread over its window; this one is due at %s", due)
            self.defer(trigger=DateTimeTrigger(moment=due), method_name="take_turn")
