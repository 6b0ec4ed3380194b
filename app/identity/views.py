"""The login page. The way out takes pairings along, so it stands in `app.web.views`."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from app.base import tokens
from app.base.errors import Refused
from app.identity.actions import check_password, start_login
from app.web.here import find_login, fresh_session, now, parts, safe_next

pages = Blueprint("identity", __name__)

PER_ADDRESS = "200 per 10 minutes"
PER_DEVICE = "10 per 10 minutes"
PER_NAME = "50 per hour"
KNOWN_DEVICE = "device"
A_YEAR = 365 * 86400


@pages.get("/login")
def login_page() -> str | Response:
    """The form; somebody who is logged in goes on."""
    if find_login():
        return redirect(safe_next(request.args.get("next"), "/"))
    return render_template("identity/login.html", name="", next=request.args.get("next", ""))


@pages.post("/login")
def log_in() -> Response:
    """Check the password, begin a new session, go on to where the person wanted to go."""
    name, password = request.form.get("name", "").strip(), request.form.get("password", "")
    try:
        _throttle(name)
        with parts().db.reading() as db:
            person = check_password(db, name, password)
    except Refused as refusal:
        return _form_again(name, refusal)
    with parts().db.writing() as db:
        secret = start_login(db, person, now())
    _begin_session(secret)
    response = redirect(safe_next(request.form.get("next"), url_for("web.home")))
    known = _device_signer().dumps([name, tokens.secret()])
    response.set_cookie(
        KNOWN_DEVICE, str(known), max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure
    )
    return response


def _form_again(name: str, refusal: Refused) -> Response:
    text = _(refusal.text) % refusal.facts if refusal.facts else _(refusal.text)
    page = render_template("identity/login.html", name=name, next=request.form.get("next", ""), error=text)
    waiting = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else {}
    return current_app.make_response((page, refusal.status, waiting))


def _begin_session(secret: str) -> None:
    fresh_session()
    session["login"] = secret


def _throttle(name: str) -> None:
    """Strangers who guess run out of tries; a browser in which this person has logged in before has its own."""
    limits, address = parts().limits, request.remote_addr or ""
    if _is_known(name):
        limits.hit(PER_DEVICE, "login-known", request.cookies[KNOWN_DEVICE])
    else:
        limits.hit(PER_ADDRESS, "login-address", address)
        limits.hit(PER_DEVICE, "login-unknown", name, address)
        limits.hit(PER_NAME, "login-name", name)


def _is_known(name: str) -> bool:
    try:
        return bool(_device_signer().loads(request.cookies.get(KNOWN_DEVICE, ""))[0] == name)
    except BadSignature:
        return False


def _device_signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.extensions["parts"].settings.secret_keys, salt="known-device")
