"""What outcomes and states are called, and what they mean to somebody who has not read the documentation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from documenthor.jobs.model import JobState, RowState
from documenthor.outcomes import Kind
from documenthor.reports import Sort

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Word:
    """A name, its colour (a class of the style sheet) and one sentence that explains it."""

    name: str
    tone: str
    meaning: str


OUTCOMES: Mapping[str, Word] = {
    Kind.PULL_REQUEST: Word("pull request", "good", "A pull request with checked documentation is open."),
    Kind.COMMITTED: Word("committed", "good", "Checked documentation was committed to the default branch."),
    Kind.UNCHANGED: Word(
        "unchanged",
        "calm",
        "Source, settings, prompts and model are as before, so nothing was to be written.",
    ),
    Kind.SKIPPED: Word(
        "skipped", "calm", "Nothing was done, on purpose; the reason says whether somebody should act."
    ),
    Kind.REJECTED: Word(
        "rejected", "warn", "A gate did not hold, so nothing was published; the reason names the gate."
    ),
    Kind.FAILED: Word("failed", "bad", "A step broke; a retry may help."),
    RowState.WAITING: Word("waiting", "calm", "No run has begun with it yet."),
    RowState.RUNNING: Word("running", "busy", "A run is working on it now."),
}
STATES: Mapping[str, Word] = {
    JobState.QUEUED: Word("queued", "calm", "Its repositories are not known yet: the run is about to start."),
    JobState.RUNNING: Word("running", "busy", "Its repositories are being worked on."),
    JobState.CANCELLING: Word("cancelling", "warn", "No more work begins; what has begun ends by itself."),
    JobState.CANCELLED: Word("cancelled", "warn", "It was cancelled before all of it was done."),
    JobState.SUCCEEDED: Word("succeeded", "good", "Every repository has an outcome, and none failed."),
    JobState.PARTIALLY_FAILED: Word("partially failed", "bad", "Some repositories failed."),
    JobState.FAILED: Word("failed", "bad", "Nothing of it worked."),
}
SORTS: Mapping[str, str] = {
    Sort.GATE: "Gates that did not hold",
    Sort.REFUTED: "Claims that the source contradicts (none of them is on the pages)",
    Sort.DROPPED: "Taken out of the pages by gates",
    Sort.SENTENCE: "A model's sentences that were dropped, by reason",
    Sort.NOTE: "Notes",
}
# What a page says after a button was pressed, by the word in its address.
NOTICES: Mapping[str, str] = {
    "retried": "The retry has begun: what failed is being worked on once more.",
    "cancelled": "The job is being cancelled: no more work of it begins.",
}
