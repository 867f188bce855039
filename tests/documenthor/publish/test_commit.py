"""Committing documentation: human bytes stay, nothing is written in vain, nothing newer is undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor.publish import Publish, decide
from documenthor.tenants import Mode

from tests.documenthor.forge.support import Place, make
from tests.documenthor.publish.support import MINIMUM, block, job_spec, put, seal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=[True, False], ids=["bare", "plain"])
def place(root: Path, request: pytest.FixtureRequest) -> Place:
    """A repository with some source."""
    return make(root, "calc", bare=request.param, files={"a.py": "x = 1\n", "README.md": "# Calc\n"})


def test_a_commit_says_what_it_is(place: Place) -> None:
    spec = job_spec(place, job="job 7")
    outcome = put(place, block(), block("docs/api.md", "The API."), spec=spec)
    assert (outcome.kind, outcome.commit) == ("committed", place.head())
    assert outcome.pages == ("README.md", "docs/api.md")
    assert outcome.message == f"Committed 2 pages of documentation for {spec.commit[:12]}."
    message = place.git("log", "-1", "--format=%B", "main")
    assert message.endswith(
        f"Documenthor-Commit: {spec.commit}\nDocumenthor-Recipe: {spec.recipe()}\nDocumenthor-Job: job-7"
    )
    assert "Added:\n\n- docs/api.md\n\nUpdated:\n\n- README.md\n" in message
    assert place.git("rev-parse", "main^") == spec.commit
    assert place.git("diff", "--name-only", "main^", "main").split() == ["README.md", "docs/api.md"]


def test_a_second_run_writes_nothing(place: Place) -> None:
    put(place)
    before = place.refs()
    assert str(put(place, spec=job_spec(place, job="job-2"))) == "unchanged"
    assert place.refs() == before


def test_a_retry_of_the_job_that_wrote_it_reports_its_commit(place: Place) -> None:
    spec = job_spec(place)
    first, before = put(place, spec=spec), place.refs()
    again = put(place, spec=spec)
    assert (again.kind, again.commit, place.refs()) == (first.kind, first.commit, before)


def test_other_words_on_the_same_facts_change_nothing(place: Place) -> None:
    put(place, block(body="It adds numbers."))
    before = place.refs()
    reworded = block(body="Numbers are added.").model_copy(update={"rests_on": block().rests_on})
    assert str(put(place, reworded, spec=job_spec(place, job="job-2"))) == "unchanged"
    assert place.refs() == before


@pytest.mark.parametrize(
    "human",
    [
        b"# Calc\r\n\r\nWindows wrote this.\r\n",
        b"no newline at the end",
        b"crlf, no newline\r\nat the end",
        b"\xef\xbb\xbf# With a byte order mark\n",
        b"\n\n\n",
        b"mixed\r\nline\nendings\n",
        "# Gr\u00fc\u00dfe \u4e16\u754c \t \n".encode(),
        b"<div align=center>\n\n<script>alert('mine')</script>\n\n</div>\n",
    ],
)
def test_what_people_wrote_stays_byte_for_byte(root: Path, human: bytes) -> None:
    place = make(root, "calc", files={"README.md": human})
    assert str(put(place, block())) == "committed"
    first = place.file("README.md")
    assert first.startswith(human)
    place.write({"README.md": b"Above.\n" + first + b"below, no newline"})
    assert str(put(place, block(body="New facts."))) == "committed"
    second = place.file("README.md")
    assert second.startswith(b"Above.\n" + human)
    assert second.endswith(b"below, no newline")
    assert b"New facts." in second
    assert b"It adds numbers." not in second


def test_an_older_result_does_not_undo_a_newer_one(place: Place) -> None:
    old = job_spec(place)
    newer = place.write({"a.py": "x = 2\n"})
    if not place.bare:
        place.git("reset", "--quiet", "--hard")
    assert str(put(place, block(body="New."), spec=job_spec(place, newer))) == "committed"
    before = place.refs()
    assert str(put(place, block(body="Old."), spec=old)) == "skipped(superseded)"
    assert place.refs() == before


def test_commits_by_people_on_top_do_not_stop_a_result(place: Place) -> None:
    spec = job_spec(place)
    place.write({"b.py": "y = 1\n", "README.md": "# Calculator\n"})
    if not place.bare:
        place.git("reset", "--quiet", "--hard")
    assert str(put(place, spec=spec)) == "committed"
    assert place.file("README.md").startswith(b"# Calculator\n")
    assert place.file("b.py") == b"y = 1\n"


def test_a_commit_that_was_rewritten_away_is_not_documented(place: Place) -> None:
    spec = job_spec(place)
    tree = place.git("rev-parse", "main^{tree}")
    place.git("update-ref", "refs/heads/main", place.git("commit-tree", tree, "-m", "Rewritten"))
    assert str(put(place, spec=spec)) == "skipped(history_rewritten)"


def test_after_a_reset_older_documentation_may_be_published_again(place: Place) -> None:
    first = place.head()
    place.write({"a.py": "x = 2\n"})
    if not place.bare:
        place.git("reset", "--quiet", "--hard")
    put(place, block(body="New."))
    place.git("update-ref", "refs/heads/main", first)
    if not place.bare:
        place.git("reset", "--quiet", "--hard")
    assert str(put(place, block(body="Old."))) == "committed"


def test_deciding_writes_nothing(place: Place) -> None:
    spec = job_spec(place)
    before = place.refs(), place.git("count-objects")
    decision = decide(place.forge(), spec, seal(spec), Mode.COMMIT, MINIMUM)
    assert isinstance(decision, Publish)
    assert (decision.mode, decision.parent) == (Mode.COMMIT, spec.commit)
    assert (place.refs(), place.git("count-objects")) == before


def test_an_empty_bundle_changes_nothing(place: Place) -> None:
    spec, before = job_spec(place), place.refs()
    decision = decide(place.forge(), spec, seal(spec, blocks=()), Mode.COMMIT, MINIMUM)
    assert (str(decision), place.refs()) == ("unchanged", before)


def test_an_unknown_repository_is_skipped(place: Place) -> None:
    spec = job_spec(place).model_copy(update={"repository": "gone"})
    assert str(put(place, spec=spec)) == "skipped(not_found)"
