"""Sockets: who may listen to which bell, and whether a phone is there; what is passed on, is `relay`'s."""

from __future__ import annotations

import logging

from flask import Flask, request
from flask_socketio import SocketIO, disconnect, join_room
from sqlalchemy import update

from app.application.queries import application_of
from app.base.bells import DESK, PHONE, SocketBell, room
from app.base.database import Database, Info
from app.base.errors import Refused
from app.base.json_values import JsonObject
from app.http.admission import Admission
from app.http.current import now, phone_cookie
from app.http.provided import database
from app.http.seats import Seats
from app.identity.actor_rules import Actor
from app.identity.current import find_login
from app.pairing.actions import presence
from app.pairing.claim_actions import held_pairing
from app.pairing.model import Pairing
from app.phone.relay import Relay
from app.phone.settings import PhoneSettings

FRAME_BYTES = 16_384
log = logging.getLogger(__name__)
# What peers can make Engine.IO log has no end; what fails on our side is logged by Admission.
QUIET = logging.getLogger("zhengzhao.engine")
QUIET.setLevel(logging.CRITICAL)


def install(app: Flask, db: Database, settings: PhoneSettings, origins: list[str]) -> Admission:
    """Attach Socket.IO to the application, and the bell to the database's commits; who is let in is counted."""
    socketio = SocketIO(
        app,
        async_mode=settings.async_mode,
        cors_allowed_origins=origins,
        max_http_buffer_size=FRAME_BYTES,
        ping_interval=15,
        ping_timeout=10,
        manage_session=False,
        async_handlers=False,  # what a phone says is passed on in its order
        namespaces=[DESK, PHONE],
        engineio_logger=QUIET,
    )
    bell = SocketBell(socketio)

    def ring(info: Info) -> None:
        for application_id, version in info.get("bells", {}).items():
            bell.ring(application_id, version)

    db.after_commit.append(ring)
    relay = Relay(socketio)
    relay.attach()
    Listeners(settings.sockets_per_login, relay).attach(socketio)
    most, per_owner = settings.max_sockets, 2 * settings.sockets_per_login
    admission = Admission(app, socketio.server.eio, most, per_owner, owner_of_socket)
    app.wsgi_app = admission  # type: ignore[method-assign]
    return admission


def nobody_is_online(database: Database) -> None:
    """At the start no phone is connected, whatever the rows of an earlier run say."""
    with database.writing() as db:
        db.execute(update(Pairing).where(Pairing.online).values(online=False))


def owner_of_socket() -> str:
    """The candidate's login or the phone's pairing that this browser holds; empty when it is a stranger's."""
    login = find_login()
    if login and login.candidate:
        return str(Actor.login(login.id))
    with database().reading() as db:
        try:
            return str(Actor.pairing(held_pairing(db, phone_cookie(), now()).id))
        except Refused:
            return ""


class Listeners:
    """Lets pages in, puts them in their room, and notices when a phone comes or goes."""

    def __init__(self, sockets_per_owner: int, relay: Relay) -> None:
        self._seats, self._relay = Seats(), relay
        self._most = sockets_per_owner

    def attach(self, socketio: SocketIO) -> None:
        """Listen on both namespaces."""
        socketio.on_event("connect", self.desk_comes, namespace=DESK)
        socketio.on_event("connect", self.phone_comes, namespace=PHONE)
        socketio.on_event("disconnect", self.desk_goes, namespace=DESK)
        socketio.on_event("disconnect", self.phone_goes, namespace=PHONE)

    def desk_comes(self, _auth: JsonObject | None = None) -> bool:
        """A candidate's page: it hears of their application, once there is one."""
        login = find_login()
        if login is None or login.candidate is None:
            return False
        self._seat(Actor.login(login.id), DESK)
        with self._seats.given_back_on_failure(_sid()):
            with database().reading() as db:
                application = application_of(db, login.candidate.id)
            if application:
                join_room(room(application.id), namespace=DESK)
        return True

    def phone_comes(self, _auth: JsonObject | None = None) -> bool:
        """A phone that holds a pairing."""
        try:
            with database().reading() as db:
                pairing = held_pairing(db, phone_cookie(), now())
        except Refused:
            return False
        self._seat(Actor.pairing(pairing.id), PHONE)
        with self._seats.given_back_on_failure(_sid()):
            join_room(room(pairing.application_id), namespace=PHONE)
            self._relay.phone_came()
        _present(pairing.id, True)
        return True

    def _seat(self, owner: Actor, namespace: str) -> None:
        """A seat for who comes; the owner's oldest page, which looks at intervals too, loses its own for it."""
        if oldest := self._seats.take(_sid(), str(owner), self._most):
            disconnect(oldest, namespace)

    def desk_goes(self, _reason: str | None = None) -> None:
        """A desktop page is gone; nothing follows from it."""
        self._seats.leave(_sid())
        self._relay.desk_left(_sid())

    def phone_goes(self, _reason: str | None = None) -> None:
        """The last page of a phone is gone: it is offline."""
        owner, left = self._seats.leave(_sid())
        actor = Actor.read(owner) if owner and not left else None
        if actor and actor.id:
            self._relay.phone_left(actor.id)
            _present(actor.id, False)


def _sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]


def _present(pairing_id: int, online: bool) -> None:
    """Told to the desktop; the phone hears its bell even where that cannot be written down now."""
    try:
        with database().writing() as db:
            presence(db, pairing_id, online, now())
    except Exception as error:
        log.warning("whether a phone is there was not written down: %s", type(error).__name__)
