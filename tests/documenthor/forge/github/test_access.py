"""Credentials: least permissions for each purpose, renewed in time, revoked after use, shown to nobody."""

from __future__ import annotations

import contextlib
import logging
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from documenthor.errors import ConfigurationError, ForbiddenError, UnknownRepositoryError
from documenthor.forge.github import App, GitHubConnection, Token
from documenthor.forge.github.access import PERMISSIONS, Access
from documenthor.forge.github.api import Purpose

from tests.documenthor.forge.github.support import ORGANISATION, Place, in_process
from tests.fakes.github.faults import Fault

if TYPE_CHECKING:
    from pathlib import Path

    from documenthor.db import Database

    from tests.documenthor.support import Clock
    from tests.fakes.github.auth import Token as Issued


def access(place: Place, credential: App | Token | None = None) -> Access:
    """Access to the fake's organisation."""
    connection = GitHubConnection(credential or place.app)
    return Access(connection, ORGANISATION, place.clock, in_process(place.fake))


def issued(place: Place) -> list[Issued]:
    """The installation tokens that the fake knows."""
    return [token for token in place.fake.vault.tokens.values() if token.kind == "installation"]


@pytest.mark.parametrize("purpose", list(Purpose))
def test_each_purpose_gets_what_it_needs_and_no_more(place: Place, purpose: Purpose) -> None:
    engine = place.fake.repository("octo/engine")
    place.fake.repository("octo/other")
    name = "" if purpose is Purpose.DISCOVER else "engine"
    access(place).api(purpose, name).rest("GET", "/repos/octo/engine")
    (token,) = issued(place)
    assert token.permissions == dict(PERMISSIONS[purpose])
    assert token.repositories == (None if purpose is Purpose.DISCOVER else {engine.id})


def test_a_token_for_one_repository_does_not_reach_another(place: Place) -> None:
    place.fake.repository("octo/engine")
    place.fake.repository("octo/other")
    api = access(place).api(Purpose.PUBLISH, "engine")
    api.rest("GET", "/repos/octo/engine")
    with pytest.raises(UnknownRepositoryError):
        api.rest("GET", "/repos/octo/other")
    reading = access(place).api(Purpose.CLONE, "engine")
    with pytest.raises(ForbiddenError):
        reading.rest("POST", "/repos/octo/engine/git/refs", {"ref": "refs/heads/x", "sha": "0" * 40})


def test_a_token_is_used_again_and_renewed_before_it_expires(place: Place) -> None:
    place.fake.repository("octo/engine")
    api = access(place).api(Purpose.PUBLISH, "engine")
    for minutes in (0, 30, 24, 2):
        place.clock.advance(timedelta(minutes=minutes))
        api.rest("GET", "/repos/octo/engine")
    assert len(issued(place)) == 2


def test_a_token_that_expired_in_mid_run_is_renewed_once(place: Place) -> None:
    place.fake.repository("octo/engine")
    api = access(place).api(Purpose.PUBLISH, "engine")
    api.rest("GET", "/repos/octo/engine")
    for token in issued(place):
        token.expires_at = place.clock.now
    api.rest("GET", "/repos/octo/engine")
    place.fake.faults.script(
        Fault.TOKEN_EXPIRED, times=9, matches=lambda called: called.path.startswith("/repos")
    )
    with pytest.raises(ForbiddenError, match="does not accept the credential"):
        api.rest("GET", "/repos/octo/engine")
    assert len(issued(place)) == 3


def test_what_was_issued_is_revoked(place: Place) -> None:
    place.fake.repository("octo/engine")
    mine = access(place)
    for purpose in (Purpose.CLONE, Purpose.PUBLISH):
        mine.api(purpose, "engine").rest("GET", "/repos/octo/engine")
    mine.drop(Purpose.CLONE, "engine")
    assert [token.permissions["contents"] for token in issued(place)] == ["write"]
    mine.close()
    assert issued(place) == []


def test_a_clone_token_is_revoked_even_when_the_clone_fails(place: Place) -> None:
    place.fake.repository("octo/engine")
    with contextlib.suppress(RuntimeError), place.forge().clone_token("engine") as token:
        assert token in place.fake.vault.tokens
        raise RuntimeError("the clone failed")
    assert issued(place) == []


def test_a_token_that_cannot_be_revoked_spoils_nothing(place: Place) -> None:
    place.fake.repository("octo/engine")
    with place.forge() as forge, forge.clone_token("engine"):
        place.fake.faults.script(Fault.ERROR_BEFORE, matches=lambda called: called.method == "DELETE")
    assert len(issued(place)) == 1


