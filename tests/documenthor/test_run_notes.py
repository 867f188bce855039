"""A run's summary in one line, and what people wrote beside it."""

from __future__ import annotations

from collections import Counter

import pytest
from documenthor.jobs.progress import RunSummary
from documenthor.run_notes import LONGEST, line, merged, summarized

_PAGE = "https://airflow.example/documentation/tenants/acme/jobs/1"
_OURS = line("2 repositories: 2 unchanged", _PAGE)
_NEWER = line("2 repositories: 1 unchanged, 1 failed (`web`)", _PAGE)


@pytest.mark.parametrize(
    ("counts", "failed", "told"),
    [
        ({}, (), "nothing was to be done"),
        ({"unchanged": 1}, (), "1 repository: 1 unchanged"),
        ({"pull_request": 1, "committed": 2}, (), "3 repositories: 2 committed, 1 pull request"),
        (
            {"failed": 1, "skipped": 3, "pull_request": 2},
            ("web",),
            "6 repositories: 2 pull requests, 3 skipped, 1 failed (`web`)",
        ),
        (
            {"failed": 12},
            tuple("abcdefghijkl"),
            "12 repositories: 12 failed (`a`, `b`, `c`, `d`, `e`, `f`, `g`, `h`, `i`, `j` and 2 more)",
        ),
    ],
)
def test_what_became_of_a_run(counts: dict[str, int], failed: tuple[str, ...], told: str) -> None:
    summary = RunSummary(Counter(counts), job_finished=True, lost=0, failed=failed)
    assert summarized(summary, _PAGE) == f"**Documentation:** {told}. [Job]({_PAGE})"


def test_the_last_run_tells_of_the_whole_job() -> None:
    summary = RunSummary(Counter({"failed": 1}), job_finished=True, lost=0, failed=("web",))
    told = summarized(summary, _PAGE, {"failed": 1, "unchanged": 4})
    assert told == f"**Documentation:** 5 repositories: 4 unchanged, 1 failed (`web`). [Job]({_PAGE})"


def test_a_request_that_was_not_resolved() -> None:
    summary = RunSummary(Counter(), job_finished=False, lost=0, job_error="the request could not be resolved")
    assert summarized(summary, _PAGE) == (
        f"**Documentation:** the request could not be resolved. [Job]({_PAGE})"
    )


def test_the_longest_summary_fits_a_note() -> None:
    names = tuple(f"{number:03}".rjust(100, "r") for number in range(100))
    told = summarized(RunSummary(Counter(failed=100), job_finished=True, lost=0, failed=names), _PAGE)
    assert merged("", told) == told


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", _NEWER),
        ("Looked at by Olga", f"Looked at by Olga\n\n{_NEWER}"),
        (_OURS, _NEWER),
        (f"Olga\n\n{_OURS}\nand Otto", f"Olga\n\n{_NEWER}\nand Otto"),
        (f"> {_OURS}", f"> {_OURS}\n\n{_NEWER}"),
        ("x" * LONGEST, "x" * LONGEST),
        ("x" * (LONGEST - len(_NEWER) - 2), "x" * (LONGEST - len(_NEWER) - 2) + f"\n\n{_NEWER}"),
        ("x" * (LONGEST - len(_NEWER) - 1), "x" * (LONGEST - len(_NEWER) - 1)),
    ],
)
def test_what_people_wrote_stays(before: str, after: str) -> None:
    assert merged(before, _NEWER) == after
