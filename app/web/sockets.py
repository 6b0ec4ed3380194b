"""Sockets: who may listen to which bell, and whether a phone is there."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Any

from flask import Flask, request
from flask_socketio import SocketIO, join_room
from sqlalchemy import update

from app.base.errors import Refused
from app.base.live import DESK, PHONE, SocketBell, room
from app.graduation.queries import application_of
from app.pairing.actions import presence
from app.pairing.claims import held_pairing
from app.pairing.model import Pairing
from app.parts import Parts
from app.web.here import find_login, now, parts, phone_cookie

FRAME_BYTES = 16_384


class Seats:
    """Which socket belongs to which login or pairing, in this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner: dict[str, str] = {}
        self._count: Counter[str] = Counter()

    def take(self, sid: str, owner: str, most: int) -> bool:
        """Sit down, unless the owner has `most` seats already."""
        with self._lock:
            if self._count[owner] >= most:
                return False
            self._owner[sid] = owner
            self._count[owner] += 1
            return True

    def leave(self, sid: str) -> tuple[str, int]:
        """Stand up; who it was, and how many seats they still have."""
        with self._lock:
            owner = self._owner.pop(sid, "")
            self._count[owner] -= 1
            left = max(0, self._count[owner])
            if not left:
                del self._count[owner]
            return owner, left


def install(app: Flask, made: Parts, origins: list[str]) -> SocketIO:
    """Attach Socket.IO to the application, and the bell to the database's commits."""
    mode = made.settings.async_mode
    socketio = SocketIO(app, async_mode=mode, cors_allowed_origins=origins, max_http_buffer_size=FRAME_BYTES,
                        ping_interval=15, ping_timeout=10, manage_session=False)  # fmt: skip
    bell = SocketBell(socketio)

    def ring(info: dict[Any, Any]) -> None:
        for application_id, version in info.get("bells", {}).items():
            bell.ring(application_id, version)

    made.db.after_commit.append(ring)
    Listeners(made.settings.sockets_per_login).attach(socketio)
    _limit(app, socketio, made.settings.max_sockets)
    return socketio


def nobody_is_online(made: Parts) -> None:
    """At the start no phone is connected, whatever the rows of an earlier run say."""
    with made.db.writing() as db:
        db.execute(update(Pairing).where(Pairing.online).values(online=False))


class Listeners:
    """Lets pages in, puts them in their room, and notices when a phone comes or goes."""

    def __init__(self, sockets_per_owner: int) -> None:
        self._seats = Seats()
        self._most = sockets_per_owner

    def attach(self, socketio: SocketIO) -> None:
        """Listen on both namespaces."""
        socketio.on_event("connect", self.desk_comes, namespace=DESK)
        socketio.on_event("connect", self.phone_comes, namespace=PHONE)
        socketio.on_event("disconnect", self.desk_goes, namespace=DESK)
        socketio.on_event("disconnect", self.phone_goes, namespace=PHONE)

    def desk_comes(self, _auth: object = None) -> bool:
        """A candidate's page: it hears of their application, once there is one."""
        login = find_login()
        if login is None or login.candidate is None or not self._seats.take(_sid(), f"login:{login.id}", self._most):
            return False
        with parts().db.reading() as db:
            application = application_of(db, login.candidate.id)
        if application:
            join_room(room(application.id), namespace=DESK)
        return True

    def phone_comes(self, _auth: object = None) -> bool:
        """A phone that holds a pairing."""
        try:
            with parts().db.reading() as db:
                pairing = held_pairing(db, phone_cookie(), now())
        except Refused:
            return False
        if not self._seats.take(_sid(), f"pairing:{pairing.id}", self._most):
            return False
        join_room(room(pairing.application_id), namespace=PHONE)
        _present(pairing.id, True)
        return True

    def desk_goes(self, _reason: object = None) -> None:
        """A desktop page is gone; nothing follows from it."""
        self._seats.leave(_sid())

    def phone_goes(self, _reason: object = None) -> None:
        """The last page of a phone is gone: it is offline."""
        owner, left = self._seats.leave(_sid())
        if owner and not left:
            _present(int(owner.partition(":")[2]), False)


def _sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]


def _present(pairing_id: int, online: bool) -> None:
    with parts().db.writing() as db:
        presence(db, pairing_id, online, now())


def _limit(app: Flask, socketio: SocketIO, most: int) -> None:
    """New sockets get 503 while there are `most`; everything else goes on."""
    inner = app.wsgi_app

    def admit(environ: Any, start_response: Any) -> Any:
        opens = environ.get("PATH_INFO", "").startswith("/socket.io") and "sid=" not in environ.get("QUERY_STRING", "")
        if opens and len(socketio.server.eio.sockets) >= most:
            start_response("503 Service Unavailable", [("Retry-After", "15"), ("Content-Type", "text/plain")])
            return [b"busy"]
        return inner(environ, start_response)

    app.wsgi_app = admit  # type: ignore[method-assign]
