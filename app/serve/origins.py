"""The origins of this server: the one in QR codes, and those accepted in a browser's Origin header."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from ipaddress import ip_address

from app.serve.addresses import lan_addresses
from app.serve.settings import ServingSettings

DEFAULT_PORTS = {"http": 80, "https": 443}
LOCAL = ("localhost", "127.0.0.1")
EVERY_ADDRESS = ("", "0.0.0.0", "::")  # noqa: S104 — recognised, not bound
NOWHERE = (
    "there is no address under which a browser may send anything: pages are shown and every button is refused. Set "
    "PUBLIC_URL, the origin that people open (a proxy does HTTPS); or TLS_PORT, for HTTPS on this machine's own "
    "addresses; or HOST, an address that others reach: plain HTTP on 127.0.0.1 is for a proxy, or for DEMO=1"
)
log = logging.getLogger(__name__)


def public_origin(settings: ServingSettings, addresses: Sequence[str] | None = None) -> str:
    """The origin in QR codes: PUBLIC_URL, else HTTPS on the LAN, else http://localhost:PORT.

    `addresses` are the machine's own, best first; by default they are looked up.
    """
    if settings.public_url:
        return settings.public_url
    lan = https_origins(settings, addresses)
    return lan[0] if lan else origin("http", "localhost", settings.port)


def https_origins(settings: ServingSettings, addresses: Sequence[str] | None = None) -> list[str]:
    """HTTPS on every LAN address, best first; empty when TLS_PORT is 0 or there is no such address."""
    if not settings.tls_port:
        return []
    return [origin("https", address, settings.tls_port) for address in _known(addresses)]


def served_origins(settings: ServingSettings, addresses: Sequence[str] | None = None) -> list[str]:
    """Every origin from which a browser may send a change, each once.

    `http://localhost` is one in the demo alone: on the visitor's machine it is whatever runs there, not this server.
    `https://localhost` stands beside TLS_PORT, for the machine itself: nobody else has a certificate for it.
    """
    public = [settings.public_url] if settings.public_url else []
    plain = [origin("http", host, settings.port) for host in _plain_hosts(settings, addresses)]
    local = [origin("https", host, settings.tls_port) for host in LOCAL if settings.tls_port]
    return list(dict.fromkeys([*public, *plain, *local, *https_origins(settings, addresses)]))


def warn_unreachable(settings: ServingSettings) -> None:
    """Log which setting is missing when no origin could send a change."""
    if not served_origins(settings):
        log.warning(NOWHERE)


def origin(scheme: str, host: str, port: int) -> str:
    """`scheme://host[:port]` as browsers write it: no default port, IPv6 in brackets."""
    name = f"[{host}]" if ":" in host else host
    return f"{scheme}://{name}" if port == DEFAULT_PORTS[scheme] else f"{scheme}://{name}:{port}"


def _plain_hosts(settings: ServingSettings, addresses: Sequence[str] | None) -> list[str]:
    here = LOCAL if settings.demo else ()
    if settings.host in EVERY_ADDRESS:
        return [*here, *_known(addresses)]
    return [*here, *([] if _is_loopback(settings.host) and not settings.demo else [settings.host])]


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost" or host.lower().endswith(".localhost")


def _known(addresses: Sequence[str] | None) -> Sequence[str]:
    return lan_addresses() if addresses is None else addresses
