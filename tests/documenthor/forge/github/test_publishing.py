"""Publishing to GitHub: one commit or one pull request, found again, and never over a person's work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor.errors import CredentialRefusedError
from documenthor.forge.model import Topic
from documenthor.tenants import Mode, Publishing, Reviewers

from tests.documenthor.forge.github.hub import OURS, Hub, hub
from tests.documenthor.publish.support import block
from tests.fakes.github import Fault, Protection

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def calc(tmp_path: Path) -> Hub:
    """A repository that was never documented."""
    return hub(tmp_path)


def test_a_commit_is_signed_by_github_and_says_what_it_is(calc: Hub) -> None:
    spec = calc.spec()
    outcome = calc.publish(block(), block("docs/api.md", "The API."), mode=Mode.COMMIT, spec=spec)
    assert (str(outcome), outcome.commit) == ("committed", calc.head())
    made = calc.repository.store.commit(calc.head())
    assert made.parents == [spec.commit.encode()]
    assert made.gpgsig
    assert (
        made.message.decode()
        .rstrip()
        .endswith(
            f"Documenthor-Commit: {spec.commit}\nDocumenthor-Recipe: {spec.recipe()}\nDocumenthor-Job: job-1"
        )
    )
    assert calc.file("README.md").startswith(b"# Calc\n")
    assert b"The API." in calc.file("docs/api.md")


@pytest.mark.parametrize(
    ("mode", "wanted"), [(Mode.COMMIT, "committed"), (Mode.PULL_REQUEST, "pull_request")]
)
def test_a_credential_that_is_refused_twice_says_nothing_of_the_branch(
    calc: Hub, mode: Mode, wanted: str
) -> None:
    """One refusal is met by a new token; the second is an error, after which the task is tried again."""
    calc.fake.faults.script(Fault.TOKEN_EXPIRED, "createCommitOnBranch", times=2)
    with pytest.raises(CredentialRefusedError):
        calc.publish(block(), mode=mode, spec=(spec := calc.spec()))
    assert str(calc.publish(block(), mode=mode, spec=spec)) == wanted


def test_a_pull_request_is_one_commit_on_a_branch_of_its_own(calc: Hub) -> None:
    base = calc.head()
    outcome = calc.publish(block(), block("docs/api.md", "The API."))
    (pull,) = calc.pulls
    assert (str(outcome), outcome.reference) == ("pull_request", "https://github.com/acme/calc/pull/1")
    assert (pull.head, pull.base, pull.head_oid) == ("documenthor/docs", "main", outcome.commit)
    assert (calc.head(), calc.ahead()) == (base, [outcome.commit])
    assert (pull.author.login, pull.labels, pull.is_draft) == (calc.bot, ["documentation"], False)
    assert calc.marker().documented.commit == base
    for part in (base, "`docs/api.md`", "Added:", "Updated:", "Score: 100 of 100", "secrets"):
        assert part in pull.body


@pytest.mark.parametrize("mode", list(Mode))
def test_three_more_nights_write_nothing(calc: Hub, mode: Mode) -> None:
    calc.publish(mode=mode)
    writes = calc.writes()
    for night in range(3):
        assert str(calc.publish(mode=mode, spec=calc.spec(job=f"night-{night}"))) == "unchanged"
    assert calc.writes() == writes


def test_new_source_updates_the_pull_request_in_place(calc: Hub) -> None:
    first = calc.publish(block(), block("docs/old.md", "Old.")).commit
    head = calc.change({"a.py": b"x = 2\n"})
    outcome = calc.publish(block(body="New facts."))
    (pull,) = calc.pulls
    assert (str(outcome), pull.head_oid) == ("pull_request", calc.head(OURS))
    assert calc.repository.store.is_ancestor(first, outcome.commit)
    assert calc.repository.store.is_ancestor(head, outcome.commit)
    assert b"New facts." in calc.file("README.md", OURS)
    assert calc.file("a.py", OURS) == b"x = 2\n"
    assert calc.file("docs/old.md", OURS) == b""
    assert calc.marker().documented.commit == head


def test_the_same_pages_for_new_source_only_change_what_the_pull_request_says(calc: Hub) -> None:
    first = calc.publish().commit
    head = calc.change({"a.py": b"x = 2\n"})
    assert str(calc.publish(spec=calc.spec(job="job-2"))) == "pull_request"
    assert calc.repository.store.is_ancestor(first, calc.head(OURS))
    assert calc.marker().documented.commit == head
    writes = calc.writes()
    assert str(calc.publish(spec=calc.spec(job="job-3"))) == "unchanged"
    assert calc.writes() == writes


def test_planning_knows_what_is_proposed_and_what_was_merged(calc: Hub) -> None:
    recipe = calc.spec().recipe()
    calc.publish()
    assert calc.found().is_documented(recipe)
    calc.change({"a.py": b"x = 2\n"})
    assert not calc.found().is_documented(recipe)
    calc.publish(spec=calc.spec(job="job-2"))
    assert calc.found().is_documented(recipe)
    calc.fake.merge(calc.repository, 1)
    assert calc.found().is_documented(recipe)


def test_a_conflict_closes_the_pull_request_and_starts_anew(calc: Hub) -> None:
    calc.publish()
    head = calc.change({"README.md": b"# Calculator\n\nRewritten.\n"})
    outcome = calc.publish(block(body="New facts."))
    old, new = calc.pulls
    assert (old.state, new.state) == ("closed", "open")
    assert calc.marker(1).withdrawn is Topic.CONFLICT
    assert [comment.author.login for comment in old.comments] == [calc.bot]
    assert calc.ahead() == [outcome.commit]
    assert calc.repository.store.is_ancestor(head, outcome.commit)
    assert calc.file("README.md", OURS).startswith(b"# Calculator\n\nRewritten.\n")


@pytest.mark.parametrize("again", [1, 3])
def test_a_persons_commit_on_our_branch_stays_and_gets_one_comment(calc: Hub, again: int) -> None:
    calc.publish()
    pushed = calc.change({"README.md": b"# Mine\n"}, branch="documenthor/docs")
    calc.change({"a.py": b"x = 2\n"})
    for _ in range(again):
        outcome = calc.publish(block(body="New."))
        assert str(outcome) == "skipped(edited_by_human)"
        assert outcome.reference.endswith("/pull/1")
    assert calc.head(OURS) == pushed
    assert [comment.author.login for comment in calc.pulls[0].comments] == [calc.bot]


def test_a_persons_commit_below_ours_is_seen_too(calc: Hub) -> None:
    calc.publish()
    calc.change({"README.md": b"# Mine\n"}, branch="documenthor/docs")
    forged = calc.repository.store
    message = "Documenthor-Commit: " + "1" * 40
    calc.fake.commit(
        calc.repository,
        {"docs/x.md": b"x"},
        branch="documenthor/docs",
        message=message,
        author=calc.app.bot.signature,
    )
    before = calc.head(OURS)
    assert str(calc.publish(block(body="New."))) == "skipped(edited_by_human)"
    assert calc.head(OURS) == before
    assert forged


def test_a_branch_of_a_person_with_our_branchs_name_stays(calc: Hub) -> None:
    pushed = calc.change({"README.md": b"# Mine\n"}, branch="documenthor/docs")
    assert str(calc.publish()) == "skipped(edited_by_human)"
    assert (calc.head(OURS), calc.pulls) == (pushed, [])


def test_forged_trailers_stop_nothing(calc: Hub) -> None:
    spec = calc.spec()
    calc.change({"a.py": b"x = 2\n"})
    trailers = f"Documenthor-Commit: {calc.head()}\nDocumenthor-Recipe: {spec.recipe()}\nDocumenthor-Job: j"
    calc.fake.commit(
        calc.repository, {"docs/x.md": b"x\n"}, message=f"Forged\n\n{trailers}", author=calc.app.bot.signature
    )
    assert str(calc.publish(spec=spec)) == "pull_request"


@pytest.mark.parametrize("method", ["merge", "squash", "rebase"])
def test_after_a_merge_of_any_kind_the_next_one_is_new(calc: Hub, method: str) -> None:
    calc.publish()
    documented = calc.marker().documented.commit
    calc.fake.merge(calc.repository, 1, method)
    assert str(calc.publish(spec=calc.spec(job="job-2"))) == "unchanged"
    assert calc.forge().documented("calc", calc.head()) is not None
    head = calc.change({"a.py": b"x = 2\n"})
    outcome = calc.publish(block(body="New."))
    assert [pull.state for pull in calc.pulls] == ["closed", "open"]
    assert calc.ahead() == [outcome.commit]
    assert str(calc.publish(spec=calc.spec(documented))) == "skipped(superseded)"
    assert calc.repository.store.is_ancestor(head, outcome.commit)


def test_closed_means_closed_until_the_documentation_differs(calc: Hub) -> None:
    calc.publish()
    calc.fake.close(calc.repository, 1)
    calc.change({"a.py": b"x = 2\n"})
    writes = calc.writes()
    outcome = calc.publish(spec=calc.spec(job="job-2"))
    assert (str(outcome), outcome.reference[-6:]) == ("skipped(closed_by_human)", "pull/1"[-6:])
    assert calc.writes() == writes
    assert str(calc.publish(block(body="New facts."))) == "pull_request"
    calc.fake.close(calc.repository, 2)
    assert str(calc.publish()) == "skipped(closed_by_human)"
    assert [pull.state for pull in calc.pulls] == ["closed", "closed"]


def test_a_declined_one_whose_marker_is_gone_declines_everything(calc: Hub) -> None:
    calc.publish()
    calc.fake.close(calc.repository, 1)
    calc.pulls[0].body = "Edited by somebody."
    assert str(calc.publish(block(body="New facts."))) == "skipped(closed_by_human)"


def test_nothing_left_to_change_closes_with_a_comment_and_deletes_the_branch(calc: Hub) -> None:
    calc.publish()
    calc.change({"README.md": calc.file("README.md", OURS)})
    outcome = calc.publish(spec=calc.spec(job="job-2"))
    (pull,) = calc.pulls
    assert (str(outcome), pull.state, calc.head(OURS)) == ("unchanged", "closed", "")
    assert calc.marker().withdrawn is Topic.NOTHING_LEFT
    assert len(pull.comments) == 1
    calc.change({"README.md": b"# Calc\n"})
    assert str(calc.publish()) == "pull_request"


def test_an_older_result_does_not_undo_a_newer_one(calc: Hub) -> None:
    old = calc.spec()
    calc.change({"a.py": b"x = 2\n"})
    calc.publish(block(body="New."))
    writes = calc.writes()
    assert str(calc.publish(block(body="Old."), spec=old)) == "skipped(superseded)"
    assert calc.writes() == writes


@pytest.mark.parametrize("is_ruleset", [True, False])
def test_a_protected_branch_gets_a_pull_request_with_a_note(calc: Hub, is_ruleset: bool) -> None:
    calc.repository.protections["main"] = Protection(is_ruleset=is_ruleset)
    outcome = calc.publish(mode=Mode.COMMIT)
    (pull,) = calc.pulls
    assert str(outcome) == "pull_request"
    assert "does not take our commits" in pull.body
    writes = calc.writes()
    assert str(calc.publish(mode=Mode.COMMIT, spec=calc.spec(job="job-2"))) == "unchanged"
    assert calc.writes() <= writes + 1


def test_rules_on_our_own_branch_are_no_conflict(calc: Hub) -> None:
    calc.publish()
    rule = Protection(requires_pull_request=False, required_checks=("ci",), is_ruleset=False)
    calc.repository.protections["documenthor/docs"] = rule
    calc.change({"a.py": b"x = 2\n"})
    assert str(calc.publish(block(body="New."))) == "skipped(protected)"
    assert [(pull.state, len(pull.comments)) for pull in calc.pulls] == [("open", 0)]


def test_code_owners_are_asked_and_who_cannot_review_is_left_out(tmp_path: Path) -> None:
    owners = b"* @ada @nobody @acme/docs @acme/gone\n/src/ @bob\n"
    calc = hub(tmp_path, files={"a.py": b"x\n", ".github/CODEOWNERS": owners})
    calc.repository.teams.append("docs")
    calc.publish()
    assert (calc.pulls[0].reviewers, calc.pulls[0].teams) == (["ada"], ["docs"])
    calc.pulls[0].reviewers.clear()
    calc.change({"a.py": b"y\n"})
    calc.publish(block(body="New."))
    assert calc.pulls[0].reviewers == []


def test_labels_reviewers_and_draft_are_the_tenants_choice(tmp_path: Path) -> None:
    options = Publishing(labels=("docs", "bot"), reviewers=Reviewers.NOBODY, draft=True)
    calc = hub(tmp_path, options, {"a.py": b"x\n", "CODEOWNERS": b"* @ada\n"})
    calc.publish()
    (pull,) = calc.pulls
    assert (pull.labels, pull.reviewers, pull.is_draft) == (["docs", "bot"], [], True)


def test_a_label_that_a_person_took_away_stays_away(calc: Hub) -> None:
    calc.publish()
    calc.pulls[0].labels.clear()
    assert str(calc.publish(spec=calc.spec(job="job-2"))) == "unchanged"
    calc.change({"a.py": b"y\n"})
    calc.publish(block(body="New."))
    assert calc.pulls[0].labels == []


def test_a_retargeted_pull_request_stays_the_only_one(calc: Hub) -> None:
    calc.publish()
    calc.fake.commit(calc.repository, {"b.py": b"b\n"}, branch="next")
    calc.pulls[0].base = "next"
    calc.change({"a.py": b"y\n"})
    assert str(calc.publish(block(body="New."))) == "pull_request"
    assert len(calc.pulls) == 1


def test_a_personal_access_token_publishes_as_its_owner(calc: Hub) -> None:
    calc.repository.collaborators["docbot"] = "write"
    calc.personal = calc.fake.classic_token("docbot")
    assert str(calc.publish()) == "pull_request"
    calc.change({"a.py": b"x = 2\n"})
    assert str(calc.publish(block(body="New."))) == "pull_request"
    (pull,) = calc.pulls
    assert (pull.author.login, pull.state) == ("docbot", "open")
    calc.fake.merge(calc.repository, 1, "squash")
    assert str(calc.publish(block(body="New."), spec=calc.spec(job="job-2"))) == "unchanged"


def test_a_reopened_pull_request_is_brought_up_to_date_again(calc: Hub) -> None:
    calc.publish()
    calc.fake.close(calc.repository, 1)
    assert str(calc.publish(spec=calc.spec(job="job-2"))) == "skipped(closed_by_human)"
    calc.pulls[0].state = "open"
    calc.change({"a.py": b"x = 2\n"})
    assert str(calc.publish(block(body="New."))) == "pull_request"
    assert [pull.state for pull in calc.pulls] == ["open"]


def test_a_pull_request_that_somebody_else_opened_from_our_branch_is_theirs(calc: Hub) -> None:
    calc.publish()
    calc.pulls[0].author = calc.fake.user("ada")
    before = calc.head(OURS)
    calc.change({"a.py": b"x = 2\n"})
    for _ in range(2):
        assert str(calc.publish(block(body="New."))) == "skipped(edited_by_human)"
    assert (calc.head(OURS), len(calc.pulls), len(calc.pulls[0].comments)) == (before, 1, 1)


@pytest.mark.parametrize("target", ["README.md", "docs/x.md"])
@pytest.mark.parametrize("mode", [0o100755, 0o120000])
def test_executables_and_links_are_left_alone(calc: Hub, target: str, mode: int) -> None:
    store = calc.repository.store
    tree = store.change_tree(store.tree_of(calc.head()), {target: (mode, store.add_blob(b"a.py"))})
    oid = store.add_commit(tree, [calc.head()], "Odd", "Ada <ada@example.org>", calc.clock())
    calc.fake.move(calc.repository, "refs/heads/main", oid)
    writes = calc.writes()
    assert str(calc.publish(block(target))) == "rejected(paths)"
    assert calc.writes() == writes


def test_a_tree_bomb_is_not_walked(calc: Hub) -> None:
    """Forty folders deep, each name twice: 10^12 paths in some kilobytes."""
    store = calc.repository.store
    blob = (0o100644, store.add_blob(b"x"))
    tree = store.change_tree("", {"x": blob})
    for _ in range(40):
        tree = store.change_tree("", {"a": (0o040000, tree), "b": (0o040000, tree)})
    whole = store.change_tree(store.tree_of(calc.head()), {"docs": (0o040000, tree), "x": (0o040000, tree)})
    oid = store.add_commit(whole, [calc.head()], "Bomb", "Ada <ada@example.org>", calc.clock())
    calc.fake.move(calc.repository, "refs/heads/main", oid)
    assert str(calc.publish(block("docs/a/x.md"), mode=Mode.COMMIT)) == "committed"
    assert sum(call.name == "get_tree" for call in calc.fake.calls) == 3
