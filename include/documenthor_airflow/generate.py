"""`generate` on the `process` runtime: the generator as child processes of the task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from documenthor_airflow.deployment import deployment
from documenthor_airflow.links import JobLink
from documenthor_airflow.repository import (
    RepositoryOperator,
    end_with,
    record_start,
    record_usage,
    require_budget,
    retried_if_that_helps,
)

if TYPE_CHECKING:
    from airflow.sdk import Context
    from docgen.contract import Envelope
    from documenthor.outcomes import Outcome
    from documenthor.runtimes import ProcessRuntime
    from documenthor.tenants import Processes


class GenerateInProcess(RepositoryOperator):
    """Generates one repository's bundle and returns its envelope as XCom."""

    stage = "generate"
    operator_extra_links = (JobLink(),)

    def __init__(self, *, limits: Processes, **kwargs: Any) -> None:  # noqa: ANN401 - BaseOperator's arguments
        super().__init__(**kwargs)
        self.limits = limits
        self._runtime: ProcessRuntime | None = None

    def work(self, context: Context) -> dict[str, str]:
        """Run the generator; a repository that has nothing to document ends skipped, with its outcome."""
        from documenthor.outcomes import Outcome

        record_start(self)
        require_budget(self)
        with retried_if_that_helps():
            result = self._generate(context)
        if isinstance(result, Outcome):
            end_with(self, result)
        return result.model_dump()

    def _generate(self, context: Context) -> Envelope | Outcome:
        from documenthor.errors import UnknownRepositoryError
        from documenthor.outcomes import skipped
        from documenthor.runtimes import ProcessRuntime, require_allowed

        here, spec = deployment(), self.job_spec
        require_allowed(here.tenant(spec.tenant), here.settings)
        self._runtime = ProcessRuntime(self.limits, here.settings.home / "scratch")
        with here.forge(spec.tenant) as forge:
            try:
                return self._runtime.generate(spec, forge.clone_token(spec.repository))
            except UnknownRepositoryError as error:
                return skipped("not_found", str(error))
            finally:
                record_usage(self, context, self._runtime.meter.measured())

    def on_kill(self) -> None:
        """Take the generator along when Airflow stops the task."""
        if self._runtime is not None:
            self._runtime.stop()
