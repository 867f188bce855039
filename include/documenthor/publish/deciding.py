"""Deciding what to do with a bundle. Nothing is written here, so deciding again costs nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from docgen.contract import BundleError

from documenthor.errors import GateError, NotAFileError, UnknownRepositoryError
from documenthor.forge.model import State, Topic
from documenthor.outcomes import Fate, Kind, Outcome, Seen, rejected, skipped
from documenthor.publish import gates, messages, splicing
from documenthor.tenants import Mode

if TYPE_CHECKING:
    from docgen.contract import Bundle, Envelope, JobSpec

    from documenthor.forge.discovery import Documented
    from documenthor.forge.model import Change, Proposal
    from documenthor.publish.forge import PublishingForge


@dataclass(frozen=True, slots=True)
class Publish:
    """What to publish: `changes` on top of `parent`.

    `tip` is where our branch stands; `is_pushed` says that it holds the changes already, so that only
    the pull request itself is missing or out of date. `note` says why it is no commit as was asked for,
    `before` what became of the newest pull request, which is what was `seen`.
    """

    mode: Mode
    parent: str
    changes: tuple[Change, ...]
    bundle: Bundle
    tip: str = ""
    is_pushed: bool = False
    note: str = ""
    before: State | None = None
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class Respond:
    """A comment to leave on our pull request, which it `closes` or not, and the outcome that remains."""

    topic: Topic
    outcome: Outcome
    tip: str
    closes: bool
    mode: Mode = Mode.PULL_REQUEST


Decision: TypeAlias = Publish | Respond | Outcome
_FATES = {
    State.OPEN: Fate.OPEN,
    State.MERGED: Fate.MERGED,
    State.CLOSED: Fate.DECLINED,
    State.WITHDRAWN: Fate.WITHDRAWN,
}


def decide(
    forge: PublishingForge, spec: JobSpec, envelope: Envelope, mode: Mode, minimum_score: float
) -> Decision:
    """Check an untrusted bundle and say what to publish of it, or the outcome that it has already."""
    try:
        bundle = envelope.open()
        gates.check_bundle(bundle, spec)
        gates.check_score(bundle, minimum_score)
        return _decide(forge, spec, bundle, mode)
    except BundleError as error:
        return rejected("bundle", str(error))
    except GateError as error:
        return rejected(error.gate, error.finding)
    except NotAFileError as error:
        return rejected("paths", str(error))
    except UnknownRepositoryError as error:
        return skipped("not_found", str(error))


def _decide(forge: PublishingForge, spec: JobSpec, bundle: Bundle, mode: Mode) -> Decision:
    name, head = spec.repository, forge.head(spec.repository)
    if not forge.is_ancestor(name, spec.commit, head):
        return skipped("history_rewritten", f"commit {spec.commit:.12} is no longer in the default branch")
    documented = forge.documented(name, head)
    if _is_newer(forge, spec, documented, head):
        return _superseded(spec)
    changes = splicing.changes(forge, bundle, head)
    note = forge.protection(name) if mode is Mode.COMMIT and changes else ""
    if mode is Mode.COMMIT and changes and not note:
        return Publish(mode, head, changes, bundle)
    proposal = forge.proposal(name)
    if _is_newer(forge, spec, proposal.documented, head):
        decision: Decision = _superseded(spec)
    elif _is_edited(proposal) and (changes or mode is Mode.PULL_REQUEST):
        decision = _edited(proposal)
    elif not changes:
        decision = _nothing_left(spec, documented, proposal)
    else:
        proposed = Mode.PULL_REQUEST
        wanted = Publish(proposed, head, changes, bundle, proposal.tip, note=note, before=proposal.state)
        decision = _propose(forge, spec, wanted, proposal)
    return _with(_seen(proposal), decision)


def _with(seen: Seen | None, decision: Decision) -> Decision:
    """The decision, and what was read back on the way to it."""
    if isinstance(decision, Respond):
        return replace(decision, outcome=replace(decision.outcome, seen=seen))
    return replace(decision, seen=seen)


def _seen(proposal: Proposal) -> Seen | None:
    if proposal.state is None or not proposal.reference:
        return None
    if proposal.state is State.OPEN and _is_edited(proposal):
        return Seen(proposal.reference, Fate.EDITED)
    return Seen(proposal.reference, _FATES[proposal.state])


def _propose(forge: PublishingForge, spec: JobSpec, wanted: Publish, proposal: Proposal) -> Decision:
    if proposal.state is not State.OPEN and _is_declined(proposal, wanted.bundle):
        return _declined(proposal)
    if not _is_pushed(forge, spec, wanted, proposal):
        return wanted
    if proposal.state is State.OPEN and proposal.described == proposal.tip:
        return _proposed(spec, wanted, proposal)
    return replace(wanted, is_pushed=True)


def _is_pushed(forge: PublishingForge, spec: JobSpec, wanted: Publish, proposal: Proposal) -> bool:
    """Whether our branch is fit to be merged and its blocks rest on the same facts and recipe."""
    known = proposal.documented
    if known is None or not proposal.is_current:
        return False
    if (known.commit, known.recipe) != (spec.commit, spec.recipe()):
        return False
    return not splicing.changes(forge, wanted.bundle, proposal.tip)


def _is_edited(proposal: Proposal) -> bool:
    return bool(proposal.tip) and proposal.documented is None and not proposal.is_merged


def _is_newer(forge: PublishingForge, spec: JobSpec, known: Documented | None, head: str) -> bool:
    """Whether `known` documents a later commit than `spec` does, one that `head` still contains."""
    if known is None or known.commit == spec.commit:
        return False
    later = forge.is_ancestor(spec.repository, spec.commit, known.commit)
    return later and forge.is_ancestor(spec.repository, known.commit, head)


def _is_declined(proposal: Proposal, bundle: Bundle) -> bool:
    return not proposal.declined.isdisjoint({"", messages.documentation_digest(bundle)})


def _superseded(spec: JobSpec) -> Outcome:
    return skipped("superseded", f"a newer commit than {spec.commit:.12} is documented already")


def _edited(proposal: Proposal) -> Decision:
    message = "somebody committed to our branch; merge or delete it to get updates again"
    outcome = Outcome(Kind.SKIPPED, "edited_by_human", message, reference=proposal.reference)
    if proposal.state is not State.OPEN or proposal.is_told:
        return outcome
    return Respond(Topic.EDITED, outcome, proposal.tip, closes=False)


def _declined(proposal: Proposal) -> Outcome:
    message = "somebody closed this pull request; a new one opens once the documentation differs"
    return Outcome(Kind.SKIPPED, "closed_by_human", message, reference=proposal.reference)


def _nothing_left(spec: JobSpec, documented: Documented | None, proposal: Proposal) -> Decision:
    """Nothing to write; a pull request of ours that is open all the same has lost its point."""
    ours = proposal.documented is not None
    if not ours or proposal.state not in {State.OPEN, State.WITHDRAWN}:
        return _unchanged(spec, documented, proposal)
    message = "nothing is left to change, so the open pull request was closed"
    outcome = Outcome(Kind.UNCHANGED, message=message, reference=proposal.reference)
    return Respond(Topic.NOTHING_LEFT, outcome, proposal.tip, closes=True)


def _unchanged(spec: JobSpec, documented: Documented | None, proposal: Proposal) -> Outcome:
    """Nothing to write; for the job that wrote it, as when it is retried, that is its commit."""
    if documented is not None and documented.job == spec.job and documented.commit == spec.commit:
        return Outcome(Kind.COMMITTED, message="this job committed it before", commit=documented.by)
    last = f"; the last pull request was {proposal.state}" if proposal.state else ""
    message = f"the documentation is up to date{last}"
    return Outcome(Kind.UNCHANGED, message=message, reference=proposal.reference)


def _proposed(spec: JobSpec, wanted: Publish, proposal: Proposal) -> Outcome:
    mine = proposal.documented is not None and proposal.documented.job == spec.job
    return Outcome(
        Kind.PULL_REQUEST if mine else Kind.UNCHANGED,
        message="the open pull request is up to date",
        commit=proposal.tip,
        reference=proposal.reference,
        pages=tuple(change.path for change in wanted.changes) if mine else (),
    )
