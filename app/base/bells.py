"""The bell: tells open pages that something has changed, so that they fetch it; it carries no facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

DESK = "/desk"
PHONE = "/phone"


class Emitter(Protocol):
    """Socket.IO, as far as a bell needs it."""

    def emit(self, event: str, message: Mapping[str, int], *, to: str, namespace: str) -> None:
        """Send `message` to everybody in the room `to`."""
        ...


class SocketBell:
    """A bell over Socket.IO. Delivery is at most once; pages also fetch at intervals."""

    def __init__(self, socketio: Emitter) -> None:
        self._socketio = socketio

    def ring(self, application_id: int, version: int) -> None:
        """Ring for one application."""
        for namespace in (DESK, PHONE):
            self._socketio.emit("bell", {"version": version}, to=room(application_id), namespace=namespace)


def room(application_id: int) -> str:
    """The room of all pages, desktops and phone, that show one application."""
    return f"application:{application_id}"
