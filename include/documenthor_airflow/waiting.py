"""Waiting for a forge that wants no calls just now, without holding a slot of a worker, and giving up at once
on what no attempt can mend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.providers.standard.triggers.temporal import DateTimeTrigger
from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowFailException

if TYPE_CHECKING:
    from airflow.sdk import Context


class WaitingOperator(BaseOperator):
    """A task that waits in the triggerer while the forge or the shared budget wants no call.

    That takes no slot of a worker and no retry; afterwards `work` starts anew on what it finds. What only an
    operator can mend fails without a retry.
    """

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

        try:
            return self.work(context)
        except RateLimitedError as error:
            self.log.info("%s; going on at %s", error, error.until)
            self.defer(trigger=DateTimeTrigger(moment=error.until), method_name="resume")
        except (ConfigurationError, ForbiddenError) as error:
            raise AirflowFailException(str(error)) from error
