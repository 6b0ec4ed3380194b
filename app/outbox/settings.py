"""The settings that this slice reads."""

from __future__ import annotations

from typing import Protocol


class OutboxSettings(Protocol):
    """Where notices go, and under which key."""

    @property
    def webhook_url(self) -> str:
        """The parent system's address; empty when it is not told anything."""
        ...

    @property
    def webhook_keys(self) -> dict[str, bytes]:
        """The key that signs, by its id."""
        ...

    @property
    def mail_url(self) -> str:
        """The mail server; empty when there is none."""
        ...

    @property
    def mail_from(self) -> str:
        """Who mails come from."""
        ...

    @property
    def mail_to(self) -> str:
        """The operator's addresses, with commas."""
        ...

    @property
    def public_url(self) -> str:
        """The origin that people open."""
        ...
