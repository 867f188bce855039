"""Waiting for a forge that wants no calls just now, without holding a slot of a worker, and giving up at once
on what no attempt can mend."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from airflow.providers.standard.triggers.temporal import DateTimeTrigger
from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowFailException

from documenthor_airflow import logs
from documenthor_airflow.deployment import deployment, now

if TYPE_CHECKING:
    from airflow.sdk import Context


class WaitingOperator(BaseOperator):
    """A task that waits in the triggerer while the forge or the shared budget wants no call.

    That takes no slot of a worker and no retry; afterwards `work` starts anew on what it finds. What only an
    operator can mend fails without a retry. `stage` and `tenant` are what its seconds are counted under;
    `job_of` and `repository`, which is empty for a task on all of them, are named by its log as well.
    """

    stage = ""

    @property
    def tenant(self) -> str:
        """Whose work it is."""
        raise NotImplementedError

    @property
    def repository(self) -> str:
        """The one repository that it works on."""
        return ""

    def job_of(self, context: Context) -> str:
        """The id of the job that it belongs to."""
        raise NotImplementedError

    def pre_execute(self, context: Context) -> None:
        """Mark the log. Airflow calls `execute` in a context of its own, so what it says of a failure
        afterwards would not be marked by that."""
        logs.mark(tenant=self.tenant, job=self.job_of(context), repository=self.repository)

    def execute(self, context: Context) -> Any:  # noqa: ANN401 - Airflow's signature
        """Do the task's work, or put it off until the forge takes calls again."""
        return self._patiently(context)

    def resume(self, context: Context, event: Any = None) -> Any:  # noqa: ANN401, ARG002 - Airflow's signature
        """Do it when the wait is over. Airflow wants `execute` called by nobody but itself."""
        return self._patiently(context)

    def work(self, context: Context) -> Any:  # noqa: ANN401 - each task returns something else
        """What the task is for."""
        raise NotImplementedError

    def _patiently(self, context: Context) -> Any:  # noqa: ANN401 - see `work`
        from documenthor.errors import ConfigurationError, ForbiddenError, RateLimitedError

        start = time.monotonic()
        try:
            return self.work(context)
        except RateLimitedError as error:
            self.log.info("%s; going on at %s", error, error.until)
            self._count_wait((error.until - now()).total_seconds())
            self.defer(trigger=DateTimeTrigger(moment=error.until), method_name="resume")
        except (ConfigurationError, ForbiddenError) as error:
            raise AirflowFailException(str(error)) from error
        finally:
            self.count_seconds(time.monotonic() - start)

    def count_seconds(self, seconds: float) -> None:
        """Tell what an attempt at this stage took."""
        from documenthor.metrics.table import STAGE_SECONDS

        deployment().metrics.record(STAGE_SECONDS, seconds, tenant=self.tenant, stage=self.stage)

    def _count_wait(self, seconds: float) -> None:
        from documenthor.metrics.table import RATE_LIMIT_WAIT

        deployment().metrics.record(RATE_LIMIT_WAIT, max(0.0, seconds), tenant=self.tenant)
