"""Runs that begin at once choose different ports, before any of them listens."""

from __future__ import annotations

import multiprocessing
import socket

from embedded.port import Port


def test_a_port_that_a_run_chose_is_nobody_elses() -> None:
    with Port(preferred=0) as first:
        with Port(preferred=first.number) as second:
            assert second.number != first.number
        with socket.create_server(("127.0.0.1", first.number)):
            pass
    with Port(preferred=first.number) as third:
        assert third.number == first.number


def test_a_port_that_somebody_listens_at_is_not_chosen() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with Port(preferred=taken) as port:
            assert port.number != taken


def test_another_process_sees_it_too() -> None:
    with Port(preferred=0) as mine, multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(_chosen, (mine.number,)) != mine.number


def _chosen(preferred: int) -> int:
    with Port(preferred) as port:
        return port.number
