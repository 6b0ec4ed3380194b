"""The origins this server answers under: which one a QR code carries, and which ones a browser may name."""

from __future__ import annotations

from collections.abc import Sequence

from app.config import Settings
from app.serve.addresses import lan_addresses

DEFAULT_PORTS = {"http": 80, "https": 443}
EVERY_ADDRESS = ("", "0.0.0.0", "::")  # noqa: S104 — recognised, not bound


def public_origin(settings: Settings, addresses: Sequence[str] | None = None) -> str:
    """The origin in QR codes: PUBLIC_URL, else HTTPS on the LAN, else http://localhost:PORT.

    `addresses` are the machine's own, best first; asked of the machine when not given.
    """
    if settings.public_url:
        return settings.public_url
    lan = https_origins(settings, addresses)
    return lan[0] if lan else origin("http", "localhost", settings.port)


def https_origins(settings: Settings, addresses: Sequence[str] | None = None) -> list[str]:
    """HTTPS on every LAN address, best first; empty when TLS_PORT is 0 or the machine stands alone."""
    if not settings.tls_port:
        return []
    return [origin("https", address, settings.tls_port) for address in _known(addresses)]


def served_origins(settings: Settings, addresses: Sequence[str] | None = None) -> list[str]:
    """Every origin under which a browser may reach this server, each once."""
    plain = [origin("http", host, settings.port) for host in _plain_hosts(settings, addresses)]
    local = [origin("https", host, settings.tls_port) for host in ("localhost", "127.0.0.1") if settings.tls_port]
    public = [settings.public_url] if settings.public_url else []
    return list(dict.fromkeys([*public, *plain, *local, *https_origins(settings, addresses)]))


def origin(scheme: str, host: str, port: int) -> str:
    """`scheme://host[:port]` as browsers write it: no default port, IPv6 in brackets."""
    name = f"[{host}]" if ":" in host else host
    return f"{scheme}://{name}" if port == DEFAULT_PORTS[scheme] else f"{scheme}://{name}:{port}"


def _plain_hosts(settings: Settings, addresses: Sequence[str] | None) -> list[str]:
    here = ["localhost", "127.0.0.1"]
    return [*here, *_known(addresses)] if settings.host in EVERY_ADDRESS else [*here, settings.host]


def _known(addresses: Sequence[str] | None) -> Sequence[str]:
    return lan_addresses() if addresses is None else addresses
