"""Keys come and go: a new one counts at once, an old one until its time is over, and then never again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from documenthor.db import PublicKeyRow
from documenthor.errors import KeyFormatError, SignatureError
from documenthor.tokens import OwnKeys, Verifier, listed, lookup, published, register, retire, rotate

from tests.documenthor.support import AUDIENCE, ISSUER, NOW, Clock, key
from tests.documenthor.tokens.crafting import SECONDS, token

if TYPE_CHECKING:
    from documenthor.db import Database

_HOUR = timedelta(hours=1)


def _kids(database: Database, after: timedelta = timedelta(0)) -> set[str]:
    return {entry["kid"] for entry in published(database, NOW + after)["keys"]}


def test_both_keys_count_during_the_overlap_and_the_new_one_after(database: Database) -> None:
    old, new = key("acme"), key("second")
    register(database, "acme", old.public_pem, NOW)
    kid, ending = rotate(database, "acme", new.public_pem, NOW, _HOUR)
    assert kid == new.kid
    assert [(entry.kid, entry.retired_at) for entry in ending] == [(old.kid, NOW + _HOUR)]
    assert _kids(database) == _kids(database, _HOUR - timedelta(seconds=1)) == {old.kid, new.kid}
    assert _kids(database, _HOUR) == {new.kid}


def test_tokens_are_taken_as_long_as_their_key_counts(database: Database) -> None:
    clock = Clock()
    verifier = Verifier([OwnKeys(database, ISSUER)], AUDIENCE, clock)
    register(database, "acme", key("acme").public_pem, NOW)
    # Without a restart: it is the same verifier throughout.
    with pytest.raises(SignatureError, match="not registered"):
        verifier.verify(token(signer=key("second")))
    rotate(database, "acme", key("second").public_pem, NOW, timedelta(seconds=60))
    for name in ("acme", "second"):
        assert verifier.verify(token(signer=key(name)))
    clock.advance(timedelta(seconds=60))
    with pytest.raises(SignatureError, match="is retired"):
        verifier.verify(token({"exp": SECONDS + 600}))
    assert verifier.verify(token(signer=key("second")))


def test_rotation_leaves_other_tenants_and_ended_keys_alone(database: Database) -> None:
    for name, tenant in (("acme", "acme"), ("ended", "acme"), ("other", "other")):
        register(database, tenant, key(name).public_pem, NOW)
    retire(database, key("ended").kid, NOW - _HOUR)
    _, ending = rotate(database, "acme", key("second").public_pem, NOW, _HOUR)
    assert [entry.kid for entry in ending] == [key("acme").kid]
    found = {entry.kid: entry.retired_at for entry in listed(database)}
    assert found[key("ended").kid] == NOW - _HOUR
    assert found[key("other").kid] is None


def test_end_moves_forward_only(database: Database) -> None:
    kid = register(database, "acme", key("acme").public_pem, NOW)
    for at, expected in ((_HOUR, _HOUR), (2 * _HOUR, _HOUR), (-_HOUR, -_HOUR), (_HOUR, -_HOUR)):
        assert retire(database, kid, NOW + at).retired_at == NOW + expected


def test_registering_a_retired_key_again_does_not_revive_it(database: Database) -> None:
    kid = register(database, "acme", key("acme").public_pem, NOW)
    retire(database, kid, NOW)
    register(database, "acme", key("acme").public_pem, NOW)
    found = lookup(database, kid)
    assert found is not None
    assert not found.is_active(NOW)


def test_rotating_to_a_key_that_was_there_changes_nothing(database: Database) -> None:
    for name in ("acme", "other"):
        register(database, name, key(name).public_pem, NOW)
        with pytest.raises(KeyFormatError, match="registered already"):
            rotate(database, "acme", key(name).public_pem, NOW, _HOUR)
    assert all(entry.retired_at is None for entry in listed(database))


def test_unknown_key_cannot_retire(database: Database) -> None:
    with pytest.raises(KeyFormatError, match="no key 'x'"):
        retire(database, "x", NOW)


@pytest.mark.parametrize(
    "change",
    [{"use": "enc"}, {"key_ops": ["sign"]}, {"alg": "RS512"}, {"kty": "EC"}, {"e": "AQ"}, {"n": "AQAB"}],
)
def test_key_that_says_it_is_for_something_else_is_not_used(
    database: Database, change: dict[str, object]
) -> None:
    kid = register(database, "acme", key("acme").public_pem, NOW)
    with database.session() as session:
        row = session.get_one(PublicKeyRow, kid)
        row.jwk = {**row.jwk, **change}
    register(database, "other", key("other").public_pem, NOW)
    verifier = Verifier([OwnKeys(database, ISSUER)], AUDIENCE, Clock())
    with pytest.raises(SignatureError, match="cannot be used"):
        verifier.verify(token())
    assert verifier.verify(token({"org": "other"}, signer=key("other")))
    assert _kids(database) == {key("other").kid}
