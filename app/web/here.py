"""Who is asking, in this request."""

from __future__ import annotations

import re
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network
from typing import cast

from flask import Response, current_app, g, request, session

from app.base.errors import N_, Refused
from app.base.tokens import secret
from app.base.unavailable import Unavailable
from app.identity.actions import is_stale, keep_alive
from app.identity.model import Candidate, Login, Staff
from app.identity.queries import live_login
from app.parts import Parts

POLL = "X-Poll"
AT_ONCE = 0.3  # seconds
OUR_PATH = re.compile(r"/(?![/\\])[^\\\s\x00-\x1f]*")


def parts() -> Parts:
    """The parts this application was made of."""
    return cast(Parts, current_app.extensions["parts"])


def now() -> datetime:
    """This moment."""
    return parts().clock.now()


def find_login() -> Login | None:
    """The login that the session's cookie opens; looked up once a request. Reading it keeps nothing alive."""
    if "login" not in g:
        g.login = None
        if secret_of_login := session.get("login"):
            with parts().db.reading() as db:
                g.login = live_login(db, secret_of_login, now(), parts().settings.idle_minutes)
    return cast("Login | None", g.login)


def touch_login() -> None:
    """What a person does keeps their login alive; what a waiting page asks by itself (X-Poll) does not.

    A page that only shows something neither fails nor waits for long because this cannot be written.
    """
    login = find_login()
    if login and POLL not in request.headers and is_stale(login, now()):
        try:
            with parts().db.writing(AT_ONCE) as db:
                keep_alive(db, login.id, now())
        except Unavailable as error:
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


def candidate_actor() -> str:
    """How the candidate of this request stands in the audit."""
    return f"candidate:{candidate().id}"


def staff(role: str) -> Staff:
    """The staff member of this request, who must have this role."""
    person = login().person
    if not isinstance(person, Staff) or person.role != role:
        raise Refused("not_yours", N_("您的账号不能使用这个页面。请用有权限的账号登录。"), 403)
    return person


def network() -> str:
    """From where: the address, or the /64 of an IPv6 address, of which one household has all."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return request.remote_addr or ""
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, 64), strict=False))
    return str(address)


def came_from() -> str:
    """The page of ours on which this request was made; `/` when the browser does not say."""
    before, ours = (request.referrer or "").partition("#")[0], request.host_url
    return safe_next("/" + before.removeprefix(ours) if before.startswith(ours) else None, "/")


def safe_next(wanted: str | None, otherwise: str) -> str:
    """A path of ours to go on to; anything that a browser could take for another host is dropped."""
    return wanted if wanted and OUR_PATH.fullmatch(wanted) else otherwise


def csrf() -> str:
    """This session's token for forms: the same all session long, so that a panel that did not change stays the same."""
    return cast(str, session.setdefault("csrf", secret()))


def fresh_session() -> None:
    """Begin a new session; only the language goes on."""
    chosen = session.get("language")
    session.clear()
    if chosen:
        session["language"] = chosen


def is_phones() -> bool:
    """Whether this request is for the phone's page or one of its calls."""
    return request.path == "/m" or request.path.startswith("/m/")


def language() -> str:
    """zh, unless the person switched to en. A phone takes its desktop's; before it has one, the browser's."""
    if is_phones():
        return cast(str, g.get("language") or request.accept_languages.best_match(["zh", "en"], "zh"))
    return cast(str, session.get("language") or "zh")


def phone_cookie_name() -> str:
    """Over HTTPS the prefix binds the cookie to this host and to secure connections."""
    return "__Host-phone" if request.is_secure else "phone"


def phone_cookie() -> str:
    """The secret of the pairing that this browser holds as a phone, or an empty string."""
    return request.cookies.get(phone_cookie_name(), "")


def set_phone_cookie(response: Response, value: str) -> Response:
    """Give the browser its pairing."""
    response.set_cookie(
        phone_cookie_name(), value, httponly=True, samesite="Strict", secure=request.is_secure, path="/"
    )
    return response
