"""What is new of a job since a revision, as server-sent events."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi.sse import format_sse_event

from documenthor import jobs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from documenthor.db import Database
    from documenthor.jobs import JobSummary, RepositoryStatus


@dataclass(frozen=True, slots=True)
class News:
    """What is new of a job at `revision`: events, each with the revision that it tells of."""

    revision: int
    has_ended: bool
    events: tuple[tuple[int, bytes], ...]

    def after(self, revision: int) -> bytes:
        """The events for somebody who has seen `revision`."""
        return b"".join(event for number, event in self.events if number > revision)


def read(database: Database, *, tenant: str, job_id: str, since: int | None) -> News:
    """What changed after `since`, or without it only how the job stands.

    Raises `JobNotFoundError` also for another tenant's job.
    """
    with database.reading() as session:
        summary = jobs.summary_in(session, tenant, job_id)
        changed = [] if since is None else jobs.changes(session, job_id, since)
    return News(summary.revision, summary.state.has_ended, tuple(_events(summary, changed)))


def read_changed(database: Database, seen: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], News]:
    """What changed, where anything did. Jobs are named by their tenant and id; `seen` are revisions."""
    with database.reading() as session:
        now = jobs.revisions(session, {job_id for _, job_id in seen})
    return {
        (tenant, job_id): read(database, tenant=tenant, job_id=job_id, since=revision)
        for (tenant, job_id), revision in seen.items()
        if now.get(job_id, 0) > revision
    }


def _events(summary: JobSummary, changed: list[tuple[int, RepositoryStatus]]) -> Iterator[tuple[int, bytes]]:
    for revision, row in changed:
        yield revision, _event("repository", row.model_dump(mode="json"))
    # Only this one has an id: whoever saw it has seen all before it, rows of one revision included.
    yield summary.revision, _event("job", summary.model_dump(mode="json"), str(summary.revision))


def _event(name: str, content: object, number: str | None = None) -> bytes:
    # ASCII only: a line separator of Unicode would break the event into two lines.
    return format_sse_event(data_str=json.dumps(content), event=name, id=number)
