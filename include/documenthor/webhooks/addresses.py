"""Where a webhook may lead: the addresses of a host are checked, and the checked one is connected to.

Checking a name and then connecting to it would let the name lead elsewhere in between.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from documenthor.errors import AddressRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

_LONGEST = 1000
_PLAIN = re.compile(r"[!-~]+")
_LOWEST_PORT = 1024
_PORTS = {"https": 443, "http": 80}
# Ways to write an IPv4 address inside an IPv6 one; what is inside counts.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Special networks that `is_global` lets through in some versions of Python.
_SPECIAL: tuple[Network, ...] = tuple(
    map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "2001::/23", "5f00::/16"))
)


@dataclass(frozen=True, slots=True)
class Destinations:
    """Public addresses, and those of `networks`, which a tenant's operator vouches for."""

    networks: Sequence[Network] = ()
    resolve: Callable[[str, int], Sequence[str]] = lambda host, port: _resolve(host, port)

    def find(self, host: str, port: int) -> str:
        """An address of `host` to connect to; raises `AddressRefusedError` unless all of them will do."""
        try:
            found = [ipaddress.ip_address(text.partition("%")[0]) for text in self.resolve(host, port)]
        except (OSError, ValueError, UnicodeError) as error:
            raise AddressRefusedError("the host's name has no address; check the name") from error
        if not found or not all(self.allows(address) for address in found):
            raise AddressRefusedError("the host has an address that is not public, or none at all")
        return str(found[0])

    def allows(self, address: Address) -> bool:
        """Whether a webhook may go there."""
        inner = _inner(address)
        if _is_in(inner, self.networks):
            return True
        special = inner.is_multicast or inner.is_reserved or _is_in(inner, _SPECIAL)
        return inner.is_global and not special


def check_url(url: str, networks: Sequence[Network] = ()) -> None:
    """Raise `AddressRefusedError` for what is no address of a webhook, whatever its host resolves to.

    Plain http is for hosts inside the tenant's own networks alone, and they are given by address.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise AddressRefusedError(_SHAPE) from error
    if not _PLAIN.fullmatch(url) or len(url) > _LONGEST or not host or parts.fragment:
        raise AddressRefusedError(_SHAPE)
    if parts.username is not None or parts.password is not None:
        raise AddressRefusedError("the address holds a user or a password; webhooks are signed instead")
    if parts.scheme not in _PORTS or (parts.scheme == "http" and not _is_inside(host, networks)):
        raise AddressRefusedError("the address does not begin with https://")
    if port is not None and port != _PORTS[parts.scheme] and port < _LOWEST_PORT:
        raise AddressRefusedError("the port belongs to another protocol; use 443 or one above 1023")


_SHAPE = f"it is no https address of at most {_LONGEST} plain characters"


def _is_inside(host: str, networks: Sequence[Network]) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return _is_in(address, networks)


def _is_in(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks if network.version == address.version)


def _inner(address: Address) -> Address:
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(sockaddr[0]) for _, _, _, _, sockaddr in found]
