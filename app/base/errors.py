"""Refusals: a request cannot be fulfilled, and the text tells the person what to do next."""

from __future__ import annotations


def N_(text: str) -> str:
    """Mark a text for translation without translating it yet."""
    return text


Fact = str | int  # what fills a place in a text


class Refused(Exception):
    """A request that is refused, with a text for the person who made it.

    `code` is stable and for programs; `text` is Chinese, marked with `N_`, translated where it is shown, and may hold
    `%(name)s` places that `facts` fill; `status` is the HTTP status; `retry_after` is in seconds.
    """

    def __init__(self, code: str, text: str, status: int = 409, retry_after: int | None = None, **facts: Fact) -> None:
        super().__init__(code)
        self.code = code
        self.text = text
        self.status = status
        self.retry_after = retry_after
        self.facts = facts
