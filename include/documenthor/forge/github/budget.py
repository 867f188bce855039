"""`Budget`: how much is written to GitHub and when, shared by all that use one credential.

Whoever wants to write gets a turn: at once while there is room, else at a time of its own behind everybody
who came before. So a thousand repositories that wait do not all wake up at the same moment, and each wakes
up once. A turn is a place in the queue; what is made is counted, and checked, when it is made.
"""

from __future__ import annotations

import contextlib
import zlib
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from documenthor.db import GitHubAccountRow, GitHubCreationRow, GitHubTurnRow
from documenthor.errors import RateLimitedError
from documenthor.forge.github.pacing import HOUR, Booked, Caps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import InstrumentedAttribute, Session

    from documenthor.db import Database
    from documenthor.tenants import GitHub

    _Text = InstrumentedAttribute[str]
    _Time = InstrumentedAttribute[datetime]
    _Number = InstrumentedAttribute[int]

# A publication makes about this many: a branch, a commit, a pull request, its labels and its reviewers.
_TURN = 5
# A turn that nobody takes up is given away after this long.
_TURN_LIFE = timedelta(minutes=15)
# After a pause everybody goes on at a time of their own within this span.
_SPREAD_SECONDS = 60


def _end_of_queue(promised: list[Booked], now: datetime) -> datetime:
    """When the last of those who wait in a row from now on has its turn.

    Whoever waits for its tenant's publishing hours stands apart, and holds nobody up who may write before.
    """
    end = now
    for at in sorted(one.at for one in promised):
        if at - end > HOUR:
            break
        end = max(end, at)
    return end


class Budget(Protocol):
    """What a client asks before it calls GitHub; every method raises `RateLimitedError` if it must not."""

    def check(self, who: str) -> None:
        """Before any call: whether GitHub asked for a pause."""

    def take(self, who: str, count: int = 1) -> None:
        """Before `count` creations for the repository `who`."""

    def pause(self, until: datetime) -> None:
        """GitHub asked to be left alone until then."""


class SharedBudget:
    """A budget in our own database."""

    def __init__(self, database: Database, account: str, own: GitHub, clock: Callable[[], datetime]) -> None:
        self._database, self._account, self._clock = database, account[:200], clock
        self._caps = Caps(own.creations.a_minute, own.creations.an_hour)
        self._rollout, self._is_known = own.rollout, False

    def check(self, who: str) -> None:
        """Raise `RateLimitedError` while GitHub wants to be left alone."""
        with self._database.session() as session:
            row = session.get(GitHubAccountRow, self._account)
            until = None if row is None else row.paused_until
        self._refuse_pause(who, until)

    def take(self, who: str, count: int = 1) -> None:
        """Count `count` creations; raises `RateLimitedError` if this is not the time for them."""
        until = self._take(who[:100], count)
        if until is not None:
            raise RateLimitedError("this much is not written to GitHub at once; it goes on later", until)

    def pause(self, until: datetime) -> None:
        """Let nobody call before `until`."""
        with self._locked() as (session, account):
            account.paused_until = max(until, account.paused_until or until)
            session.flush()

    def _take(self, who: str, count: int) -> datetime | None:
        """None if it may be made now, else when to ask again."""
        now = self._clock()
        with self._locked() as (session, account):
            self._refuse_pause(who, account.paused_until)
            self._forget(session, now)
            turn = session.get(GitHubTurnRow, (self._account, who)) or self._queue(session, who, now)
            if turn.at > now:
                return turn.at
            room = self._caps.earliest(self._made(session), now, count)
            if room > now:
                return self._put_off(session, turn, room, now)
            turn.remaining = max(turn.remaining - count, 0)
            session.add(GitHubCreationRow(account=self._account, at=now, count=count))
            return None

    def _put_off(self, session: Session, turn: GitHubTurnRow, room: datetime, now: datetime) -> datetime:
        """Others made more than their turns said: who has begun goes on first, everybody else queues anew."""
        if turn.remaining == _TURN:
            session.delete(turn)
            session.flush()
            turn = self._queue(session, turn.who, now)
        turn.at = max(turn.at, room)
        return turn.at

    def _queue(self, session: Session, who: str, now: datetime) -> GitHubTurnRow:
        """Give `who` a turn: now if there is room for one, else behind all others."""
        promised = self._booked(session, GitHubTurnRow.account, GitHubTurnRow.at, GitHubTurnRow.remaining)
        last = _end_of_queue(promised, now)
        booked = [*self._made(session), *(one for one in promised if one.at <= last)]
        at = self._caps.earliest(booked, max(now, last), _TURN)
        if at > now:
            at = self._caps.earliest(booked, max(at, last + self._caps.pause_after(_TURN)), _TURN)
        turn = GitHubTurnRow(account=self._account, who=who, at=self._opens(at), remaining=_TURN)
        session.add(turn)
        session.flush()
        return turn

    def _made(self, session: Session) -> list[Booked]:
        row = GitHubCreationRow
        return self._booked(session, row.account, row.at, row.count)

    def _booked(self, session: Session, account: _Text, at: _Time, count: _Number) -> list[Booked]:
        return [Booked(*row) for row in session.execute(select(at, count).where(account == self._account))]

    def _forget(self, session: Session, now: datetime) -> None:
        made, turn = GitHubCreationRow, GitHubTurnRow
        session.execute(delete(made).where(made.account == self._account, made.at <= now - HOUR))
        session.execute(delete(turn).where(turn.account == self._account, turn.at <= now - _TURN_LIFE))

    def _opens(self, at: datetime) -> datetime:
        return at if self._rollout is None else self._rollout.next_open(at)

    def _refuse_pause(self, who: str, until: datetime | None) -> None:
        if until is not None and until > self._clock():
            spread = timedelta(seconds=zlib.crc32(who.encode()) % _SPREAD_SECONDS)
            raise RateLimitedError("GitHub asked for a pause; it goes on later", until + spread)

    @contextmanager
    def _locked(self) -> Iterator[tuple[Session, GitHubAccountRow]]:
        """A transaction that nobody else's runs beside, for this account."""
        if not self._is_known:
            with contextlib.suppress(IntegrityError), self._database.session() as session:
                if session.get(GitHubAccountRow, self._account) is None:
                    session.add(GitHubAccountRow(name=self._account))
            self._is_known = True
        with self._database.session() as session:
            account = session.get_one(GitHubAccountRow, self._account, with_for_update=True)
            yield session, account
