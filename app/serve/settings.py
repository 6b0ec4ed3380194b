"""The settings that the servers read."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class ServingSettings(Protocol):
    """Where to listen, and under which addresses people come."""

    @property
    def host(self) -> str:
        """Address that plain HTTP listens on."""
        ...

    @property
    def port(self) -> int:
        """Port of plain HTTP."""
        ...

    @property
    def metrics_address(self) -> str:
        """Address and port of the figures; empty: none."""
        ...

    @property
    def tls_port(self) -> int:
        """Port of HTTPS on all addresses; 0: none."""
        ...

    @property
    def public_url(self) -> str:
        """Origin that QR codes carry; empty: one of this machine."""
        ...

    @property
    def data_dir(self) -> Path:
        """Folder of the certificate."""
        ...

    @property
    def async_mode(self) -> str:
        """eventlet or threading."""
        ...

    @property
    def demo(self) -> bool:
        """Whether this is the demo."""
        ...

    @property
    def log_file(self) -> Path | None:
        """Where the log of requests goes; None: to stderr."""
        ...
