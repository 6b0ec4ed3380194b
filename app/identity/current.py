"""Who is asking in this request: the login, the candidate, the member of staff."""

from __future__ import annotations

import time
from typing import Protocol, cast
from weakref import WeakKeyDictionary

from flask import current_app, g, request, session

from app.base.audit import record, recorded_lately
from app.base.database import Database
from app.base.errors import N_, Refused
from app.base.unavailable import Unavailable
from app.http.current import now
from app.http.provided import database, provided
from app.identity.actions import is_stale, keep_alive
from app.identity.actor_rules import Actor, StaffRole
from app.identity.model import Candidate, Login, Staff
from app.identity.queries import live_login

POLL = "X-Poll"
AT_ONCE = 0.3  # seconds
REST = 30.0  # seconds without a try after one that failed: an import may hold the database for long
_resting: WeakKeyDictionary[Database, float] = WeakKeyDictionary()


class IdentitySettings(Protocol):
    """The settings that this slice reads."""

    @property
    def idle_minutes(self) -> int:
        """After so long without activity a login ends."""
        ...


def find_login() -> Login | None:
    """The login that the session's cookie opens; looked up once a request. Reading it keeps nothing alive."""
    if "login" not in g:
        g.login = None
        if secret_of_login := session.get("login"):
            with database().reading() as db:
                g.login = live_login(db, secret_of_login, now(), provided(IdentitySettings).idle_minutes)
    return cast("Login | None", g.login)


def touch_login() -> None:
    """What a person does keeps their login alive; what a waiting page asks by itself (X-Poll) does not.

    A page that only shows something neither fails nor waits for long because this cannot be written.
    """
    login = find_login()
    rests = time.monotonic() < _resting.get(database(), 0)
    if login and not rests and POLL not in request.headers and is_stale(login, now()):
        try:
            with database().writing(AT_ONCE) as db:
                keep_alive(db, login.id, now())
        except Unavailable as error:
            _resting[database()] = time.monotonic() + REST
            current_app.logger.warning("a login was not kept alive: %s", error)


def login() -> Login:
    """The login of this request; Refused 401 when there is none."""
    found = find_login()
    if found is None:
        raise Refused("login", N_("登录已结束。请重新登录，您的进度都还在。"), 401)
    return found


def candidate() -> Candidate:
    """The candidate of this request; staff are refused."""
    person = login().person
    if not isinstance(person, Candidate):
        raise Refused("not_yours", N_("这个页面只供考生使用。请用考生账号登录。"), 403)
    return person


def candidate_actor() -> Actor:
    """How the candidate of this request stands in the audit."""
    return Actor.candidate(candidate().id)


def staff(role: StaffRole) -> Staff:
    """The staff member of this request, who must have this role."""
    person = login().person
    if not isinstance(person, Staff) or person.role != role:
        raise Refused("not_yours", N_("您的账号不能使用这个页面。请用有权限的账号登录。"), 403)
    return person


def record_own_look(application_id: int, action: str, detail: str = "", actor: Actor | None = None) -> None:
    """A candidate, or the `actor` that acts for one, has looked at something of their own: a row, unless the same look
    has one of the last hour."""
    look = (application_id, str(actor or candidate_actor()), action, now(), detail)
    with database().reading() as db:
        if recorded_lately(db, *look):
            return
    with database().writing() as db:
        if not recorded_lately(db, *look):
            record(db, *look)
