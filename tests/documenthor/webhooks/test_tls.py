"""A message over https goes to the checked address, and only to who can prove the host's name."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from documenthor.webhooks import Sender
from documenthor.webhooks.addresses import Destinations

from tests.documenthor.webhooks.conftest import LOOPBACK
from tests.fakes.github.certificates import certificate
from tests.fakes.webhook_receiver import Receiver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HOST = "hook.example"


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    """The certificate of `hook.example`, which vouches for itself."""
    return certificate(tmp_path / "tls", [x509.DNSName(_HOST)])[0]


@pytest.fixture
def receiver(authority: Path) -> Iterator[Receiver]:
    """The receiver of `hook.example`, on the loopback interface."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(authority, authority.with_name("key.pem"))
    with Receiver(tls=tls) as running:
        yield running


def _sender(trusted: Path | None, asked: list[str]) -> Sender:
    """Resolves every name to the loopback interface once, and to somewhere else from then on."""

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["192.0.2.1"]

    return Sender(Destinations(LOOPBACK, resolve), ssl.create_default_context(cafile=trusted))


def test_certificate_for_the_hosts_name_is_accepted_at_the_pinned_address(
    receiver: Receiver, authority: Path
) -> None:
    asked: list[str] = []
    reply = _sender(authority, asked).send(f"https://{_HOST}:{receiver.port}/hook", {}, b"{}")
    assert (reply.status, reply.reason) == (204, "")
    assert (asked, receiver.requests) == ([_HOST], 1)


@pytest.mark.parametrize("host", ["other.example", "127.0.0.1", f"sub.{_HOST}", f"{_HOST}.evil.example"])
def test_certificate_for_another_name_is_refused(receiver: Receiver, authority: Path, host: str) -> None:
    reply = _sender(authority, []).send(f"https://{host}:{receiver.port}/hook", {}, b"{}")
    assert (reply.status, reply.reason, receiver.requests) == (0, "ConnectError", 0)


def test_certificate_of_an_unknown_authority_is_refused(receiver: Receiver) -> None:
    reply = _sender(None, []).send(f"https://{_HOST}:{receiver.port}/hook", {}, b"{}")
    assert (reply.status, reply.reason, receiver.requests) == (0, "ConnectError", 0)


def test_receiver_that_speaks_no_tls_gets_nothing(authority: Path) -> None:
    with Receiver() as plain:
        reply = _sender(authority, []).send(f"https://{_HOST}:{plain.port}/hook", {}, b"{}")
        assert (reply.status, plain.requests) == (0, 0)
