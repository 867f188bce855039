"""News of jobs for any number of listeners: one question to the database a second for all of them.

A listener is a queue in this process; it holds no thread and no connection to the database.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fastapi.sse import KEEPALIVE_COMMENT
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from documenthor.api import news
from documenthor.errors import JobNotFoundError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from documenthor.api.news import News
    from documenthor.db import Database

_log = logging.getLogger(__name__)
_RETRY = b"retry: 3000\n\n"
# Who falls so far behind is let go, and comes back saying what it saw last.
_QUEUED = 50


@dataclass(eq=False, slots=True)
class Listener:
    """Somebody who follows a job."""

    tenant: str
    job_id: str
    queue: asyncio.Queue[News | None] = field(default_factory=lambda: asyncio.Queue(_QUEUED))

    @property
    def job(self) -> tuple[str, str]:
        """The tenant and the job: what somebody of another tenant asks for is never this job."""
        return self.tenant, self.job_id

    def dismiss(self) -> None:
        """End its stream; it comes back saying what it saw last, so what waits here is not needed."""
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(None)


@dataclass(slots=True)
class _Channel:
    """The listeners of one job, and the revision of the news that they were sent last."""

    revision: int = 0
    listeners: set[Listener] = field(default_factory=set)


@dataclass(slots=True)
class Broadcast:
    """The listeners of one API worker, at most `per_tenant` of each tenant.

    The database is asked every `seconds`; `heartbeat_seconds` without news are broken by a comment.
    """

    database: Database
    seconds: float = 1.0
    heartbeat_seconds: float = 15.0
    per_tenant: int = 250
    _channels: dict[tuple[str, str], _Channel] = field(default_factory=dict)
    _tenants: Counter[str] = field(default_factory=Counter)
    _polling: asyncio.Task[None] | None = None
    _is_closed: bool = False

    def join(self, tenant: str, job_id: str) -> Listener | None:
        """A new listener, which has to `leave` again; None when the tenant has as many as it may have."""
        if self._tenants[tenant] >= self.per_tenant:
            return None
        listener = Listener(tenant, job_id)
        self._tenants[tenant] += 1
        self._channels.setdefault((tenant, job_id), _Channel()).listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Forget a listener; doing it twice changes nothing."""
        channel = self._channels.get(listener.job)
        if channel is None or listener not in channel.listeners:
            return
        channel.listeners.remove(listener)
        self._tenants[listener.tenant] -= 1
        if not channel.listeners:
            del self._channels[listener.job]

    def close(self) -> None:
        """Let every listener go, and from now on whoever joins after its first news: the server stops."""
        self._is_closed = True
        for channel in self._channels.values():
            for listener in channel.listeners:
                listener.dismiss()

    async def events(self, listener: Listener, first: News, seconds: float) -> AsyncIterator[bytes]:
        """`first` in full and then what comes, until the job has ended or `seconds` are over."""
        self._follow(listener, first)
        loop = asyncio.get_running_loop()
        end, seen, ended = loop.time() + seconds, first.revision, first.has_ended
        yield _RETRY + first.after(-1)
        while not (ended or self._is_closed) and (left := end - loop.time()) > 0:
            try:
                async with asyncio.timeout(min(left, self.heartbeat_seconds)):
                    update = await listener.queue.get()
            except TimeoutError:
                yield KEEPALIVE_COMMENT
                continue
            if update is None:
                return
            if text := update.after(seen):
                yield text
            seen, ended = max(seen, update.revision), update.has_ended

    def _follow(self, listener: Listener, first: News) -> None:
        channel = self._channels[listener.job]
        # A new channel begins where its first listener stands; in others nothing may be passed over.
        channel.revision = channel.revision or first.revision
        if self._polling is None or self._polling.done():
            self._polling = asyncio.create_task(self._poll())

    async def _poll(self) -> None:
        while self._channels:
            await asyncio.sleep(self.seconds)
            seen = {job: channel.revision for job, channel in self._channels.items() if channel.revision}
            try:
                found = await run_in_threadpool(news.read_changed, self.database, seen)
            except (SQLAlchemyError, JobNotFoundError):
                _log.exception("news of jobs cannot be read; trying again")
                continue
            for job, update in found.items():
                self._send(job, update)

    def _send(self, job: tuple[str, str], update: News) -> None:
        channel = self._channels.get(job)
        if channel is None:
            return
        channel.revision = update.revision
        for listener in channel.listeners:
            if listener.queue.full():
                listener.dismiss()
            else:
                listener.queue.put_nowait(update)
