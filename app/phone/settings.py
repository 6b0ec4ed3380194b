"""The settings that this slice reads."""

from __future__ import annotations

from typing import Protocol


class PhoneSettings(Protocol):
    """How much a phone may send and for how long, and how many may listen."""

    @property
    def async_mode(self) -> str:
        """How the server runs: eventlet or threading."""
        ...

    @property
    def permission_minutes(self) -> int:
        """How long a phone that has claimed may send."""
        ...

    @property
    def transfer_minutes(self) -> int:
        """Life of a link that moves to another browser."""
        ...

    @property
    def uploads_per_pairing(self) -> int:
        """Pictures one phone may send."""
        ...

    @property
    def uploads_per_day(self) -> int:
        """Pictures one application may send in a day."""
        ...

    @property
    def sockets_per_login(self) -> int:
        """Open sockets of one login or pairing."""
        ...

    @property
    def max_sockets(self) -> int:
        """Open sockets of this process."""
        ...
