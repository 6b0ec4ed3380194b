"""Passes prompts and WebRTC signals between a phone that frames and the PC beside it; keeps and logs none of them.

The second kind of message on our sockets, beside the bell: docs/decisions/relay.md.
"""

from __future__ import annotations

import logging

from flask import request
from flask_socketio import SocketIO, join_room
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.application.queries import application_of
from app.application.status_row_rules import Subject
from app.base.bells import DESK, PHONE
from app.base.errors import Refused
from app.base.limits import RateLimits
from app.base.tokens import digest
from app.http.current import now, phone_cookie
from app.http.provided import database, provided
from app.identity.current import find_login
from app.pairing.actions import event
from app.pairing.claim_actions import held_pairing
from app.pairing.model import Pairing, PairingEvent
from app.pairing.queries import live_pairing, open_keys
from app.pairing.rules import EventCode, State
from app.phone.relay_rules import FROM_DESK, FROM_PHONE, PROMPTS_RULE, SIGNALS_RULE, is_prompt, is_signal

log = logging.getLogger(__name__)


class Relay:
    """Between the two sides of a pairing that is claimed and lives, each of which is asked for anew at every message.

    What may not be said is dropped: a page goes on without it.
    """

    def __init__(self, socketio: SocketIO) -> None:
        self._socketio = socketio
        self._watching: dict[str, int] = {}

    def attach(self) -> None:
        """Listen on both namespaces."""
        self._socketio.on_event("prompt", self.prompt, namespace=PHONE)
        self._socketio.on_event("signal", self.phone_signals, namespace=PHONE)
        self._socketio.on_event("signal", self.desk_signals, namespace=DESK)

    def prompt(self, key: str) -> None:
        """The phone's prompt, by its key, for the PC to show; empty when nothing is asked any more."""
        with database().reading() as db:
            pairing = _of_this_phone(db)
        if pairing and is_prompt(key) and provided(RateLimits).take(PROMPTS_RULE, "prompt", str(pairing.id)):
            self._tell_desks(pairing.id, "prompt", key)

    def phone_signals(self, kind: str, to: str = "", text: str = "") -> None:
        """`here`, `offer` to the page that watches, `bye`."""
        if not is_signal(FROM_PHONE, kind, text):
            return
        with database().reading() as db:
            pairing = _of_this_phone(db)
        if pairing is None or not _may_signal(pairing, "phone"):
            return
        if kind != "offer":
            self._tell_desks(pairing.id, "signal", (kind, ""))
        elif self._watching.get(to) == pairing.id:
            _record(pairing.id)
            self._socketio.emit("signal", (kind, text), to=to, namespace=DESK)

    def desk_signals(self, kind: str, text: str = "") -> None:
        """`watch` (with `picture` where the page can show one), `answer`, `bye`. The phone hears from which page."""
        if not is_signal(FROM_DESK, kind, text):
            return
        with database().reading() as db:
            pairing = _of_this_desk(db)
            keys = open_keys(db, pairing.id) if pairing else []
        if pairing is None or not _may_signal(pairing, "desk"):
            return
        sid = str(request.sid)  # type: ignore[attr-defined]
        if kind == "watch":
            self._watching[sid] = pairing.id
            join_room(_watchers(pairing.id), namespace=DESK)
        for key in keys:
            self._socketio.emit("signal", (kind, sid, text), to=_room_of(key), namespace=PHONE)

    def phone_came(self) -> None:
        """This socket's phone: signals find it by its cookie, as long as that opens the pairing."""
        join_room(_room_of(digest(phone_cookie())), namespace=PHONE)

    def desk_left(self, sid: str) -> None:
        """This page of a desktop is gone."""
        self._watching.pop(sid, None)

    def phone_left(self, pairing_id: int) -> None:
        """The phone is gone: nothing is asked any more."""
        self._tell_desks(pairing_id, "prompt", "")

    def _tell_desks(self, pairing_id: int, name: str, what: str | tuple[str, ...]) -> None:
        self._socketio.emit(name, what, to=_watchers(pairing_id), namespace=DESK)


def _of_this_phone(db: Session) -> Pairing | None:
    """The living pairing of this socket's phone, for a portrait."""
    try:
        return _framing(held_pairing(db, phone_cookie(), now()))
    except Refused:
        return None


def _of_this_desk(db: Session) -> Pairing | None:
    """The living pairing of this socket's candidate, whose login lives too."""
    login = find_login()
    application = application_of(db, login.candidate.id) if login and login.candidate else None
    pairing = live_pairing(db, application.id) if application else None
    return _framing(pairing) if pairing and pairing.ended(now()) is None else None


def _framing(pairing: Pairing) -> Pairing | None:
    return pairing if pairing.state != State.ISSUED and pairing.subject == Subject.PORTRAIT else None


def _may_signal(pairing: Pairing, side: str) -> bool:
    return provided(RateLimits).take(SIGNALS_RULE, "signal", side, str(pairing.id))


def _record(pairing_id: int) -> None:
    """For support, once: the person has let the picture be shown. It is shown too where that cannot be written now."""
    try:
        with database().writing() as db:
            shown = select(PairingEvent.id).where(PairingEvent.pairing_id == pairing_id)
            pairing = db.get(Pairing, pairing_id)
            if pairing and db.scalar(shown.where(PairingEvent.code == EventCode.PICTURE_SHOWN).limit(1)) is None:
                event(db, pairing, EventCode.PICTURE_SHOWN, now())
    except Exception as error:
        log.warning("that a picture is shown was not written down: %s", type(error).__name__)


def _watchers(pairing_id: int) -> str:
    return f"watchers:{pairing_id}"


def _room_of(secret_hash: str) -> str:
    return f"key:{secret_hash}"
