"""`route`, `commit` and `pull_request`: from a bundle to the repository's outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.sdk.exceptions import AirflowSkipException, DownstreamTasksSkipped

from documenthor_airflow import events
from documenthor_airflow.deployment import deployment, now
from documenthor_airflow.links import PublicationLink
from documenthor_airflow.repository import RepositoryOperator, record_outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from airflow.sdk import Context
    from docgen.contract import Envelope
    from documenthor.outcomes import Outcome
    from documenthor.publish import Decision


class BundleOperator(RepositoryOperator):
    """A task that works on a repository's bundle; `envelope` is what `generate` returned."""

    template_fields: Sequence[str] = ("spec", "envelope", "mode")

    def __init__(self, *, envelope: Any, mode: str, **kwargs: Any) -> None:  # noqa: ANN401 - an XComArg until it is rendered
        super().__init__(**kwargs)
        self.envelope = envelope
        self.mode = mode

    @property
    def sealed(self) -> Envelope:
        """The envelope, still untrusted."""
        from docgen.contract import Envelope

        return Envelope.model_validate(self.envelope)


class Route(BundleOperator):
    """Branches to `commit` or to `pull_request`, or to neither when the outcome is known already.

    Airflow's own branch operators skip nothing from inside a mapped task group, so this one names the
    skipped task with its map index itself. With `plan_only` the outcome is the plan, so neither is taken.
    """

    stage = "route"
    template_fields = (*BundleOperator.template_fields, "plan_only")

    def __init__(self, *, plan_only: Any, **kwargs: Any) -> None:  # noqa: ANN401 - a mapped argument until it is rendered
        super().__init__(**kwargs)
        self.plan_only = plan_only

    def work(self, context: Context) -> None:
        """Push the chosen way as XCom `way` and skip the others for this map index alone."""
        from documenthor import reports
        from documenthor.metrics import told
        from documenthor.outcomes import Outcome
        from documenthor.publish import planned

        reports.keep(deployment().database, self.job_spec, self.sealed, now())
        told.generated(deployment().metrics, self.tenant, self.sealed)
        self._report()
        decision = self._decide()
        if self.plan_only:
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

    def _report(self) -> None:
        from documenthor import jobs

        spec = self.job_spec
        jobs.report(deployment().database, spec.job, spec.repository, self.sealed)

    def _decide(self) -> Decision:
        from documenthor import jobs
        from documenthor.publish import decide
        from documenthor.tenants import Mode

        spec, here = self.job_spec, deployment()
        if jobs.is_cancelled(here.database, spec.job):
            return jobs.CANCELLED
        minimum = here.tenant(spec.tenant).minimum_score
        with here.forge(spec.tenant) as forge:
            return decide(forge, spec, self.sealed, Mode(self.mode), minimum)


class PublishOperator(BundleOperator):
    """Writes what `route` chose; the gates run again, on the bundle as it is now."""

    stage = "publish"
    template_fields = (*BundleOperator.template_fields, "way")

    operator_extra_links = (PublicationLink(),)

    def __init__(self, *, way: Any, **kwargs: Any) -> None:  # noqa: ANN401 - an XComArg until it is rendered
        super().__init__(**kwargs)
        self.way = way
        self.outcome: Outcome | None = None

    def work(self, context: Context) -> dict[str, Any]:
        """Publish, record the outcome and return it."""
        from dataclasses import asdict

        from documenthor.outcomes import Kind
        from documenthor.publish import publish
        from documenthor.tenants import Mode

        mine = self.task_id.rpartition(".")[2]
        if self.way != mine:
            # Somebody cleared the skipped task alone; publishing another way than chosen would be wrong.
            raise AirflowSkipException(f"`route` did not choose {mine}; clear `route` instead")
        spec, here = self.job_spec, deployment()
        minimum = here.tenant(spec.tenant).minimum_score
        with here.forge(spec.tenant) as forge:
            self.outcome = outcome = publish(forge, spec, self.sealed, Mode(self.mode), minimum)
        record_outcome(self, outcome)
        if outcome.kind in {Kind.COMMITTED, Kind.PULL_REQUEST}:
            events.tell(context, spec, outcome)
        self.log.info("%s: %s", outcome, outcome.message)
        return asdict(outcome)
