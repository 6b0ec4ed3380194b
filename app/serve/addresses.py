"""The addresses under which other machines can reach this one. No packet is sent."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address

import psutil

ELSEWHERE = ("192.0.2.1", 9)  # reserved for documentation; connecting a UDP socket only looks up the route


def lan_addresses() -> list[str]:
    """IPv4 addresses of this machine that others may reach, that of the default route first; may be empty."""
    found = [*_of_default_route(), *_of_interfaces()]
    return list(dict.fromkeys(address for address in found if _reachable(address)))


def _of_default_route() -> list[str]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)
        except OSError:
            return []
        return [probe.getsockname()[0]]


def _of_interfaces() -> list[str]:
    addresses = [each for known in psutil.net_if_addrs().values() for each in known]
    return [each.address for each in addresses if each.family == socket.AF_INET]


def _reachable(address: str) -> bool:
    parsed = IPv4Address(address)
    return not (parsed.is_loopback or parsed.is_link_local or parsed.is_unspecified)
