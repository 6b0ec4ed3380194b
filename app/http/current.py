"""What is known of this request, whoever asks: time, network, language, the token of forms, the cookie of phones."""

from __future__ import annotations

import re
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Protocol, cast

from flask import Response, g, request, session

from app.base.clock import Clock
from app.base.tokens import secret
from app.http.provided import provided

LANGUAGES = ("zh", "en")
OUR_PATH = re.compile(r"/(?![/\\])[^\\\s\x00-\x1f]*")


class PublicOrigin(Protocol):
    """Tells the origin that people open, such as https://zz.example.cn: it stands in QR codes."""

    def __call__(self) -> str: ...


def now() -> datetime:
    """This moment."""
    return provided(Clock).now()


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
    """zh, unless the person switched to en. A phone takes its own choice, else its desktop's, else the browser's."""
    if is_phones():
        chosen = request.headers.get("X-Language")
        if chosen in LANGUAGES:
            return chosen
        return cast(str, g.get("language") or request.accept_languages.best_match(LANGUAGES, "zh"))
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
