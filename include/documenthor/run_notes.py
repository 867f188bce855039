"""The summary of a run as one line of Markdown, and putting it into a note that people write in too."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from documenthor.outcomes import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from documenthor.jobs.progress import RunSummary

# How our line begins, by which it is found again.
_MARK = "**Documentation:** "
# Characters that Airflow's database takes.
LONGEST = 1000
_MOST_NAMES = 10
# Characters that one repository's name may take for all of those to fit.
_LONGEST_NAME = 40


def counted(counts: Mapping[str, int]) -> str:
    """How many ended how, in words: `2 pull requests, 1 failed`."""
    order = [*Kind, *sorted(counts.keys() - set(Kind))]
    return ", ".join(f"{counts[kind]} {named(kind, counts[kind])}" for kind in order if counts.get(kind))


def named(kind: str, count: int) -> str:
    """What so many of an outcome or state are called."""
    words = kind.replace("_", " ")
    return f"{words}s" if kind == Kind.PULL_REQUEST and count != 1 else words


def repositories(count: int) -> str:
    """So many repositories, in words."""
    return f"{count} repositor{'y' if count == 1 else 'ies'}"


def summarized(summary: RunSummary, page: str, whole: Mapping[str, int] = MappingProxyType({})) -> str:
    """What became of a run's repositories, which failed, and where its job is shown.

    `whole` are the counts of the whole job, if they are to be told instead of the run's own.
    """
    counts = whole or summary.counts
    told = counted(counts)
    text = f"{repositories(sum(counts.values()))}: {told}" if told else "nothing was to be done"
    if summary.job_error:
        text = summary.job_error
    shown = [f"`{_shortened(name)}`" for name in summary.failed[:_MOST_NAMES]]
    more = len(summary.failed) - len(shown)
    names = f" ({', '.join(shown)}{f' and {more} more' if more else ''})" if shown else ""
    return line(f"{text}{names}", page)


def line(text: str, page: str) -> str:
    """Our line of a note."""
    return f"{_MARK}{text}. [Job]({page})"


def is_ours(text: str) -> bool:
    """Whether it is what `line` makes."""
    return text.startswith(_MARK) and "\n" not in text


def merged(note: str, ours: str) -> str:
    """The note with our line in it: in the old one's place, else below what people wrote.

    A note that would become too long for Airflow stays as it is.
    """
    lines = note.split("\n")
    places = [number for number, each in enumerate(lines) if is_ours(each)]
    if places:
        lines[places[0]] = ours
        found = "\n".join(lines)
    else:
        found = f"{note}\n\n{ours}" if note else ours
    return found if len(found) <= LONGEST else note


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
