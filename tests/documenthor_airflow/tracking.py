"""A task that fails on a repository, holding what nobody outside may learn; and a failing server."""

from __future__ import annotations

import logging
import sys
from datetime import timedelta

import structlog
from airflow.sdk import Context, dag
from airflow.sdk.log import mask_secret
from docgen.contract import JobSpec
from documenthor_airflow.repository import RepositoryOperator
from documenthor_airflow.tracking import cut_events, start_tracking

SECRET = "hidden-in-" + "a-variable"
MASKED = "hidden-in-" + "a-text"


class Failing(RepositoryOperator):
    """Fails."""

    stage = "generate"

    def work(self, context: Context) -> None:  # noqa: ARG002 - the base's
        """Fail with a local variable, a line in the log, and a text that names a secret."""
        held = SECRET
        mask_secret(MASKED)
        logging.getLogger("documenthor").warning("a line with %s", held)
        raise RuntimeError(f"it went wrong with {MASKED}" + "." * 5000)


@dag(schedule=None, default_args={"retries": 0, "retry_delay": timedelta(0)})
def failing() -> None:
    """One task."""
    url = "/forge/alpha"
    spec = JobSpec(tenant="local", job="of-this-test", repository="alpha", url=url, commit="0" * 40)
    Failing(task_id="failing", assigned={"spec": spec.model_dump_json(), "mode": "commit", "dry_run": False})


cut_events()
failing_dag = failing()


def _serve() -> None:
    held, given = SECRET, ("hidden-in-an-argument",)
    start_tracking()
    with structlog.contextvars.bound_contextvars(request_id="of-this-request"):
        try:
            held.index("no such thing")
        except ValueError:
            logging.getLogger("documenthor.api").exception(
                "request failed: %s", *given, extra={"header": SECRET}
            )


if __name__ == "__main__":
    if sys.argv[1] == "server":
        _serve()
    else:
        failing_dag.test()
    import sentry_sdk

    sentry_sdk.flush(10)
