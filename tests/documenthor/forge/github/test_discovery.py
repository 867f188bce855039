"""Discovery against the fake: what is found, what is skipped and why, and in how many calls."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from documenthor.errors import ForbiddenError, UnavailableError
from documenthor.forge.discovery import Documented, Repository, Unfit
from documenthor.forge.model import BRANCH, Change, Description, NewCommit

from tests.documenthor.forge.github.support import tenant
from tests.documenthor.support import NOW
from tests.fakes.github.faults import Fault
from tests.fakes.github.store import FILE

if TYPE_CHECKING:
    from tests.documenthor.forge.github.support import Place

RECIPE = "a" * 64
ADA = "Ada <ada@example.org>"


def outcomes(found: list[Repository | Unfit]) -> dict[str, str]:
    """The outcome of each that is not worked on, `work` for the others."""
    return {one.name: str(one.outcome) if isinstance(one, Unfit) else "work" for one in found}


def test_an_organisation_is_found_sorted_at_the_heads_of_its_default_branches(place: Place) -> None:
    place.fake.repository("octo/zebra")
    engine = place.fake.repository("octo/engine", default_branch="trunk")
    place.fake.repository("other/elsewhere")
    found = place.forge().discover(None)
    assert [one.name for one in found] == ["engine", "zebra"]
    first = found[0]
    assert isinstance(first, Repository)
    assert (first.branch, first.head) == ("trunk", engine.store.ref("refs/heads/trunk"))
    assert first.url == "https://github.com/octo/engine.git"
    assert first.documented is first.proposed is None


SKIPS: list[tuple[str, dict[str, Any]]] = [
    ("skipped(archived)", {"is_archived": True}),
    ("skipped(disabled)", {"is_disabled": True}),
    ("skipped(empty)", {"files": {}}),
    ("skipped(fork)", {"is_fork": True}),
    ("skipped(mirror)", {"is_mirror": True}),
    ("skipped(template)", {"is_template": True}),
    ("skipped(too_large)", {"size": 2048 * 1024 + 1}),
    ("work", {"size": 2048 * 1024}),
    ("skipped(opted_out)", {"files": {".documenthor.yml": b"enabled: false\n"}}),
    ("skipped(invalid_configuration)", {"files": {".documenthor.yml": b"languge: de\n"}}),
    ("skipped(invalid_configuration)", {"files": {".documenthor.yml": b"\x00\xff"}}),
    ("skipped(invalid_configuration)", {"files": {".documenthor.yml": b"#" * 65_537}}),
    ("work", {"files": {".documenthor.yml": b"language: de\n"}}),
    ("work", {"files": {".documenthor.yml/x": b"a folder"}}),
]


@pytest.mark.parametrize(("outcome", "facts"), SKIPS, ids=[f"{row[0]}-{row[1]!s:.40}" for row in SKIPS])
def test_what_is_not_worked_on_has_a_typed_reason(place: Place, outcome: str, facts: dict[str, Any]) -> None:
    place.fake.repository("octo/engine", **facts)
    assert outcomes(place.forge().discover(None)) == {"engine": outcome}
    assert outcomes(place.forge().discover(["engine"])) == {"engine": outcome}


FILTERS: list[tuple[str, dict[str, Any], str]] = [
    ("glob", {"include": ["ENG*"]}, "work"),
    ("other glob", {"include": ["web-*"]}, "skipped(not_included)"),
    ("left out", {"include": ["*"], "exclude": ["*gine"]}, "skipped(excluded)"),
    ("topic", {"topics": ["web", "db"]}, "work"),
    ("other topic", {"topics": ["web"]}, "skipped(other_topic)"),
    ("language", {"languages": ["python"]}, "work"),
    ("other language", {"languages": ["Go"]}, "skipped(other_language)"),
    ("visibility", {"visibility": ["private", "internal"]}, "work"),
    ("other visibility", {"visibility": ["public"]}, "skipped(other_visibility)"),
    ("small", {"smallest_kib": 50, "largest_kib": 50}, "work"),
    ("smaller", {"smallest_kib": 51}, "skipped(other_size)"),
    ("larger", {"largest_kib": 49}, "skipped(other_size)"),
    ("pushed", {"pushed_since": "P10D"}, "work"),
    ("not pushed", {"pushed_since": "P9D"}, "skipped(not_pushed)"),
    ("not pushed since", {"pushed_since": "2026-04-30"}, "skipped(not_pushed)"),
]


@pytest.mark.parametrize(
    ("filters", "outcome"), [row[1:] for row in FILTERS], ids=[row[0] for row in FILTERS]
)
def test_filters(place: Place, filters: dict[str, Any], outcome: str) -> None:
    pushed = NOW - timedelta(days=10)
    place.fake.repository("octo/engine", language="Python", topics=["db"], size=50, pushed_at=pushed)
    own = tenant(filters=filters)
    assert outcomes(place.forge(own=own).discover(None)) == {"engine": outcome}
    assert outcomes(place.forge(own=own).discover(["engine"])) == {"engine": outcome}


def test_names_are_answered_in_order_with_a_reason_for_what_is_not_there(place: Place) -> None:
    for name in ("b", "a"):
        place.fake.repository(f"octo/{name}")
    place.fake.repository("other/c")
    found = place.forge().discover(["b", "nope", "A", "c", "-rf", "../a", 'x"){id}'])
    assert outcomes(found) == {
        "b": "work",
        "nope": "skipped(not_found)",
        "A": "work",
        "c": "skipped(not_found)",
        "-rf": "skipped(not_found)",
        "../a": "skipped(not_found)",
        'x"){id}': "skipped(not_found)",
    }


@pytest.mark.parametrize(
    ("size", "calls"), [(99, 1), (100, 1), (101, 2), (200, 2), (201, 2), (300, 3), (450, 3)]
)
def test_a_large_organisation_is_listed_from_both_ends(place: Place, size: int, calls: int) -> None:
    names = [f"r{number:03}" for number in range(size)]
    for name in names:
        place.fake.repository(f"octo/{name}", visibility="public")
    forge = place.forge(place.token)
    assert [one.name for one in forge.discover(None)] == names
    assert place.calls() == ["viewer"] * calls


def test_named_repositories_take_a_call_for_each_hundred(place: Place) -> None:
    names = [f"r{number:03}" for number in reversed(range(201))]
    for name in names:
        place.fake.repository(f"octo/{name}", visibility="public")
    forge = place.forge(place.token)
    assert [one.name for one in forge.discover(names)] == names
    assert place.calls() == ["viewer"] * 3


def test_organisation_settings_hold_where_a_repository_says_nothing(place: Place) -> None:
    place.fake.repository("octo/.github", {".documenthor.yml": b"enabled: false\nlanguage: de\n"})
    place.fake.repository("octo/joins", {".documenthor.yml": b"enabled: true\n"})
    place.fake.repository("octo/silent", {".documenthor.yml": b"language: fr\n"})
    expected = {".github": "skipped(opted_out)", "joins": "work", "silent": "skipped(opted_out)"}
    found = place.forge().discover(None)
    assert outcomes(found) == expected
    assert outcomes(place.forge().discover(list(expected))) == expected
    joins = next(one for one in found if isinstance(one, Repository))
    assert joins.defaults.language == "de"
    assert joins.defaults.model_fields_set == {"enabled", "language"}


def test_a_tenant_can_lock_enabled(place: Place) -> None:
    place.fake.repository("octo/engine", {".documenthor.yml": b"enabled: false\n"})
    own = tenant().model_copy(
        update={"options": tenant().options.model_copy(update={"locked": ("enabled",)})}
    )
    assert outcomes(place.forge(own=own).discover(None)) == {"engine": "work"}


def test_organisation_settings_that_are_wrong_hold_for_nobody(place: Place) -> None:
    place.fake.repository("octo/.github", {".documenthor.yml": b"languge: de\n"})
    place.fake.repository("octo/engine")
    expected = {".github": "skipped(invalid_configuration)", "engine": "work"}
    assert outcomes(place.forge().discover(None)) == expected


def message(commit: str) -> str:
    """A commit message of ours."""
    return (
        f"Update the documentation\n\nDocumenthor-Commit: {commit}\n"
        f"Documenthor-Recipe: {RECIPE}\nDocumenthor-Job: j\n"
    )


def publish(place: Place, name: str, path: str = "README.md") -> tuple[str, str]:
    """Commit to the default branch as the publisher does: the documented commit, and ours."""
    forge = place.forge()
    head = forge.head(name)
    change = Change(path, b"# Ours\n", is_new=False)
    return head, forge.commit(name, NewCommit(head, (change,), message(head)))


def only(place: Place) -> Repository:
    """The one repository that there is."""
    (found,) = place.forge().discover(None)
    assert isinstance(found, Repository)
    return found


def test_our_commit_at_the_head_documents_the_commit_below_it(place: Place) -> None:
    place.fake.repository("octo/engine")
    source, ours = publish(place, "engine")
    assert only(place).documented == Documented(source, RECIPE, "j", ours)
    assert only(place).is_documented(RECIPE)


def test_source_above_our_commit_is_not_documented(place: Place) -> None:
    engine = place.fake.repository("octo/engine")
    publish(place, "engine")
    place.fake.commit(engine, {"a.py": b"1\n"})
    assert only(place).documented is None


def test_a_forged_commit_documents_nothing(place: Place) -> None:
    engine = place.fake.repository("octo/engine")
    _, ours = publish(place, "engine")
    bot = place.fake.accounts["documenthor[bot]"].signature
    for author in ("Eve <eve@example.org>", bot):
        place.fake.commit(engine, {"a.py": author.encode()}, message=message(ours), author=author)
        assert only(place).documented is None


@pytest.mark.parametrize("method", ["merge", "squash", "rebase"])
def test_a_merged_pull_request_documents_what_it_was_made_for(place: Place, method: str) -> None:
    engine = place.fake.repository("octo/engine")
    head = propose(place)
    assert only(place).proposed == Documented(head, RECIPE, "j", engine.store.ref(f"refs/heads/{BRANCH}"))
    place.fake.merge(engine, 1, method)
    documented = only(place).documented
    if method == "rebase":
        # GitHub signs no commit that it rebases.
        assert documented is None
    else:
        assert documented is not None
        assert documented.commit == head


@pytest.mark.parametrize("method", ["merge", "squash"])
def test_a_pull_request_merged_over_newer_source_documents_nothing(place: Place, method: str) -> None:
    engine = place.fake.repository("octo/engine")
    propose(place)
    place.fake.commit(engine, {"a.py": b"1\n"})
    assert only(place).proposed is None
    place.fake.merge(engine, 1, method)
    assert only(place).documented is None


def test_a_pull_request_for_older_source_than_it_stands_on_documents_nothing(place: Place) -> None:
    engine = place.fake.repository("octo/engine")
    older = engine.store.ref("refs/heads/main")
    place.fake.commit(engine, {"a.py": b"1\n"})
    propose(place, older)
    place.fake.merge(engine, 1, "merge")
    assert only(place).documented is None


def test_a_merge_that_changes_more_than_ours_did_documents_nothing(place: Place) -> None:
    engine = place.fake.repository("octo/engine")
    head, store = propose(place), engine.store
    tip = store.ref(f"refs/heads/{BRANCH}")
    for extra, documented in (({}, head), ({"evil.py": (FILE, store.add_blob(b"1\n"))}, None)):
        tree = store.change_tree(store.tree_of(tip), extra)
        store.set_ref("refs/heads/main", store.add_commit(tree, [head, tip], "Merge", ADA, NOW))
        found = only(place).documented
        assert (found.commit if found else None) == documented


def propose(place: Place, source: str = "") -> str:
    """Open a pull request as the publisher does for `source` (the head), and return its head."""
    forge = place.forge()
    head = forge.head("engine")
    change = Change("docs/a.md", b"# Ours\n", is_new=True)
    forge.push("engine", NewCommit(head, (change,), message(source or head)), "")
    place.fake.calls.clear()
    tip = forge.proposal("engine").tip
    forge.describe(
        "engine", Description("Title", "Body", "0", tip, Documented(source or head, RECIPE, "j", tip))
    )
    return head


def test_a_query_that_fails_is_asked_again_for_half_as_many(place: Place) -> None:
    for number in range(120):
        place.fake.repository(f"octo/r{number:03}", visibility="public")
    place.fake.faults.script(Fault.ERROR_BEFORE, "viewer", times=2)
    assert len(place.forge(place.token).discover(None)) == 120
    # 100 and 50 fail; 25, 50, and the 45 that are left.
    assert place.calls() == ["viewer"] * 5
    place.fake.faults.script(Fault.TIMEOUT_BEFORE, "viewer", times=1)
    assert len(place.forge(place.token).discover([f"r{number:03}" for number in range(120)])) == 120


def test_both_ends_that_are_too_much_are_asked_for_one_by_one(place: Place) -> None:
    names = [f"r{number:03}" for number in range(301)]
    for name in names:
        place.fake.repository(f"octo/{name}", visibility="public")
    place.fake.faults.script(Fault.ERROR_BEFORE, "viewer", skip=1)
    assert [one.name for one in place.forge(place.token).discover(None)] == names
    # 100; 200 fail; 100 of them; the 101 that are left from both ends.
    assert place.calls() == ["viewer"] * 4


def test_a_repository_that_moves_while_they_are_listed_hides_no_other(place: Place) -> None:
    names = [f"r{number:03}" for number in range(450)]
    for name in names:
        place.fake.repository(f"octo/{name}", visibility="public")
    queries = count()

    def rename_behind_the_second(_: object) -> bool:
        if next(queries) == 2:
            place.fake.repository("octo/r005").name = "r999"
        return False

    place.fake.faults.script(Fault.ERROR_BEFORE, matches=rename_behind_the_second)
    found = [one.name for one in place.forge(place.token).discover(None)]
    assert {*found} >= {*names}


def test_a_forge_that_is_down_is_said_to_be(place: Place) -> None:
    place.fake.faults.script(Fault.ERROR_BEFORE, "viewer", times=100)
    with pytest.raises(UnavailableError):
        place.forge(place.token).discover(None)
    assert len(place.calls()) == 8


def test_an_organisation_that_is_not_shown_is_named(place: Place) -> None:
    own = tenant(organisation="nobody")
    with pytest.raises(ForbiddenError, match="'nobody'"):
        place.forge(place.token, own).discover(None)
