"""One pull request at a time, found again, updated in place, and never over a person's work."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from documenthor.forge import LocalForge, PullRequest
from documenthor.tenants import Mode

from tests.documenthor.forge.support import pull_requests
from tests.documenthor.publish.support import block, job_spec, put

if TYPE_CHECKING:
    from docgen.contract import Block
    from documenthor.outcomes import Outcome

    from tests.documenthor.forge.support import Place

BRANCH = "refs/heads/documenthor/docs"


def propose(place: Place, *blocks: Block, job: str = "job-1") -> Outcome:
    """Publish for the head, as a pull request."""
    return put(place, *blocks, mode=Mode.PULL_REQUEST, spec=job_spec(place, job=job))


def requests(place: Place) -> list[PullRequest]:
    return pull_requests(place.root)


def states(place: Place) -> list[tuple[int, str]]:
    return [(one.number, one.state.value) for one in requests(place)]


def set_state(place: Place, number: int, state: str) -> None:
    """What a person does with an editor."""
    path = place.root / ".pull-requests" / place.name / f"{number}.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "state": state}))


def test_a_pull_request_is_one_commit_on_the_base(place: Place) -> None:
    base = place.head()
    outcome = propose(place, block(), block("docs/api.md", "API"))
    (record,) = requests(place)
    assert (str(outcome), outcome.commit) == ("pull_request", place.head(BRANCH))
    assert outcome.reference == str(place.root / ".pull-requests" / "calc" / "1.json")
    assert (record.commit, record.state) == (outcome.commit, "open")
    assert place.git("rev-list", f"{base}..{BRANCH}") == outcome.commit
    assert place.head() == base
    assert len(record.title) <= 255
    for part in (base, "`docs/api.md`", "Added:", "Updated:", "Merge this", "secrets"):
        assert part in record.body


def test_a_second_run_writes_nothing(place: Place) -> None:
    propose(place)
    before, record = place.refs(), requests(place)
    again = propose(place, job="job-2")
    assert (str(again), again.reference) == ("unchanged", str(place.root / ".pull-requests/calc/1.json"))
    assert (place.refs(), requests(place)) == (before, record)


def test_a_retry_of_the_same_job_reports_its_pull_request(place: Place) -> None:
    first, before = propose(place), place.refs()
    again = propose(place)
    assert (again.kind, again.commit, again.pages) == (first.kind, first.commit, first.pages)
    assert place.refs() == before


def test_new_source_updates_the_pull_request_in_place(place: Place) -> None:
    propose(place)
    created = requests(place)[0].created_at
    head = place.write({"a.py": "x = 2\n"})
    assert str(propose(place, block(body="New facts."))) == "pull_request"
    (record,) = requests(place)
    assert (record.number, record.commit, record.created_at) == (1, place.head(BRANCH), created)
    assert place.git("rev-parse", f"{BRANCH}^") == head
    assert b"New facts." in place.file("README.md", BRANCH)


def test_the_same_facts_in_other_words_leave_the_pull_request(place: Place) -> None:
    propose(place)
    before = place.refs()
    reworded = block(body="Other words.").model_copy(update={"rests_on": block().rests_on})
    assert str(propose(place, reworded, job="job-2")) == "unchanged"
    assert place.refs() == before


@pytest.mark.parametrize("amend", [False, True])
def test_a_persons_commit_on_our_branch_stays(place: Place, amend: bool) -> None:
    ours = propose(place).commit
    if amend:
        message = place.git("log", "-1", "--format=%B", BRANCH)
        env = {"NAME": "Documenthor", "EMAIL": "documenthor@users.noreply.github.com"}
        place.git("update-ref", BRANCH, place.head())
        place.write({"README.md": "# Mine\n", "a.py": "mine\n"}, ref=BRANCH, message=message, who=env)
    else:
        place.write({"README.md": "# Mine\n"}, ref=BRANCH)
    place.write({"a.py": "x = 2\n"})
    before = place.refs()
    outcome = propose(place, block(body="New."))
    assert str(outcome) == "skipped(edited_by_human)"
    assert outcome.reference.endswith("1.json")
    assert place.refs() == before
    assert ours not in before


def test_a_branch_of_a_person_with_our_branchs_name_stays(place: Place) -> None:
    place.write({"README.md": "# Mine\n"}, ref=BRANCH)
    before = place.refs()
    assert str(propose(place)) == "skipped(edited_by_human)"
    assert (place.refs(), requests(place)) == (before, [])


def test_after_a_merge_the_next_one_gets_a_number_of_its_own(place: Place) -> None:
    propose(place)
    place.git("update-ref", "refs/heads/main", BRANCH)
    assert str(propose(place, job="job-2")) == "unchanged"
    place.write({"a.py": "x = 2\n"})
    assert str(propose(place, block(body="New."))) == "pull_request"
    assert states(place) == [(1, "merged"), (2, "open")]


def test_after_a_squash_the_next_one_gets_a_number_of_its_own(place: Place) -> None:
    propose(place)
    place.write({"README.md": place.file("README.md", BRANCH)}, message="Squash")
    place.write({"a.py": "x = 2\n"})
    assert str(propose(place, block(body="New."))) == "pull_request"
    assert states(place) == [(1, "merged"), (2, "open")]


def test_closed_means_closed_until_the_documentation_differs(place: Place) -> None:
    propose(place)
    set_state(place, 1, "closed")
    place.write({"a.py": "x = 2\n"})
    before = place.refs()
    assert str(propose(place, job="job-2")) == "skipped(closed_by_human)"
    assert (place.refs(), states(place)) == (before, [(1, "closed")])
    assert str(propose(place, block(body="New facts."), job="job-3")) == "pull_request"
    assert states(place) == [(1, "closed"), (2, "open")]


def test_a_deleted_branch_is_made_again(place: Place) -> None:
    propose(place)
    place.git("update-ref", "-d", BRANCH)
    assert str(propose(place, job="job-2")) == "pull_request"
    assert states(place) == [(1, "open")]


def test_a_branch_without_a_record_gets_one(place: Place) -> None:
    commit = propose(place).commit
    shutil.rmtree(place.root / ".pull-requests")
    outcome = propose(place, job="job-2")
    assert (str(outcome), outcome.commit) == ("pull_request", commit)
    assert place.head(BRANCH) == commit
    assert states(place) == [(1, "open")]


def test_a_record_of_an_older_push_is_brought_up_to_date(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    propose(place)
    place.write({"a.py": "x = 2\n"})
    with monkeypatch.context() as killed:
        killed.setattr(LocalForge, "describe", lambda *_: "")
        propose(place, block(body="New."))
    assert requests(place)[0].commit != place.head(BRANCH)
    before = place.refs()
    propose(place, block(body="New."), job="job-2")
    assert requests(place)[0].commit == place.head(BRANCH)
    assert place.refs() == before


def test_an_older_result_does_not_undo_a_newer_pull_request(place: Place) -> None:
    old = job_spec(place)
    place.write({"a.py": "x = 2\n"})
    propose(place, block(body="New."))
    before = place.refs()
    assert str(put(place, block(body="Old."), mode=Mode.PULL_REQUEST, spec=old)) == "skipped(superseded)"
    assert place.refs() == before


def test_after_a_reset_older_documentation_may_be_proposed_again(place: Place) -> None:
    first = place.head()
    place.write({"a.py": "x = 2\n"})
    propose(place, block(body="New."))
    place.git("update-ref", "refs/heads/main", first)
    assert str(propose(place, block(body="Old."))) == "pull_request"
    assert place.git("rev-parse", f"{BRANCH}^") == first


def test_a_long_list_of_pages_stays_within_bounds(place: Place) -> None:
    blocks = [block(f"docs/{'d' * 80}/{'p' * 80}{number}.md", f"Page {number}.") for number in range(400)]
    assert str(propose(place, *blocks)) == "pull_request"
    (record,) = requests(place)
    assert len(record.body.encode()) < 64 * 1024
    assert "and 300 more" in record.body
