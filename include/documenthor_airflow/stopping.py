"""Being told that the server stops, in time.

A server waits for its open answers before it tells the app anything, and an answer that follows a job is
open for minutes. Only the signal comes before that.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_STOPPING = (signal.SIGTERM, signal.SIGINT)


def before_stop(call: Callable[[], None]) -> None:
    """Have `call` called in the running event loop when a signal stops this server, beside what it does.

    Outside the main thread, where no signals can be had, the server waits as long as it is told to.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in _STOPPING:
        if callable(before := signal.getsignal(number)):
            signal.signal(number, _both(before, lambda: loop.call_soon_threadsafe(call)))


def _both(before: Callable[..., Any], call: Callable[[], object]) -> Callable[..., None]:
    def handle(*arguments: Any) -> None:  # noqa: ANN401 - passed on
        call()
        before(*arguments)

    return handle