def test_the_installation_is_found_by_organisation(place: Place) -> None:
    place.fake.repository("octo/engine")
    unnamed = replace(place.app, installation=None)
    access(place, unnamed).api(Purpose.DISCOVER).rest("GET", "/repos/octo/engine")
    elsewhere = Access(GitHubConnection(unnamed), "nobody", place.clock, in_process(place.fake))
    with pytest.raises(ForbiddenError, match="not installed on nobody"):
        elsewhere.api(Purpose.DISCOVER).rest("GET", "/repos/octo/engine")


def test_a_missing_permission_is_named(tmp_path: Path, clock: Clock, database: Database) -> None:
    place = Place.make(tmp_path / "weak", clock, database, permissions={"contents": "read"})
    place.fake.repository("octo/engine")
    with pytest.raises(ForbiddenError, match="contents: write, pull_requests: write") as caught:
        access(place).api(Purpose.PUBLISH, "engine").rest("GET", "/repos/octo/engine")
    assert caught.value.permission == "contents: write, pull_requests: write"


def test_a_repository_that_the_app_is_not_installed_on_is_named(place: Place) -> None:
    with pytest.raises(UnknownRepositoryError, match="not installed on nope"):
        access(place).api(Purpose.CLONE, "nope").rest("GET", "/repos/octo/nope")


@pytest.mark.parametrize(
    "key", ["", "no key", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----"]
)
def test_a_private_key_that_is_none_is_said_to_be(place: Place, key: str) -> None:
    with pytest.raises(ConfigurationError, match="private key cannot be used") as caught:
        access(place, App("1", key, 1)).api(Purpose.DISCOVER).rest("GET", "/repos/octo/engine")
    assert "AAAA" not in str(caught.value)


def test_secrets_are_in_no_repr_no_message_and_no_log(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    place.fake.repository("octo/engine")
    mine = access(place)
    mine.api(Purpose.PUBLISH, "engine").rest("GET", "/repos/octo/engine")
    (token,) = issued(place)
    shown = f"{mine!r}{vars(mine)!r}{mine.connection!r}{place.token!r}{place.app!r}{caplog.text}"
    for secret in (token.value, place.token.secret, place.app.private_key.splitlines()[1]):
        assert secret not in shown
        assert secret not in GitHubConnection(place.token).account("octo")


ADDRESSES = {
    "https://api.github.com": "https://github.com",
    "https://github.example.com/api/v3": "https://github.example.com",
    "https://github.example.com/api/v3/": "https://github.example.com",
    "https://api.octo.ghe.com": "https://octo.ghe.com",
    "http://127.0.0.1:1234/api/v3": "http://127.0.0.1:1234",
}


@pytest.mark.parametrize(("api", "web"), ADDRESSES.items())
def test_where_repositories_are_cloned_from(api: str, web: str) -> None:
    assert GitHubConnection(Token("t"), api).web_url == web


def test_accounts_are_one_for_each_limit_of_githubs() -> None:
    app, other = App("1", "k", 5), App("2", "k", 5)
    connections = [GitHubConnection(one) for one in (app, other, Token("a"), Token("b"))]
    names = {one.account(name) for one in connections for name in ("octo", "acme")}
    assert len(names) == 6


def test_a_token_that_is_handed_out_outlives_the_forge_but_not_the_hour(place: Place) -> None:
    engine = place.fake.repository("octo/engine")
    with place.forge() as forge:
        loan = forge.hand_out_token("engine")
    (token,) = issued(place)
    assert place.fake.vault.tokens[loan.token] is token
    assert loan.token not in repr(loan)
    assert loan.revoke_at == f"{place.fake.api_url}/installation/token"
    assert token.permissions == dict(PERMISSIONS[Purpose.CLONE])
    assert token.repositories == frozenset({engine.id})
    assert token.expires_at is not None
    assert token.expires_at <= place.clock.now + timedelta(hours=1)


def test_a_token_that_nobody_used_is_taken_back(place: Place) -> None:
    place.fake.repository("octo/engine")
    with place.forge() as forge:
        loan = forge.hand_out_token("engine")
        forge.take_back(loan)
        assert issued(place) == []
        # By now nobody knows it, which spoils nothing.
        forge.take_back(loan)


def test_a_personal_access_token_is_not_revoked(place: Place) -> None:
    place.fake.repository("octo/engine")
    with place.forge(place.token) as forge:
        loan = forge.hand_out_token("engine")
        forge.take_back(loan)
    assert loan.revoke_at == ""
    assert loan.token in place.fake.vault.tokens
