"""Publishing what was decided: one commit, and for a pull request its record after it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from documenthor.errors import HeadMovedError, WriteRefusedError
from documenthor.forge.model import NewCommit
from documenthor.outcomes import Fate, Kind, Outcome, skipped
from documenthor.publish import messages
from documenthor.publish.deciding import Respond, decide
from documenthor.tenants import Mode

if TYPE_CHECKING:
    from docgen.contract import Envelope, JobSpec

    from documenthor.publish.deciding import Decision, Publish
    from documenthor.publish.forge import PublishingForge

ATTEMPTS = 3
# Why a default branch takes no commit of ours; a pull request is the way then.
PROTECTED = "protected"


def publish(
    forge: PublishingForge, spec: JobSpec, envelope: Envelope, mode: Mode, minimum_score: float
) -> Outcome:
    """Decide on the bundle as it is now, and write it; raises `ForgeError` when the forge fails.

    Whoever moves a branch meanwhile wins, and we decide again on what they left.
    """
    note = ""
    for _ in range(ATTEMPTS):
        try:
            decision = decide(forge, spec, envelope, mode, minimum_score)
            return _carry_out(forge, spec, decision, note)
        except HeadMovedError as error:
            moved = error
        except WriteRefusedError as error:
            if error.reason != PROTECTED or mode is Mode.PULL_REQUEST:
                return skipped(error.reason, str(error))
            mode, note = Mode.PULL_REQUEST, str(error)
            moved = HeadMovedError(f"the default branch is protected and others kept moving ours: {error}")
    raise moved


def _carry_out(forge: PublishingForge, spec: JobSpec, decision: Decision, note: str) -> Outcome:
    if isinstance(decision, Outcome):
        return decision
    if isinstance(decision, Respond):
        return _respond(forge, spec, decision)
    if decision.mode is Mode.COMMIT:
        return _commit(forge, spec, decision)
    return _propose(forge, spec, decision, note or decision.note)


def _respond(forge: PublishingForge, spec: JobSpec, wanted: Respond) -> Outcome:
    text = messages.COMMENTS[wanted.topic]
    if wanted.closes:
        forge.withdraw(spec.repository, wanted.topic, text, wanted.tip)
        return _withdrawn(wanted.outcome)
    forge.tell(spec.repository, wanted.topic, text)
    return wanted.outcome


def _withdrawn(outcome: Outcome) -> Outcome:
    seen = outcome.seen
    return replace(outcome, seen=seen and replace(seen, fate=Fate.WITHDRAWN))


def _commit(forge: PublishingForge, spec: JobSpec, wanted: Publish) -> Outcome:
    message = messages.commit_message(spec, wanted.changes)
    commit = forge.commit(spec.repository, NewCommit(wanted.parent, wanted.changes, message))
    return Outcome(
        Kind.COMMITTED,
        message=f"Committed {messages.count(wanted.changes)} of documentation for {spec.commit:.12}.",
        commit=commit,
        reference=commit,
        pages=_pages(wanted),
        seen=wanted.seen,
    )


def _propose(forge: PublishingForge, spec: JobSpec, wanted: Publish, note: str) -> Outcome:
    commit = wanted.tip
    if not wanted.is_pushed:
        message = messages.commit_message(spec, wanted.changes)
        commit = forge.push(spec.repository, NewCommit(wanted.parent, wanted.changes, message), wanted.tip)
    description = messages.description(spec, wanted.bundle, wanted.changes, commit, note)
    return Outcome(
        Kind.PULL_REQUEST,
        message=messages.proposed(spec, wanted.changes, wanted.before, note),
        commit=commit,
        reference=forge.describe(spec.repository, description),
        pages=_pages(wanted),
        seen=wanted.seen,
    )


def _pages(wanted: Publish) -> tuple[str, ...]:
    return tuple(change.path for change in wanted.changes)
