"""A token's first use is told from all others, whoever asks at the same time."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from documenthor.db import Database, UsedTokenRow
from documenthor.tokens import LEEWAY, Targets, VerifiedClaims, replay
from sqlalchemy import func, select

from tests.documenthor.support import ISSUER, NOW

_CLAIMS = VerifiedClaims(
    tenant="acme",
    token_id="one",
    subject="acme",
    expires_at=NOW + timedelta(minutes=5),
    issuer=ISSUER,
    caller="key:x",
    repository="",
    targets=Targets("", ("*",)),
)


def _count(database: Database) -> int:
    with database.session() as session:
        return session.scalar(select(func.count()).select_from(UsedTokenRow)) or 0


def test_first_use_is_new_and_the_others_are_not(database: Database) -> None:
    assert [replay.consume(database, _CLAIMS, NOW) for _ in range(3)] == [True, False, False]


@pytest.mark.parametrize(
    "other",
    [
        replace(_CLAIMS, token_id="two"),
        replace(_CLAIMS, tenant="other"),
        replace(_CLAIMS, issuer="https://token.actions.githubusercontent.com"),
    ],
)
def test_jti_counts_for_its_issuer_and_tenant(database: Database, other: VerifiedClaims) -> None:
    assert replay.consume(database, _CLAIMS, NOW)
    assert replay.consume(database, other, NOW)


def test_parts_of_two_tokens_do_not_make_one() -> None:
    first = replace(_CLAIMS, tenant="a", token_id='b", "c')
    second = replace(_CLAIMS, tenant='a", "b', token_id="c")
    assert replay.digest(first) != replay.digest(second)


def test_fifty_threads_have_one_first(database: Database) -> None:
    with ThreadPoolExecutor(50) as pool:
        uses = list(pool.map(lambda _: replay.consume(database, _CLAIMS, NOW), range(50)))
    assert uses.count(True) == 1


def _consume(url: str) -> list[bool]:
    database = Database(url)
    try:
        claims = (replace(_CLAIMS, token_id=str(number)) for number in range(20))
        return [replay.consume(database, each, NOW) for each in claims]
    finally:
        database.close()


def test_processes_share_what_was_used(database: Database) -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(3, mp_context=context) as pool:
        uses = list(pool.map(_consume, [database.url] * 3))
    assert [each.count(True) for each in zip(*uses, strict=True)] == [1] * 20


def test_token_is_remembered_for_longer_than_it_can_be_used(database: Database) -> None:
    replay.consume(database, _CLAIMS, NOW)
    last = _CLAIMS.expires_at + LEEWAY
    assert not replay.consume(database, _CLAIMS, last)


def test_expired_tokens_are_forgotten_some_at_a_time(database: Database) -> None:
    for number in range(150):
        replay.consume(database, replace(_CLAIMS, token_id=str(number)), NOW)
    later = NOW + timedelta(hours=1)
    fresh = replace(_CLAIMS, expires_at=later + timedelta(minutes=5))
    replay.consume(database, replace(fresh, token_id="fresh-1"), later)
    assert _count(database) == 51
    replay.consume(database, replace(fresh, token_id="fresh-2"), later)
    assert _count(database) == 2
    assert not replay.consume(database, replace(fresh, token_id="fresh-1"), later)
