"""The check names what a credential lacks, whatever its kind, and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documenthor.errors import ForbiddenError
from documenthor.forge.github import GitHubConnection, Token
from documenthor.forge.github.access import Access
from documenthor.forge.github.checking import Report, check

from tests.documenthor.forge.github.support import ORGANISATION, Place, in_process

if TYPE_CHECKING:
    from pathlib import Path

    from documenthor.db import Database

    from tests.documenthor.support import Clock


def report(place: Place, token: str) -> Report:
    """What is said of a token."""
    connection = GitHubConnection(Token(token))
    return check(Access(connection, ORGANISATION, place.clock, in_process(place.fake)))


INSTALLED = [
    ({"contents": "write", "pull_requests": "write"}, ()),
    ({"contents": "read", "pull_requests": "write"}, ("contents: write",)),
    ({"contents": "write"}, ("pull_requests: write",)),
    ({}, ("contents: write", "pull_requests: write")),
]


@pytest.mark.parametrize(("permissions", "missing"), INSTALLED)
def test_an_app(
    tmp_path: Path, clock: Clock, database: Database, permissions: dict[str, str], missing: tuple[str, ...]
) -> None:
    place = Place.make(tmp_path / "github", clock, database, permissions)
    access = Access(GitHubConnection(place.app), ORGANISATION, place.clock, in_process(place.fake))
    assert check(access) == Report(missing)


def test_an_app_that_holds_too_much(tmp_path: Path, clock: Clock, database: Database) -> None:
    held = {"contents": "write", "pull_requests": "write", "administration": "write", "secrets": "read"}
    place = Place.make(tmp_path / "github", clock, database, held)
    access = Access(GitHubConnection(place.app), ORGANISATION, place.clock, in_process(place.fake))
    found = check(access)
    assert found.missing == ()
    assert "administration, secrets" in found.notes[0]


CLASSIC = [
    (("repo", "read:org"), ()),
    (("repo", "admin:org", "gist"), ()),
    (("repo",), ("read:org",)),
    (("public_repo", "read:org"), ("repo",)),
    ((), ("repo", "read:org")),
]


@pytest.mark.parametrize(("scopes", "missing"), CLASSIC)
def test_a_classic_token(place: Place, scopes: tuple[str, ...], missing: tuple[str, ...]) -> None:
    assert report(place, place.fake.classic_token("ada", scopes)).missing == missing


FINE_GRAINED = [
    ({"contents": "write", "pull_requests": "write"}, ()),
    ({"contents": "read", "pull_requests": "write"}, ("contents: write",)),
    ({"contents": "write", "pull_requests": "read"}, ("pull_requests: write",)),
    ({}, ("contents: read", "contents: write", "pull_requests: write")),
]


@pytest.mark.parametrize(("permissions", "missing"), FINE_GRAINED)
def test_a_fine_grained_token_is_tried_out(
    place: Place, permissions: dict[str, str], missing: tuple[str, ...]
) -> None:
    engine = place.fake.repository("octo/engine")
    engine.collaborators["ada"] = "write"
    before = engine.store.refs()
    token = place.fake.fine_grained_token("ada", ORGANISATION, permissions)
    assert report(place, token).missing == missing
    assert (engine.store.refs(), engine.pulls) == (before, {})


def test_a_fine_grained_token_that_sees_nothing_says_so(place: Place) -> None:
    token = place.fake.fine_grained_token("ada", ORGANISATION, {})
    assert "shows no repository" in report(place, token).notes[-1]


def test_a_token_that_is_not_known_is_refused(place: Place) -> None:
    with pytest.raises(ForbiddenError, match="does not accept the credential"):
        report(place, "ghp_made_up")
