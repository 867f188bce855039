"""No message goes to an address inside, however it is written or resolved."""

from __future__ import annotations

import ipaddress
import socket

import pytest
from documenthor.errors import AddressRefusedError
from documenthor.webhooks import Sender
from documenthor.webhooks.addresses import Destinations, check_url

from tests.fakes.webhook_receiver import Receiver

_INSIDE = (
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",  # noqa: S104 - nothing is bound
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.192",
    "198.18.0.1",
    "203.0.113.7",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::1",
    "2002:a9fe:a9fe::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "2001:db8::1",
)
_OUTSIDE = ("8.8.8.8", "140.82.112.3", "2606:50c0:8000::153", "::ffff:8.8.8.8", "64:ff9b::808:808")


@pytest.mark.parametrize("address", _INSIDE)
def test_addresses_inside_are_refused(address: str) -> None:
    with pytest.raises(AddressRefusedError):
        Destinations(resolve=lambda _host, _port: [address]).find("hook.example", 443)


@pytest.mark.parametrize("address", _INSIDE)
def test_one_address_inside_spoils_the_others(address: str) -> None:
    with pytest.raises(AddressRefusedError):
        Destinations(resolve=lambda _host, _port: ["8.8.8.8", address]).find("hook.example", 443)


@pytest.mark.parametrize("address", _OUTSIDE)
def test_public_addresses_are_found(address: str) -> None:
    found = Destinations(resolve=lambda _host, _port: [address]).find("hook.example", 443)
    assert ipaddress.ip_address(found) == ipaddress.ip_address(address)


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",
        "0x7f000001",
        "017700000001",
        "127.1",
        "0",
        "localhost",
        "[::ffff:127.0.0.1]",
        "169.254.169.254",
    ],
)
def test_spellings_of_addresses_inside_are_refused(host: str) -> None:
    reply = Sender().send(f"https://{host}/", {}, b"{}")
    assert reply.status == 0
    assert "not public" in reply.reason or "no address" in reply.reason


def test_a_name_that_leads_elsewhere_the_second_time_is_not_asked_twice() -> None:
    with Receiver() as inside:
        port = int(inside.url.rsplit(":", 1)[1].split("/")[0])
        answers = iter([["8.8.8.8"], ["127.0.0.1"]])
        asked = []

        def resolve(host: str, _port: int) -> list[str]:
            asked.append(host)
            return next(answers)

        found = Destinations(resolve=resolve).find("hook.example", port)
        assert found == "8.8.8.8"
        assert asked == ["hook.example"]
        assert inside.requests == 0


def test_networks_of_the_tenant_are_allowed_and_no_others() -> None:
    ours = (ipaddress.ip_network("10.20.0.0/16"),)
    assert Destinations(ours, lambda _h, _p: ["10.20.3.4"]).find("hook.corp", 443) == "10.20.3.4"
    with pytest.raises(AddressRefusedError):
        Destinations(ours, lambda _h, _p: ["10.21.3.4"]).find("hook.corp", 443)


def test_a_host_without_address_is_a_reply_not_an_error() -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    reply = Sender(Destinations(resolve=resolve)).send("https://hook.example/", {}, b"{}")
    assert (reply.status, reply.is_success) == (0, False)
    assert "no address" in reply.reason


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hook.example",
        "http://hook.example/",
        "ftp://hook.example/",
        "file:///etc/passwd",
        "gopher://hook.example/",
        "https://",
        "https:///path",
        "https://user@hook.example/",
        "https://user:password@hook.example/",
        "https://hook.example:22/",
        "https://hook.example:99999/",
        "https://hook.example/#fragment",
        "https://hook.example/\r\nHost: inside",
        "https://hook.example/ space",
        "https://hóok.example/",
        "https://[::1/",
        "https://hook.example/" + "a" * 1000,
    ],
)
def test_what_is_no_webhook_address_is_refused(url: str) -> None:
    with pytest.raises(AddressRefusedError):
        check_url(url)


@pytest.mark.parametrize(
    "url", ["https://hook.example/a?b=c", "https://hook.example:8443/", "https://hook.example:443/"]
)
def test_good_addresses_are_taken(url: str) -> None:
    check_url(url)
