"""What every line of a task's log names beside Airflow's own ids: tenant, job and repository."""

from __future__ import annotations

from structlog.contextvars import bind_contextvars, unbind_contextvars

NAMES = ("tenant", "job", "repository")


def mark(*, tenant: str, job: str, repository: str = "") -> None:
    """Have the lines from here on name these, and no longer what was worked on before."""
    unbind_contextvars(*NAMES)
    given = {"tenant": tenant, "job": job, "repository": repository}
    bind_contextvars(**{name: value for name, value in given.items() if value})
