"""Who may open a socket, and how much may be said on it: decided at Engine.IO's handshake, before anything is kept.

A page says on a socket that it comes to one of our namespaces and that it goes; a phone also says prompts, and both say
signals, a few words each (app.phone.relay).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIEnvironment

from engineio import Server
from engineio.exceptions import SocketIsClosedError
from engineio.packet import Packet
from engineio.socket import Socket
from flask import Flask

from app.base.budget import Budget
from app.http.seats import Seats

log = logging.getLogger(__name__)
PATH = "/socket.io/"
COMES_OR_GOES = r"[01]/(?:desk|phone),(?:\{.{0,200}\})?"
TEXT = r'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+"'  # in JSON; a frame has 16 KB
PROMPT = r'2/phone,\["prompt","[\w.-]{0,60}"\]'
SIGNAL = rf'2/(?:phone,\["signal","[a-z]{{1,8}}"(?:,{TEXT}){{0,2}}|desk,\["signal","[a-z]{{1,8}}"(?:,{TEXT})?)\]'
WORDS = re.compile(f"(?:{COMES_OR_GOES}|{PROMPT}|{SIGNAL})", re.ASCII)
PACKETS, PACKETS_PER_SECOND = 30, 2  # ours send two when they come, one every 15 s, and at most one prompt a second
PARAMETERS = 8
TICKET = "zhengzhao.ticket"
HANG_UP = "zhengzhao.hang_up"  # see app.serve.metered


@dataclass
class Ticket:
    """A handshake that was let in: for whom, and the socket that came of it."""

    owner: str
    sid: str = ""


class Admission:
    """Stands before Engine.IO as a WSGI application, and at its socket's events.

    `most` sockets in all, `per_owner` of one owner, whether or not they have said where they belong: the owner's oldest
    gives way to one that is too many. `owner` tells, within the request of a handshake, whose it is: a name that stays
    the same, or an empty string for a stranger.
    """

    def __init__(self, app: Flask, engine: Server, most: int, per_owner: int, owner: Callable[[], str]) -> None:
        self._app, self._inner, self._engine, self._owner = app, app.wsgi_app, engine, owner
        self._most, self._per_owner, self._seats = most, per_owner, Seats()
        self._connected, self._said, self._left = (engine.handlers[e] for e in ("connect", "message", "disconnect"))
        engine.on("connect", self.comes)
        engine.on("message", self.says)
        engine.on("disconnect", self.goes)

    def __len__(self) -> int:
        """How many sockets are open."""
        return len(self._seats)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Strangers get 401, 503 while there is no room, 400 for what is no request of Engine.IO's."""
        if not environ.get("PATH_INFO", "").startswith(PATH):
            return self._inner(environ, start_response)
        try:
            named = parse_qs(environ.get("QUERY_STRING", ""), max_num_fields=PARAMETERS).get("sid", [])
        except ValueError:
            return _no(start_response, "400 Bad Request")
        if len(named) > 1:
            return _no(start_response, "400 Bad Request")
        if not named and (refusal := self._refusal(environ)):
            return _no(start_response, refusal)
        for sid in named:
            environ[TICKET] = Ticket("", sid)
            self._remember(environ, sid)
        return self._talk(environ, start_response)

    def comes(self, sid: str, environ: WSGIEnvironment) -> bool | None:
        """A handshake with a ticket takes a seat, and the socket its budget."""
        ticket = environ.get(TICKET)
        if ticket is None or not ticket.owner:
            return False
        if oldest := self._seats.take(sid, ticket.owner, self._per_owner):
            self._end(oldest, "its owner has opened many others")
        with self._seats.given_back_on_failure(sid):
            ticket.sid = sid
            self._remember(environ, sid)
            socket = self._engine.sockets[sid]
            socket.receive = self._metered(socket, socket.receive)
            answer: bool | None = self._connected(sid, environ)
            return answer

    def says(self, sid: str, data: str | bytes) -> None:
        """One of our few words goes on to Socket.IO; anything else ends the socket."""
        if not (isinstance(data, str) and WORDS.fullmatch(data)):
            return self._end(sid, "it said what no page of ours says")
        try:
            self._said(sid, data)
        except Exception:
            log.exception("a socket could not be heard")
            self._end(sid, "it has to come again")

    def goes(self, sid: str, *reason: str) -> None:
        """The seat is free, whatever else fails."""
        self._seats.leave(sid)
        try:
            self._left(sid, *reason)
        except Exception:
            log.exception("a socket's end could not be told")

    def _refusal(self, environ: WSGIEnvironment) -> str:
        """Why no socket is opened, as an HTTP status; empty when one may be: then the request has a ticket."""
        if len(self._seats) >= self._most:
            return "503 Service Unavailable"
        try:
            with self._app.request_context(environ):
                owner = self._owner()
        except Exception as error:
            log.warning("a socket was not opened: %s", type(error).__name__)
            return "503 Service Unavailable"
        if owner:
            environ[TICKET] = Ticket(owner)
        return "" if owner else "401 Unauthorized"

    def _metered(self, socket: Socket, receive: Callable[[Packet], None]) -> Callable[[Packet], None]:
        budget = Budget(PACKETS, PACKETS_PER_SECOND)

        def take(packet: Packet) -> None:
            self._engine.sleep(0)
            if not socket.closed and not budget.spend():
                self._end(socket.sid, "it sent too many packets")
            if socket.closed:
                raise SocketIsClosedError
            receive(packet)

        return take

    def _remember(self, environ: WSGIEnvironment, sid: str) -> None:
        """How to end the connection on which a socket has come to be a websocket."""
        if HANG_UP in environ and sid in self._engine.sockets:
            self._engine.sockets[sid].hang_up = environ[HANG_UP]

    def _talk(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """What cannot be read ends a websocket; to the server it is a peer who has gone."""
        try:
            return self._inner(environ, start_response)
        except ConnectionError:
            raise
        except Exception as error:
            self._end(environ[TICKET].sid, type(error).__name__)
            raise ConnectionAbortedError from error

    def _end(self, sid: str, why: str) -> None:
        socket = self._engine.sockets.get(sid)
        if socket is not None and not socket.closed:
            log.warning("a socket was closed: %s", why)
            socket.close(wait=False, abort=True)
            self._engine.sockets.pop(sid, None)
            getattr(socket, "hang_up", bool)()


def _no(start_response: StartResponse, status: str) -> Iterable[bytes]:
    waiting = [("Retry-After", "15")] if status.startswith("503") else []
    start_response(status, [*waiting, ("Content-Type", "text/plain"), ("Cache-Control", "no-store")])
    return [status.encode()]
