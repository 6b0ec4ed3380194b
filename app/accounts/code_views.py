"""The second page of the login: a code of the second factor, or a recovery code."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.code_rules import HiddenCodes
from app.accounts.forms import MOST
from app.accounts.second_actions import WRONG_CODE, count_wrong, forget_wrong, seal_anew, use_code
from app.accounts.second_views import sealed_secrets
from app.accounts.throttle import CodeThrottle
from app.base.errors import Refused
from app.base.tokens import digest
from app.http.current import now
from app.http.errors import words_of
from app.http.provided import database, provided
from app.identity.forms import Typed
from app.identity.model import Candidate, Staff
from app.identity.views import known_device, let_in

pages = Blueprint("code", __name__)
LIFE = timedelta(minutes=10)
PENDING = "second"  # in the session: who gave the right password, and when


@dataclass(frozen=True)
class Pending:
    """Somebody whose password was right. The session's cookie is signed; it opens nothing but the next page, and
    nothing once the password is another one."""

    staff_id: int
    at: int
    password: str
    name: str
    shared: bool
    following: str


def second_step(person: Candidate | Staff, typed: Typed, following: str) -> Response | None:
    """After the right password: the way to the code, for who has a second factor."""
    if not isinstance(person, Staff) or not person.has_second_factor:
        return None
    at, password = int(now().timestamp()), digest(person.password_hash)
    session[PENDING] = asdict(Pending(person.id, at, password, typed.name, typed.shared, following))
    return redirect(url_for("code.code_page"))


@pages.get("/login/code")
def code_page() -> Response | str:
    """The form; who has not given a password begins there."""
    return render_template("accounts/code.html") if _pending() else _from_the_beginning()


@pages.post("/login/code")
def give_code() -> Response:
    """Right: in. Wrong: again, and the owner will be told."""
    pending = _pending()
    person = _person(pending) if pending else None
    if pending is None or person is None:
        return _from_the_beginning()
    try:
        wrong = _opened(person, pending, request.form.get("code", "")[:MOST])
    except Refused as refusal:
        waiting = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else {}
        page = render_template("accounts/code.html", error=words_of(refusal))
        return current_app.make_response((page, refusal.status, waiting))
    response = let_in(person, Typed(pending.name, "", "", pending.shared), pending.following)
    if wrong:
        flash(
            _("上次登录以后，有人输对了您的密码，但输错验证码 %(n)s 次。如果不是您，请立即更改密码。", n=wrong), "warn"
        )
    return response


def _opened(person: Staff, pending: Pending, code: str) -> int:
    """How many wrong codes there were before this right one; Refused when it is wrong."""
    secret = sealed_secrets().open(person.id, person.totp_sealed)
    counted = provided(CodeThrottle).second(pending.name, known_device(pending.name))
    with database().writing() as db:
        right = use_code(db, person, secret, code, provided(HiddenCodes), now())
        if right:
            wrong = forget_wrong(db, person.id)
            seal_anew(db, person, sealed_secrets(), secret)
        else:
            count_wrong(db, person.id)
    if not right:
        raise Refused("wrong_code", WRONG_CODE, 422)
    provided(CodeThrottle).back(counted)
    return wrong


def _pending() -> Pending | None:
    """Who gave the right password in this browser, a few minutes ago."""
    try:
        pending = Pending(**session.get(PENDING, {}))
    except TypeError:
        return None
    return pending if now().timestamp() - pending.at <= LIFE.total_seconds() else None


def _person(pending: Pending) -> Staff | None:
    """They, unless they were disabled, or their password is another one by now."""
    with database().reading() as db:
        person = db.get(Staff, pending.staff_id)
    same = person is not None and digest(person.password_hash) == pending.password
    return person if same and person and not person.is_disabled else None


def _from_the_beginning() -> Response:
    session.pop(PENDING, None)
    flash(_("请先输入登录名和密码。"), "inform")
    return redirect(url_for("identity.login_page"))
