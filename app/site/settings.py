"""The settings that this slice reads."""

from __future__ import annotations

from typing import Protocol


class SiteSettings(Protocol):
    """What pages say about the service."""

    @property
    def support_contact(self) -> str:
        """How people reach support; empty when it is not set."""
        ...

    @property
    def review_days(self) -> int:
        """Working days that a review usually takes."""
        ...

    @property
    def draft_days(self) -> int:
        """Unfinished pictures are deleted after this."""
        ...

    @property
    def document_days(self) -> int:
        """ID pictures and rejected portraits are deleted so long after the decision."""
        ...
