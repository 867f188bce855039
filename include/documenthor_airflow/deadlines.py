"""What a run's deadlines are counted from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from airflow.sdk.definitions.deadline import BaseDeadlineReference


class SinceRecorded(BaseDeadlineReference):
    """The time at which a run was recorded; runs of the API have no date, and a backfill's lies far back.

    Airflow's own `DAGRUN_QUEUED_AT` is no choice: with it Airflow 3.3.2 answers the clearing of a task in a
    run at work with 500, because it reads the interval of such a deadline as a number, which it is not.
    """

    # What Airflow has to hand over: it asks once, when it records the run.
    required_kwargs: ClassVar[set[str]] = set()

    def _evaluate_with(self, **_: Any) -> datetime:  # noqa: ANN401 - as Airflow asks for it
        return datetime.now(UTC)
