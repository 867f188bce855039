"""An issuer's keys: how long they count, how often it is asked, and what it may not do to us."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from documenthor.errors import KeySetError
from documenthor.tokens import rsa
from documenthor.trust.fetching import MAX_BYTES, fetch
from documenthor.trust.keysets import FRESH, PAUSE, STALE, KeySets

from tests.documenthor.support import NOW, Clock, key
from tests.fakes.oidc_issuer import OidcIssuer

if TYPE_CHECKING:
    from collections.abc import Callable

_KID = key("github").kid
_SECOND = timedelta(seconds=1)


@pytest.fixture
def keys() -> KeySets:
    """Nothing is known yet."""
    return KeySets()


def test_known_key_is_asked_for_once(keys: KeySets, issuer: OidcIssuer, clock: Clock) -> None:
    for _ in range(20):
        found = keys.key(issuer.url, _KID, clock())
        clock.advance(_SECOND)
    assert found is not None
    assert rsa.thumbprint(found) == _KID
    assert issuer.requests == 1


def test_new_key_counts_within_a_minute_and_the_old_one_goes(
    keys: KeySets, issuer: OidcIssuer, clock: Clock
) -> None:
    new = key("github-new")
    assert keys.key(issuer.url, _KID, clock())
    issuer.keys = [new]
    waited = timedelta(0)
    while keys.key(issuer.url, new.kid, clock()) is None:
        clock.advance(_SECOND)
        waited += _SECOND
    assert waited <= timedelta(seconds=60)
    assert keys.key(issuer.url, _KID, clock()) is None


def test_retired_key_is_refused_within_ten_minutes_though_nothing_else_happens(
    keys: KeySets, issuer: OidcIssuer, clock: Clock
) -> None:
    assert keys.key(issuer.url, _KID, clock())
    issuer.keys = [key("github-new")]
    clock.advance(FRESH)
    assert timedelta(minutes=10) >= FRESH
    assert keys.key(issuer.url, _KID, clock()) is None


def test_flood_of_made_up_keys_asks_once_in_thirty_seconds(
    keys: KeySets, issuer: OidcIssuer, clock: Clock
) -> None:
    for second in range(90):
        for number in range(20):
            assert keys.key(issuer.url, f"made-up-{second}-{number}", clock()) is None
        clock.advance(_SECOND)
    assert issuer.requests == 3


def test_flood_while_the_issuer_is_down_asks_no_more_often(
    keys: KeySets, issuer: OidcIssuer, clock: Clock
) -> None:
    issuer.is_down = True
    for number in range(60):
        assert keys.key(issuer.url, f"made-up-{number}", clock()) is None
        clock.advance(_SECOND)
    assert issuer.requests == 2


def test_an_hour_of_outage_breaks_no_known_key(keys: KeySets, issuer: OidcIssuer, clock: Clock) -> None:
    assert keys.key(issuer.url, _KID, clock())
    issuer.is_down = True
    for _ in range(60):
        clock.advance(timedelta(minutes=1))
        assert keys.key(issuer.url, _KID, clock()), clock()
    issuer.is_down = False
    clock.advance(PAUSE)
    asked = issuer.requests
    assert keys.key(issuer.url, _KID, clock())
    assert issuer.requests == asked + 1


def test_staleness_is_bounded(keys: KeySets, issuer: OidcIssuer, clock: Clock) -> None:
    assert keys.key(issuer.url, _KID, clock())
    issuer.is_down = True
    clock.advance(STALE - _SECOND)
    assert keys.key(issuer.url, _KID, clock())
    clock.advance(_SECOND)
    assert keys.key(issuer.url, _KID, clock()) is None


def test_clock_that_was_set_back_stops_nothing(keys: KeySets, issuer: OidcIssuer, clock: Clock) -> None:
    assert keys.key(issuer.url, _KID, clock())
    new = key("github-new")
    issuer.keys.append(new)
    clock.advance(timedelta(days=-1))
    assert keys.key(issuer.url, new.kid, clock())


def test_known_keys_do_not_wait_for_a_slow_issuer(issuer: OidcIssuer, clock: Clock) -> None:
    keys = KeySets(partial(fetch, seconds=2))
    assert keys.key(issuer.url, _KID, clock())
    clock.advance(FRESH)
    issuer.delay = 10
    begun = time.perf_counter()
    with ThreadPoolExecutor(20) as pool:
        durations = list(pool.map(lambda _: _timed(keys, issuer, clock), range(20)))
    # One of them asks, and waits as long as asking may take.
    assert sum(seconds > 1.5 for seconds in durations) == 1
    assert time.perf_counter() - begun < 8
    assert issuer.requests == 2


def _timed(keys: KeySets, issuer: OidcIssuer, clock: Clock) -> float:
    begun = time.perf_counter()
    assert keys.key(issuer.url, _KID, clock())
    return time.perf_counter() - begun


def test_first_callers_share_one_answer(keys: KeySets, issuer: OidcIssuer, clock: Clock) -> None:
    issuer.delay = 0.1
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: keys.key(issuer.url, _KID, clock()), range(4)))
    assert all(found)
    assert issuer.requests == 1


def test_a_crowd_with_made_up_keys_does_not_take_all_threads(issuer: OidcIssuer, clock: Clock) -> None:
    keys = KeySets(partial(fetch, seconds=3))
    issuer.delay = 10
    begun = time.perf_counter()
    with ThreadPoolExecutor(40) as pool:
        asked = [pool.submit(keys.key, issuer.url, f"made-up-{n}", clock()) for n in range(40)]
        time.sleep(1.5)
        assert sum(future.done() for future in asked) == 24
    assert time.perf_counter() - begun < 8
    assert issuer.requests == 1


def test_issuers_are_asked_each_for_its_own_keys(keys: KeySets, issuer: OidcIssuer) -> None:
    with OidcIssuer([key("enterprise")]) as second:
        assert keys.key(second.url, key("enterprise").kid, NOW)
        assert keys.key(second.url, _KID, NOW) is None
        assert keys.key(issuer.url, _KID, NOW)


def _slow(issuer: OidcIssuer) -> None:
    issuer.delay = 10


def _drip(issuer: OidcIssuer) -> None:
    # Each byte comes in time, all of them do not.
    issuer.drip = 0.05


def _down(issuer: OidcIssuer) -> None:
    issuer.is_down = True


def _large(issuer: OidcIssuer) -> None:
    issuer.answer = issuer.key_set()[:-1] + b" " * MAX_BYTES + b"}"


def _elsewhere(issuer: OidcIssuer) -> None:
    issuer.status, issuer.location = 302, f"{issuer.url}/.well-known/jwks"


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (_slow, "within"),
        (_drip, "within"),
        (_down, "cannot be fetched"),
        (_large, "more than"),
        (_elsewhere, "302"),
    ],
)
def test_issuer_in_trouble_is_an_error_of_ours(
    issuer: OidcIssuer, trouble: Callable[[OidcIssuer], None], words: str
) -> None:
    trouble(issuer)
    begun = time.perf_counter()
    with pytest.raises(KeySetError, match=words):
        fetch(issuer.url, seconds=2)
    assert time.perf_counter() - begun < 6
    assert issuer.requests == 1


def test_address_where_nobody_is(issuer: OidcIssuer) -> None:
    issuer.__exit__()
    try:
        with pytest.raises(KeySetError, match="cannot be fetched"):
            fetch(issuer.url)
    finally:
        issuer.__enter__()


@pytest.mark.parametrize("status", [204, 301, 304, 400, 404, 500, 503])
def test_answer_that_is_not_200_is_none(issuer: OidcIssuer, status: int) -> None:
    issuer.status = status
    with pytest.raises(KeySetError):
        fetch(issuer.url)


_SMALL = "AQAB" * 32
_GOOD = {**rsa.to_jwk(rsa.public_key(key("github").public_pem)), "kid": "one"}
_EVEN = {**_GOOD, "n": _GOOD["n"][:-1] + "A"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b'{"keys": {}}',
        b'{"keys": []}',
        b'{"keys": [], "keys": []}',
        b'{"keys": [null, 7, "x", []]}',
        b"\xff\xfe",
        json.dumps({"keys": [_GOOD] * 2}).encode(),
        json.dumps({"keys": [_GOOD] * 101}).encode(),
        b"[" * 100_000,
    ],
)
def test_answer_without_a_usable_key(issuer: OidcIssuer, content: bytes) -> None:
    issuer.answer = content
    with pytest.raises(KeySetError):
        fetch(issuer.url, seconds=2)


@pytest.mark.parametrize(
    "change",
    [
        {"kty": "EC"},
        {"kty": "oct"},
        {"kty": None},
        {"use": "enc"},
        {"use": ["sig"]},
        {"key_ops": ["sign"]},
        {"key_ops": []},
        {"key_ops": "verify"},
        {"alg": "RS512"},
        {"alg": "none"},
        {"alg": "HS256"},
        {"n": _SMALL},
        {"n": ""},
        {"n": None},
        {"n": 7},
        {"n": _GOOD["n"] + "="},
        {"n": "é"},
        {"n": "A" * 20_000},
        {"e": ""},
        {"e": "AQ"},
        {"e": "AA"},
        {"e": "Ag"},
        {"kid": None},
        {"kid": 7},
    ],
)
def test_key_that_is_for_something_else_or_none_is_left_out(
    change: dict[str, Any], issuer: OidcIssuer
) -> None:
    other = {**_GOOD, "kid": "two", "use": "sig", "key_ops": ["verify"], "alg": "RS256"}
    issuer.answer = json.dumps({"keys": [{**_GOOD, **change}, other]}).encode()
    assert fetch(issuer.url).keys() == {"two"}
