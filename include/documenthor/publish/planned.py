"""A dry run: what a decision would write, as an outcome. Nothing is written here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documenthor.outcomes import Kind, Outcome
from documenthor.publish import messages
from documenthor.publish.deciding import Publish, Respond
from documenthor.tenants import Mode

if TYPE_CHECKING:
    from docgen.contract import JobSpec

    from documenthor.publish.deciding import Decision

REASON = "dry_run"


def planned(spec: JobSpec, decision: Decision) -> Outcome:
    """The outcome of a dry run: the plan in `message`, the files in `pages`.

    What needs no write has its outcome already, in a dry run as in a real one.
    """
    if isinstance(decision, Respond):
        verb = "close the open pull request" if decision.closes else "comment on the open pull request"
        return _plan(f"would {verb}: {decision.outcome.message}")
    if isinstance(decision, Publish):
        return _plan(_sentence(spec, decision), tuple(change.path for change in decision.changes))
    return decision


def _plan(message: str, pages: tuple[str, ...] = ()) -> Outcome:
    return Outcome(Kind.SKIPPED, REASON, message, pages=pages)


def _sentence(spec: JobSpec, wanted: Publish) -> str:
    verb = "commit" if wanted.mode is Mode.COMMIT else "propose"
    note = f" ({wanted.note})" if wanted.note else ""
    pages = messages.count(wanted.changes)
    listed = messages.listed(wanted.changes)
    return f"would {verb} {pages} of documentation for {spec.commit:.12}{note}\n\n{listed}"
