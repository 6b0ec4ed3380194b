"""Who asks in this request: whoever has signed it, not whose cookie comes along."""

from __future__ import annotations

from typing import Protocol

from flask import request

from app.http.current import now
from app.http.provided import provided
from app.parent.rules import (
    LAUNCH_LIFE,
    REQUEST_ID,
    REQUEST_LIFE,
    Launch,
    Rejected,
    Why,
    check,
    read_launch,
    read_signature,
    request_message,
)


class ParentSettings(Protocol):
    """The settings that this slice reads."""

    @property
    def launch_keys(self) -> dict[str, bytes]:
        """The parent system's keys by their ids; any of them is good. Empty: nobody may send anybody."""
        ...


def launch_sent() -> Launch:
    """The launch that this form carries. Raises Rejected."""
    launch = read_launch(request.form)
    check(launch.signature, launch.message, provided(ParentSettings).launch_keys, now(), LAUNCH_LIFE)
    return launch


def sender(request_id: str, body: bytes) -> str:
    """The id of the key that has signed this request. Raises Rejected."""
    if not REQUEST_ID.fullmatch(request_id):
        raise Rejected(Why.MALFORMED, detail="Zhengzhao-Request")
    signature = read_signature(request.headers.get("Zhengzhao-Signature", ""))
    message = request_message(signature, request.method, request.path, request_id, body)
    check(signature, message, provided(ParentSettings).launch_keys, now(), REQUEST_LIFE)
    return signature.key_id
