"""Publishing what was decided: one commit, and for a pull request its record after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documenthor.errors import HeadMovedError, WriteRefusedError
from documenthor.forge.model import NewCommit
from documenthor.outcomes import Kind, Outcome, skipped
from documenthor.publish import messages
from documenthor.publish.deciding import decide
from documenthor.tenants import Mode

if TYPE_CHECKING:
    from docgen.contract import Envelope, JobSpec

    from documenthor.publish.deciding import Publish
    from documenthor.publish.forge import PublishingForge

ATTEMPTS = 3


def publish(
    forge: PublishingForge, spec: JobSpec, envelope: Envelope, mode: Mode, minimum_score: float
) -> Outcome:
    """Decide on the bundle as it is now, and write it; raises `ForgeError` when the forge fails.

    Whoever moves a branch meanwhile wins, and we decide again on what they left.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _publish(forge, spec, envelope, mode, minimum_score)
        except HeadMovedError:
            if attempt == ATTEMPTS:
                raise
        except WriteRefusedError as error:
            return skipped(error.reason, str(error))
    raise AssertionError("unreachable: the last attempt returns or raises")


def _publish(
    forge: PublishingForge, spec: JobSpec, envelope: Envelope, mode: Mode, minimum_score: float
) -> Outcome:
    decision = decide(forge, spec, envelope, mode, minimum_score)
    if isinstance(decision, Outcome):
        return decision
    return (_commit if mode is Mode.COMMIT else _propose)(forge, spec, decision)


def _commit(forge: PublishingForge, spec: JobSpec, wanted: Publish) -> Outcome:
    message = messages.commit_message(spec, wanted.changes)
    commit = forge.commit(spec.repository, NewCommit(wanted.parent, wanted.changes, message))
    return Outcome(
        Kind.COMMITTED,
        message=f"Committed {messages.count(wanted.changes)} of documentation for {spec.commit:.12}.",
        commit=commit,
        reference=commit,
        pages=_pages(wanted),
    )


def _propose(forge: PublishingForge, spec: JobSpec, wanted: Publish) -> Outcome:
    commit = wanted.tip
    if not wanted.is_pushed:
        message = messages.commit_message(spec, wanted.changes)
        commit = forge.push(spec.repository, NewCommit(wanted.parent, wanted.changes, message), wanted.tip)
    reference = forge.describe(spec.repository, messages.description(spec, wanted.bundle, wanted.changes))
    return Outcome(
        Kind.PULL_REQUEST,
        message=f"Proposed {messages.count(wanted.changes)} of documentation for {spec.commit:.12}.",
        commit=commit,
        reference=reference,
        pages=_pages(wanted),
    )


def _pages(wanted: Publish) -> tuple[str, ...]:
    return tuple(change.path for change in wanted.changes)
