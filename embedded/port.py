"""A port of the loopback interface that no two runs choose, though neither listens at once."""

from __future__ import annotations

import socket
from typing import Self

from embedded.state import RunError

_USUAL = 8080
_ADDRESS = "127.0.0.1"
_TRIES = 20


class Port:
    """A free port: `preferred` (by default Airflow's usual one), else any.

    Between the look and the moment in which Airflow listens, another run may look, too. So a run keeps UDP's
    port of the same number, which nothing else here uses, for itself; it is free again when the run ends,
    however it ends.
    """

    def __init__(self, preferred: int = _USUAL) -> None:
        for wanted in (preferred, *([0] * _TRIES)):
            number = _free(wanted)
            held = _held(number) if number else None
            if held is not None:
                self.number, self._held = number, held
                return
        raise RunError(f"no port is free on {_ADDRESS}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let others have it."""
        self._held.close()


def _free(wanted: int) -> int:
    """`wanted`, or for 0 any port, if nobody listens there; else 0."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_ADDRESS, wanted))
        except OSError:
            return 0
        number: int = probe.getsockname()[1]
        return number


def _held(number: int) -> socket.socket | None:
    held = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        held.bind((_ADDRESS, number))
    except OSError:
        held.close()
        return None
    return held
