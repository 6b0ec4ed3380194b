"""/operate/staff: who works here."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import staff_actions as actions
from app.accounts.code_rules import new_password
from app.accounts.forms import StaffForm
from app.accounts.staff_queries import all_offices, everybody, staff_of
from app.accounts.staff_rules import NOT_YOUR_OWN, ROLES, YOUR_OWN_ROLE, YOURSELF
from app.base.errors import Refused
from app.http.console import SAVED
from app.http.current import now
from app.http.errors import words_of
from app.http.provided import database, provided
from app.http.slices import Slices
from app.identity.actor_rules import Actor, StaffRole
from app.identity.current import staff
from app.identity.model import Staff
from app.identity.passwords import Passwords

pages = Blueprint("staff", __name__, url_prefix="/operate/staff")


@pages.get("")
def page() -> str:
    """Everybody, and the way to each."""
    staff(StaffRole.OPERATOR)
    with database().reading() as db:
        return render_template("accounts/staff.html", rows=everybody(db))


@pages.get("/new")
def new_page() -> str:
    """An empty form."""
    staff(StaffRole.OPERATOR)
    return _form(None, StaffForm(), "")


@pages.post("/new")
def add() -> Response | str:
    """A new account, and its one-time password."""
    by, typed = _by(), StaffForm.of(request.form)
    try:
        login_name, post = typed.checked_login, typed.post(_offices())
        password = new_password()
        hashed = provided(Passwords).hash_of(password)
        with database().writing() as db:
            person = actions.add(db, login_name, post, hashed, by, now())
    except Refused as refusal:
        return current_app.make_response((_form(None, typed, words_of(refusal)), refusal.status))
    return render_template("accounts/staff_password.html", somebody=person, password=password, is_new=True)


@pages.get("/<int:staff_id>")
def one(staff_id: int) -> str:
    """One account: what it is, and what can be done with it."""
    staff(StaffRole.OPERATOR)
    return _form(_somebody(staff_id), None, "")


@pages.post("/<int:staff_id>")
def change(staff_id: int) -> Response | str:
    """Another name, role, office or ID number."""
    by, typed = _by(), StaffForm.of(request.form)
    try:
        post = typed.post(_offices())
        if staff_id == by.id and post.role != StaffRole.OPERATOR:
            _sure(YOUR_OWN_ROLE)
        with database().writing() as db:
            actions.change(db, staff_id, post, by, now())
    except Refused as refusal:
        return _again(staff_id, typed, refusal)
    flash(_(SAVED), "good")
    return redirect(url_for("staff.page") if post.role == StaffRole.OPERATOR or staff_id != by.id else "/")


@pages.post("/<int:staff_id>/disable")
def disable(staff_id: int) -> Response | str:
    """停用: every login of theirs ends at once."""
    by = _by()
    try:
        if staff_id == by.id:
            _sure(YOURSELF)
        with database().writing() as db:
            actions.disable(db, staff_id, provided(Slices).login_ended, by, now())
    except Refused as refusal:
        return _again(staff_id, None, refusal)
    flash(_("账号已停用，打开的登录都已退出。"), "good")
    return redirect(url_for("staff.page"))


@pages.post("/<int:staff_id>/enable")
def enable(staff_id: int) -> Response | str:
    """启用."""
    by = _by()
    try:
        with database().writing() as db:
            actions.enable(db, staff_id, by, now())
    except Refused as refusal:
        return _again(staff_id, None, refusal)
    flash(_("账号已重新启用。"), "good")
    return redirect(url_for("staff.one", staff_id=staff_id))


@pages.post("/<int:staff_id>/reset-password")
def reset_password(staff_id: int) -> Response | str:
    """A one-time password, shown this once."""
    by, somebody = _by(), _somebody(staff_id)
    try:
        _not_your_own(staff_id, by)
        password = new_password()
        hashed = provided(Passwords).hash_of(password)
        with database().writing() as db:
            actions.reset_password(db, staff_id, hashed, provided(Slices).login_ended, by, now())
    except Refused as refusal:
        return _again(staff_id, None, refusal)
    return render_template("accounts/staff_password.html", somebody=somebody, password=password, is_new=False)


@pages.post("/<int:staff_id>/reset-second")
def reset_second(staff_id: int) -> Response | str:
    """Somebody has lost their phone and their recovery codes."""
    by = _by()
    try:
        _not_your_own(staff_id, by)
        with database().writing() as db:
            actions.reset_second(db, staff_id, provided(Slices).login_ended, by, now())
    except Refused as refusal:
        return _again(staff_id, None, refusal)
    flash(_("二次验证已重置，打开的登录都已退出。运行管理员下次登录时要重新设置。"), "good")
    return redirect(url_for("staff.one", staff_id=staff_id))


def _by() -> Actor:
    return Actor.staff(staff(StaffRole.OPERATOR).id)


def _somebody(staff_id: int) -> Staff:
    with database().reading() as db:
        return staff_of(db, staff_id)


def _offices() -> frozenset[int]:
    with database().reading() as db:
        return frozenset(each.id for each in all_offices(db))


def _sure(warning: str) -> None:
    if request.form.get("sure") != "yes":
        raise Refused("not_sure", warning, 409)


def _not_your_own(staff_id: int, by: Actor) -> None:
    if staff_id == by.id:
        raise Refused("your_own", NOT_YOUR_OWN, 409)


def _again(staff_id: int, typed: StaffForm | None, refusal: Refused) -> Response:
    return current_app.make_response((_form(_somebody(staff_id), typed, words_of(refusal)), refusal.status))


def _form(somebody: Staff | None, typed: StaffForm | None, error: str) -> str:
    with database().reading() as db:
        offices = all_offices(db)
    if typed is None and somebody is not None:
        number = somebody.id_number or ""
        typed = StaffForm(somebody.login_name, somebody.name, somebody.role, somebody.office_id or 0, number)
    itself = somebody is not None and somebody.id == staff(StaffRole.OPERATOR).id
    return render_template(
        "accounts/staff_one.html",
        somebody=somebody,
        typed=typed,
        error=error,
        offices=offices,
        roles=tuple(ROLES.items()),
        itself=itself,
    )
