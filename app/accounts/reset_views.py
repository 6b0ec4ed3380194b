"""A forgotten password: the page of offices and support that gives out a one-time code, and the candidate's page that
takes it."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import reset_actions as actions
from app.accounts.code_rules import RESET_DIGITS, RESET_MINUTES, HiddenCodes
from app.accounts.forgotten_actions import ForgottenEntrance
from app.accounts.forms import ForgottenPassword
from app.accounts.password_actions import faults_of
from app.accounts.password_rules import LEAST, Weakness
from app.accounts.reset_queries import OfficesOf, candidate_for
from app.accounts.reset_rules import MISMATCH, NOBODY, all_ticked, checks_of, is_on_record, not_their_own
from app.accounts.throttle import ResetThrottle
from app.base.errors import N_, Refused
from app.http.current import network, now
from app.http.errors import words_of
from app.http.provided import database, provided
from app.http.slices import Slices
from app.identity.actor_rules import StaffRole
from app.identity.current import login
from app.identity.model import Candidate, Staff
from app.identity.passwords import LONGEST, Passwords
from app.identity.rules import masked_name
from app.identity.throttle import Attempt, Proof
from app.identity.views import PROOF_WORDS, known_device

pages = Blueprint("reset", __name__)


@pages.get("/candidates/reset")
def page() -> str:
    """By the whole 准考证号; then what is checked before a code is given out."""
    return _show(_staff(), request.args.get("number", "").strip())


@pages.post("/candidates/reset")
def issue() -> Response | str:
    """A code, shown this once, to be read aloud."""
    person, number = _staff(), request.form.get("number", "").strip()
    try:
        code = _issued(person, number)
    except Refused as refusal:
        return current_app.make_response((_show(person, number, words_of(refusal)), refusal.status))
    spoken = f"{code[: RESET_DIGITS // 2]} {code[RESET_DIGITS // 2 :]}"
    return render_template("accounts/reset_code.html", code=spoken, number=number, minutes=RESET_MINUTES)


@pages.get("/forgotten")
def forgotten_page() -> str:
    """忘记密码: where to get a code, and the form that takes it."""
    return _forgotten("", Proof.LAST4 if provided(ResetThrottle).asks_everybody(network()) else Proof.NONE)


@pages.post("/forgotten")
def forgotten() -> Response:
    """A right code and a good password: both count at once, and the candidate logs in with it."""
    typed = ForgottenPassword.of(request.form)
    attempt = Attempt(typed.name, network(), known_device(typed.name), typed.proof)
    entrance = ForgottenEntrance(database(), provided(ResetThrottle), provided(HiddenCodes))
    try:
        reset, candidate = entrance.admit(attempt, typed, now())
        faults = faults_of(candidate, typed.new, typed.again)
        if not faults:
            hashed = provided(Passwords).hash_of(typed.new)
            with database().writing() as db:
                actions.use(db, reset, candidate, hashed, provided(Slices).login_ended, now())
    except Refused as refusal:
        waiting = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else {}
        shown = _forgotten(words_of(refusal), entrance.asks(attempt) if typed.fits else Proof.NONE)
        return current_app.make_response((shown, refusal.status, waiting))
    if faults:
        return current_app.make_response((_forgotten("", entrance.asks(attempt), faults), 422))
    flash(_("新密码已设置。请用新密码登录。"), "good")
    return redirect(url_for("identity.login_page"))


def _staff() -> Staff:
    person = login().person
    if not isinstance(person, Staff) or person.role not in (StaffRole.REVIEWER, StaffRole.SUPPORT):
        raise Refused("not_yours", N_("只有考办和客服可以为考生重置密码。"), 403)
    return person


def _issued(person: Staff, number: str) -> str:
    """The code. What a caller said and is not on record is kept, whatever is refused."""
    with database().writing() as db:
        found = candidate_for(db, person, number, provided(OfficesOf))
        if found is None:
            raise Refused("not_found", NOBODY, 404)
        not_their_own(person, found)
        if person.role == StaffRole.SUPPORT:
            actions.may_ask(db, found, now())
        all_ticked(person, request.form)
        if person.role != StaffRole.SUPPORT or _said_right(found):
            return actions.issue(db, found, person, provided(HiddenCodes), now())
        left = actions.note_mismatch(db, found, person, now())
    raise Refused("mismatch", MISMATCH, 422, left=max(0, left))


def _said_right(candidate: Candidate) -> bool:
    return is_on_record(candidate, *(request.form.get(each, "") for each in ("full_name", "id_number", "telephone")))


def _show(person: Staff, number: str, error: str = "") -> str:
    with database().writing() as db:
        found = candidate_for(db, person, number, provided(OfficesOf)) if number else None
        if found:
            actions.looked(db, found, person, now())
    by_telephone = person.role == StaffRole.SUPPORT
    return render_template(
        "accounts/reset.html",
        number=number,
        found=found,
        error=error or (_(NOBODY) if number and not found else ""),
        by_telephone=by_telephone,
        shown_name=masked_name(found.name) if found and by_telephone else found.name if found else "",
        checks=tuple(checks_of(person).items()),
        minutes=RESET_MINUTES,
    )


def _forgotten(error: str, asked: Proof, faults: list[Weakness] | None = None) -> str:
    typed = ForgottenPassword.of(request.form)
    return render_template(
        "accounts/forgotten.html",
        error=error,
        asked=asked,
        proof_words=PROOF_WORDS.get(asked, ""),
        faults=[_(each.text) % each.facts for each in faults or ()],
        name=typed.name if typed.fits else "",
        code=typed.code if typed.fits and faults else "",
        least=LEAST,
        most=LONGEST,
        minutes=RESET_MINUTES,
    )
