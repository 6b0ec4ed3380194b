"""The settings that this slice reads."""

from __future__ import annotations

from typing import Protocol


class PairingSettings(Protocol):
    """How long codes and permissions live, and how many there may be."""

    @property
    def token_seconds(self) -> int:
        """Life of a QR code."""
        ...

    @property
    def rotate_seconds(self) -> int:
        """Age at which the shown QR code changes by itself."""
        ...

    @property
    def permission_minutes(self) -> int:
        """How long a phone that has claimed may send."""
        ...

    @property
    def pairings_per_10_minutes(self) -> int:
        """New pairings a candidate may ask for."""
        ...
