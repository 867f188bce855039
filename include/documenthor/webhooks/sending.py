"""One attempt: a signed POST to a checked address, bounded in time and size, no redirect, no proxy."""

from __future__ import annotations

import ssl
import time
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpcore

from documenthor.errors import AddressRefusedError
from documenthor.webhooks.addresses import Destinations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SECONDS = 10.0
_MOST_BYTES = 64 * 1024
_TIMEOUTS = {"connect": _SECONDS, "read": _SECONDS, "write": _SECONDS, "pool": _SECONDS}


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of an attempt: a status, or 0 and why there is none. `wait` is Retry-After, in seconds."""

    status: int
    reason: str = ""
    wait: float = 0.0

    @property
    def is_success(self) -> bool:
        """Any 2xx."""
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends to `destinations`; `tls` trusts what the machine trusts unless told otherwise."""

    destinations: Destinations = field(default_factory=Destinations)
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """One POST; it raises nothing, for a receiver that misbehaves is no error of ours."""
        backend = _Pinned(self.destinations, time.monotonic() + 2 * _SECONDS)
        with closing(httpcore.ConnectionPool(ssl_context=self.tls, network_backend=backend)) as pool:
            try:
                return _post(pool, url, headers, body)
            except AddressRefusedError as error:
                return Reply(0, str(error))
            except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
                return Reply(0, type(error).__name__)
            except (ssl.SSLError, OSError, httpcore.UnsupportedProtocol) as error:
                return Reply(0, type(error).__name__)


def _post(pool: httpcore.ConnectionPool, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
    sent = [(name.encode(), value.encode()) for name, value in headers.items()]
    with pool.stream("POST", url, headers=sent, content=body, extensions={"timeout": _TIMEOUTS}) as answer:
        size = 0
        for part in answer.iter_stream():
            size += len(part)
            if size > _MOST_BYTES:
                return Reply(0, "the answer is too long")
        return Reply(answer.status, wait=_wait(answer.headers))


def _wait(headers: Iterable[tuple[bytes, bytes]]) -> float:
    values = [value for name, value in headers if name.lower() == b"retry-after"]
    text = values[0].decode("ascii", "replace") if len(values) == 1 else ""
    return float(text) if text.isdecimal() and len(text) < 10 else 0.0


class _Pinned(httpcore.SyncBackend):
    """Connects to the address that was checked; TLS still verifies the host's name."""

    def __init__(self, destinations: Destinations, deadline: float) -> None:
        self._destinations, self._deadline = destinations, deadline

    def connect_tcp(self, host: str, port: int, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:  # noqa: ANN401
        """Resolve, check, and connect to what was checked."""
        stream = super().connect_tcp(self._destinations.find(host, port), port, *args, **kwargs)
        return _Timed(stream, self._deadline)


class _Timed(httpcore.NetworkStream):
    """A stream that ends at the deadline; a receiver that sends a byte now and then meets none otherwise."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """As the stream does, until the deadline."""
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """As the stream does, until the deadline."""
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        """Close it."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same inside TLS."""
        inner = self._stream.start_tls(ssl_context, server_hostname, self._left(timeout))
        return _Timed(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - httpcore's signature
        """What the stream says."""
        return self._stream.get_extra_info(info)

    def _left(self, timeout: float | None) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the receiver took too long")
        return min(left, _SECONDS if timeout is None else timeout)
