"""What may be asked at all: every change needs its origin and its token, and a phone may only do its few things."""

from __future__ import annotations

import secrets

from flask import Flask, g, request, session
from werkzeug.wrappers import Response

from app.accounts.current import before_anything_else
from app.base.errors import N_, Refused
from app.http.current import csrf, is_phones, now, phone_cookie
from app.http.provided import database, provided
from app.http.slices import Slices, View, asked_view
from app.identity.current import find_login, login, touch_login
from app.pairing.claim_actions import held_pairing
from app.site.views import log_out

SAFE = ("GET", "HEAD", "OPTIONS")
PHONE_HEADER = ("X-Zhengzhao", "phone")
NEEDS_NO_LOGIN = (None, log_out)  # no such address; who leaves may have been let go already
BAD_ORIGIN = N_("请求不是从本系统的页面发出的。请从浏览器打开本系统的页面后再试。")
BAD_FORM = N_("页面已过期，刚才的操作未完成。请重新打开页面，再试一次。")


def install(app: Flask, origins: list[str]) -> None:
    """Run the guard before every request: who asks and from where, before anything reads what they sent.

    What slices have opened anybody may see, whoever they are; `/m` and below belongs to phones.
    """
    allowed = frozenset(origins)

    @app.before_request
    def guard() -> Response | None:
        changes = request.method not in SAFE and not _is_signed()
        if changes:
            _check_origin(allowed)
        if not is_phones():
            return _check_login(asked_view(), changes)
        if changes:
            _check_phone_header()
        return None


def _check_login(asked: View | None, changes: bool) -> Response | None:
    """Whether this browser may ask for this view; the way to what its person has to do before anything else."""
    is_open = provided(Slices).is_open(asked)
    if not is_open:
        _keep_phones_out()
        if changes and asked not in NEEDS_NO_LOGIN:
            login()
    if changes:
        _check_form()
    if is_open:
        return None
    touch_login()
    return None if asked in NEEDS_NO_LOGIN else before_anything_else(asked)


def _is_signed() -> bool:
    """Whether it comes from elsewhere, with a signature that its view checks: what browsers say of it tells nothing."""
    g.foreign = provided(Slices).is_signed(asked_view())
    return bool(g.foreign)


def _check_origin(allowed: frozenset[str]) -> None:
    if request.headers.get("Origin") not in allowed:
        g.foreign = True
        raise Refused("origin", BAD_ORIGIN, 403)


def _check_phone_header() -> None:
    name, value = PHONE_HEADER
    if request.headers.get(name) != value:
        raise Refused("origin", BAD_ORIGIN, 403)


def _check_form() -> None:
    given = request.headers.get("X-CSRF") or request.form.get("csrf", "")
    if "csrf" not in session or not secrets.compare_digest(given.encode(), csrf().encode()):
        raise Refused("form", BAD_FORM, 403)


def _keep_phones_out() -> None:
    """A browser that is only somebody's phone may not open anything else; who logs in on it may."""
    if g.get("phone_checked") or find_login() is not None or not phone_cookie():
        return
    with database().reading() as db:
        try:
            held_pairing(db, phone_cookie(), now())
        except Refused:
            return
    raise Refused("phone_only", N_("这部手机只用来拍照。要办理其他事项，请先登录。"), 403)
