"""我的账户: one's own password and open logins, for candidates and staff."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.forms import NewPassword
from app.accounts.password_actions import OwnPassword, faults_of, set_password
from app.accounts.password_rules import Weakness
from app.accounts.person_rules import actor_of, least_of
from app.accounts.reset_actions import dismiss, end_codes
from app.accounts.second_actions import codes_left
from app.accounts.throttle import CodeThrottle
from app.base.audit import record
from app.base.errors import Refused
from app.http.current import fresh_session, now
from app.http.errors import words_of
from app.http.provided import database, provided
from app.http.slices import Slices
from app.identity.act_rules import Act
from app.identity.actions import end_logins
from app.identity.browser_rules import BETWEEN
from app.identity.current import IdentitySettings, candidate, login
from app.identity.model import Candidate, Staff
from app.identity.passwords import LONGEST, Passwords
from app.identity.queries import open_logins

pages = Blueprint("accounts", __name__)


@pages.get("/account")
def page() -> str:
    """Password, second factor, where one is logged in."""
    own = login()
    person = own.person
    with database().reading() as db:
        logins = open_logins(db, person, now(), provided(IdentitySettings).idle_minutes)
        left = codes_left(db, person) if isinstance(person, Staff) else 0
    devices = {each.id: BETWEEN.join(_(word) for word in each.device.split(BETWEEN) if word) for each in logins}
    return render_template(
        "accounts/page.html",
        logins=logins,
        devices=devices,
        own_id=own.id,
        is_staff=isinstance(person, Staff),
        codes_left=left,
        others=len(logins) - 1,
    )


@pages.get("/account/password")
def password_page() -> str:
    """The form; whoever has a one-time password comes here first."""
    return _password_form([])


@pages.post("/account/password")
def change_password() -> Response:
    """The current password is looked at before the rules say anything about the new one."""
    own, typed = login(), NewPassword.of(request.form)
    passwords = own_password()
    try:
        passwords.check(own.person, own.id, typed.current)
    except Refused as refusal:
        waiting = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else {}
        return current_app.make_response((_password_form([], words_of(refusal)), refusal.status, waiting))
    if faults := faults_of(own.person, typed.new, typed.again, typed.current):
        return current_app.make_response((_password_form(faults), 422))
    hashed = passwords.hash_of(typed.new)
    with database().writing() as db:
        set_password(db, own.person, hashed, provided(Slices).login_ended, now(), own.id)
        if isinstance(own.person, Candidate):
            end_codes(db, own.person.id, now())
    flash(_("密码已更改，其他地方的登录都已退出。"), "good")
    return redirect(url_for("site.home" if own.person.must_change_password else "accounts.page"))


@pages.post("/account/leave-everywhere")
def leave_everywhere() -> Response:
    """全部退出: here too."""
    own = login()
    with database().writing() as db:
        ended = end_logins(db, own.person, now(), provided(Slices).login_ended)
        record(db, None, str(actor_of(own.person)), Act.LOGINS_ENDED, now(), f"ended={ended}")
    fresh_session()
    flash(_("所有地方的登录都已退出。"), "good")
    return redirect(url_for("identity.login_page"))


@pages.post("/account/notices/<int:reset_id>/read")
def read_notice(reset_id: int) -> Response:
    """知道了: the candidate has read that a one-time code was given out."""
    person = candidate()
    with database().writing() as db:
        dismiss(db, person.id, reset_id, now())
    return redirect(url_for("site.home"))


def own_password() -> OwnPassword:
    """Whoever looks at the password of somebody who is logged in."""
    return OwnPassword(provided(Passwords), provided(CodeThrottle))


def _password_form(faults: list[Weakness], error: str = "") -> str:
    person = login().person
    return render_template(
        "accounts/password.html",
        first=person.must_change_password,
        least=least_of(person),
        most=LONGEST,
        error=error,
        faults=[_(each.text) % each.facts for each in faults],
    )
