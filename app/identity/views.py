"""The login page. The way out takes pairings along, so it stands in `app.site.views`."""

from __future__ import annotations

from typing import Protocol

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from app.base.errors import N_, Refused
from app.http.current import fresh_session, network, now, safe_next
from app.http.errors import words_of
from app.http.login_queue import FULL
from app.http.provided import database, provided
from app.identity.actions import start_login
from app.identity.browser_rules import device_words
from app.identity.current import find_login
from app.identity.device_rules import LIFE, Device, Devices
from app.identity.forms import Typed
from app.identity.login_actions import Entrance
from app.identity.model import Candidate, Staff
from app.identity.passwords import Passwords, busy
from app.identity.queries import is_as_it_was
from app.identity.throttle import Attempt, Proof, Throttle


class SecondStep(Protocol):
    """What a later slice asks for after the right password: the way there, or None when nothing is."""

    def __call__(self, person: Candidate | Staff, typed: Typed, following: str) -> Response | None: ...


pages = Blueprint("identity", __name__)
KNOWN_DEVICE = "device"
CHANGED = N_("您的密码或账号刚刚有变化。请重新登录。")
PROOF_WORDS = {Proof.LAST4: N_("证件号码后四位"), Proof.WHOLE: N_("证件号码（全部）")}


@pages.get("/login")
def login_page() -> str | Response:
    """The form; somebody who is logged in goes on."""
    if find_login():
        return redirect(safe_next(request.args.get("next"), "/"))
    asked = Proof.LAST4 if provided(Throttle).asks_everybody(network()) else Proof.NONE
    device = _device()
    shared = device is None or not device.known
    return render_template(
        "identity/login.html",
        name="",
        next=request.args.get("next", ""),
        asked=asked,
        proof_words=PROOF_WORDS.get(asked, ""),
        shared=shared,
    )


@pages.post("/login")
def log_in() -> Response:
    """Check the password, begin a new session, go on to where the person wanted to go."""
    typed = Typed.of(request.form)
    attempt = Attempt(typed.name, network(), known_device(typed.name), typed.proof)
    entrance = Entrance(database(), provided(Throttle), provided(Passwords))
    try:
        typed.check()
        _wait_outside()
        person = entrance.admit(attempt, typed.password)
    except Refused as refusal:
        return _form_again(typed, refusal, entrance.asks(attempt) if typed.fits else Proof.NONE)
    following = safe_next(request.form.get("next"), url_for("site.home"))
    return provided(SecondStep)(person, typed, following) or let_in(person, typed, following)


def let_in(person: Candidate | Staff, typed: Typed, following: str) -> Response:
    """A new session in which this person is logged in. Refused when their password was changed, or their account
    disabled, while this password was looked at."""
    with database().writing() as db:
        if not is_as_it_was(db, person):
            raise Refused("meanwhile", CHANGED, 409)
        secret = start_login(db, person, now(), device_words(request.user_agent.string))
    fresh_session()
    session["login"] = secret
    return _remember(redirect(following), _device(), typed)


def known_device(name: str) -> str:
    """The id of this browser if whoever has this name has logged in here before, else empty."""
    device = _device()
    return device.id if device and provided(Devices).knows(device, name, now()) else ""


def _form_again(typed: Typed, refusal: Refused, asked: Proof) -> Response:
    text = words_of(refusal)
    page = render_template(
        "identity/login.html",
        name=typed.name if typed.fits else "",
        error=text,
        asked=asked,
        proof_words=PROOF_WORDS.get(asked, ""),
        next=request.form.get("next", ""),
        shared=typed.shared,
    )
    waiting = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else {}
    return current_app.make_response((page, refusal.status, waiting))


def _wait_outside() -> None:
    """Refused when there was no place in the queue; nothing is counted as a try."""
    seconds = request.environ.get(FULL)
    if seconds is not None:
        raise busy(seconds)


def _remember(response: Response, device: Device | None, typed: Typed) -> Response:
    """On a PC that many use nothing is left of this person, nor was there anything; on their own it knows them."""
    if not typed.shared:
        return _keep(response, provided(Devices).remember(device, typed.name, now()))
    return _keep(response, provided(Devices).forget(device, typed.name)) if device else response


def _keep(response: Response, device: Device) -> Response:
    life = int(LIFE.total_seconds()) if device.known else 0
    response.set_cookie(
        KNOWN_DEVICE,
        provided(Devices).write(device) if device.known else "",
        max_age=life,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
        path="/",
    )
    return response


def _device() -> Device | None:
    return provided(Devices).read(request.cookies.get(KNOWN_DEVICE, ""))
