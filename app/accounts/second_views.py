"""The second factor: its page at the login, and where staff set it up and turn it off."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Protocol

import qrcode
from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathFillImage
from werkzeug.wrappers import Response

from app.accounts import second_actions as actions
from app.accounts.code_rules import HiddenCodes, address_for_apps, in_groups, new_secret
from app.accounts.forms import MOST
from app.accounts.second_actions import SealedSecrets
from app.accounts.views import own_password
from app.base.errors import N_, Refused
from app.base.seal import Sealer
from app.http.current import now
from app.http.errors import words_of
from app.http.provided import database, provided
from app.identity.actor_rules import StaffRole
from app.identity.current import login
from app.identity.model import Staff


class AccountSettings(Protocol):
    """The settings that this slice reads."""

    @property
    def demo(self) -> bool:
        """Invented people with a known password, for trying out: nobody is made to set up a second factor."""
        ...


pages = Blueprint("second", __name__, url_prefix="/account/second")
FRESH = timedelta(minutes=10)  # so long after the login nobody is asked for the password again
NEW = "new_second"  # in the session: the secret that is being set up, sealed
OPERATORS_NEED_IT = N_("运行管理员必须使用二次验证，不能关闭。换手机请点“重新设置”。")


def needs_second(person: Staff) -> bool:
    """Whether this member of staff may not be without; where the demo runs, everybody may try it out."""
    return person.role == StaffRole.OPERATOR and not provided(AccountSettings).demo


def sealed_secrets() -> SealedSecrets:
    """Secrets as the database has them."""
    return SealedSecrets(provided(Sealer))


@pages.get("")
def page() -> str:
    """Whether there is one, and what can be done."""
    return _page("")


@pages.get("/new")
def new_page() -> str:
    """A secret to scan or to type; the same until it is confirmed."""
    return _new_page("")


@pages.get("/new/qr.svg")
def qr() -> Response:
    """The code to scan, black on a white of its own."""
    person = _staff()
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4, image_factory=SvgPathFillImage)
    code.add_data(address_for_apps(_secret(person), person.login_name))
    out = io.BytesIO()
    code.make_image().save(out)
    return Response(out.getvalue(), mimetype="image/svg+xml")


@pages.post("/new")
def turn_on() -> Response | str:
    """The first code shows that the app has the secret; the recovery codes are shown this once."""
    person = _staff()
    try:
        _confirm_password()
        with database().writing() as db:
            hidden, code = provided(HiddenCodes), request.form.get("code", "")[:MOST]
            codes = actions.turn_on(db, person, sealed_secrets(), _secret(person), code, hidden, now())
    except Refused as refusal:
        return current_app.make_response((_new_page(words_of(refusal)), refusal.status))
    session.pop(NEW, None)
    return render_template("accounts/recovery.html", codes=codes, first=not person.has_second_factor)


@pages.post("/codes")
def renew_codes() -> Response | str:
    """Ten new recovery codes."""
    person = _staff()
    try:
        _confirm_password()
        _must_have(person)
    except Refused as refusal:
        return current_app.make_response((_page(words_of(refusal)), refusal.status))
    with database().writing() as db:
        codes = actions.renew_codes(db, person, provided(HiddenCodes), now())
    return render_template("accounts/recovery.html", codes=codes, first=False)


@pages.post("/off")
def turn_off() -> Response | str:
    """关闭: not for operators."""
    person = _staff()
    try:
        if needs_second(person):
            raise Refused("needed", OPERATORS_NEED_IT, 409)
        _confirm_password()
        _must_have(person)
    except Refused as refusal:
        return current_app.make_response((_page(words_of(refusal)), refusal.status))
    with database().writing() as db:
        actions.turn_off(db, person, now())
    flash(_("二次验证已关闭。以后登录只要密码。"), "good")
    return redirect(url_for("second.page"))


def _staff() -> Staff:
    person = login().person
    if not isinstance(person, Staff):
        raise Refused("not_yours", N_("二次验证只供工作人员使用。"), 403)
    return person


def _must_have(person: Staff) -> None:
    if not person.has_second_factor:
        raise Refused("not_now", N_("您还没有设置二次验证。"), 409)


def _is_fresh() -> bool:
    return now() - login().started_at <= FRESH


def _confirm_password() -> None:
    """Somebody who finds an open browser cannot make it their own."""
    if not _is_fresh():
        own_password().check(login().person, login().id, request.form.get("current", ""))


def _secret(person: Staff) -> str:
    """The secret that this session sets up, a new one when there is none."""
    try:
        return sealed_secrets().open(person.id, session.get(NEW, ""))
    except Refused:
        secret = new_secret()
        session[NEW] = sealed_secrets().seal(person.id, secret)
        return secret


def _page(error: str) -> str:
    person = _staff()
    with database().reading() as db:
        left = actions.codes_left(db, person)
    return render_template(
        "accounts/second.html", error=error, codes_left=left, needed=needs_second(person), asks_password=not _is_fresh()
    )


def _new_page(error: str) -> str:
    person = _staff()
    return render_template(
        "accounts/second_new.html",
        error=error,
        secret=in_groups(_secret(person)),
        needed=needs_second(person) and not person.has_second_factor,
        asks_password=not _is_fresh(),
    )
