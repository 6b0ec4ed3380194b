"""The way in from the parent system: a form that it posts, a page that asks who one is, the login.

The browser brings no cookie of ours along when it comes from elsewhere (SameSite=Lax): so the post only checks and
leads on to a page of ours, which knows who is logged in already, and which a person has to press a button on.
"""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.base.errors import Refused
from app.base.logs import logger_of
from app.http.current import fresh_session, now, safe_next
from app.http.provided import database, provided
from app.http.slices import Slices
from app.identity.actions import end_login, start_login
from app.identity.browser_rules import device_words
from app.identity.current import find_login
from app.identity.rules import masked_name
from app.parent.actions import arrive, use
from app.parent.current import launch_sent
from app.parent.model import Launched
from app.parent.queries import launch_of
from app.parent.rules import LAUNCH_LIFE, TO_CONFIRM, Rejected, Why
from app.parent.wording_rules import LAUNCH

pages = Blueprint("launch", __name__, url_prefix="/launch")
LOG = logger_of("zhengzhao.launch")
MOST_SECONDS = 10**9
MINUTE = timedelta(minutes=1)


@pages.post("")
def launch() -> Response:
    """From the parent system's page. Whatever comes of it is told on a page of ours."""
    try:
        order = launch_sent()
        with database().writing() as db:
            ticket = arrive(db, order, now())
    except Rejected as rejected:
        _log(rejected)
        seconds = min(rejected.seconds, MOST_SECONDS) or None
        return redirect(url_for("launch.page", told=rejected.why, seconds=seconds), 303)
    LOG.info("a launch was accepted", key=order.signature.key_id, candidate=order.candidate)
    response = redirect(url_for("launch.page"), 303)
    life = int(TO_CONFIRM.total_seconds())
    response.set_cookie(_cookie(), ticket, life, httponly=True, samesite="Lax", secure=request.is_secure, path="/")
    return response


@pages.get("")
def page() -> str:
    """Who is about to come in, and whether somebody else is logged in here; or why nobody comes in."""
    told = request.args.get("told", "")
    if told in LAUNCH:
        raise refused(Why(told), request.args.get("seconds", 0, int))
    if "mac" in request.args:
        LOG.warning("a launch was refused", why=Why.MALFORMED, detail="sent by GET: its address would be in logs")
        raise refused(Why.MALFORMED)
    with database().reading() as db:
        launched = launch_of(db, _ticket(), now())
    if launched is None:
        raise refused(Why.NOTHING_HERE)
    other = _somebody_else(launched)
    return render_template(
        "parent/launch.html",
        name=masked_name(launched.candidate.name),
        number=launched.candidate.exam_number,
        other=masked_name(other) if other else None,
    )


@pages.post("/enter")
def enter() -> Response:
    """是我，进入: whoever else was logged in here is logged out, and what their login minted ends with it."""
    before, launched = find_login(), _use()
    following = redirect(safe_next(launched.destination, url_for("application.page")))
    if before is None or before.candidate_id != launched.candidate_id:
        with database().writing() as db:
            if before:
                end_login(db, before.id, now())
                provided(Slices).login_ended(db, before.id, now())
            secret = start_login(db, launched.candidate, now(), device_words(request.user_agent.string))
        fresh_session()
        session["login"] = secret
        if before:
            flash(_("已让%(name)s退出登录。", name=masked_name(before.person.name)), "inform")
    return _forgotten(following)


@pages.post("/leave")
def leave() -> Response:
    """不是我: nobody comes in, and whoever is logged in here stays."""
    _use()
    flash(_("没有登录。请在原来的系统退出别人的账号，用自己的账号登录后再点一次。"), "inform")
    return _forgotten(redirect(url_for("site.home")))


def refused(why: Why, seconds: int = 0) -> Refused:
    """What the person reads."""
    text, status = LAUNCH[why]
    facts = {"seconds": max(0, min(seconds, MOST_SECONDS)), "life": LAUNCH_LIFE, "minutes": TO_CONFIRM // MINUTE}
    return Refused(f"launch_{why}", text, status, **facts)


def _use() -> Launched:
    try:
        with database().writing() as db:
            return use(db, _ticket(), now())
    except Rejected as rejected:
        raise refused(rejected.why) from None


def _somebody_else(launched: Launched) -> str:
    """The name of who is logged in here, if that is not the one who comes."""
    login = find_login()
    return login.person.name if login and login.candidate_id != launched.candidate_id else ""


def _log(rejected: Rejected) -> None:
    """Precise, for whoever runs the service; what a stranger typed is cut."""
    said = {name: request.form.get(name, "")[:64] for name in ("key", "candidate", "nonce")}
    LOG.warning(
        "a launch was refused", why=rejected.why, seconds=rejected.seconds or None, detail=rejected.detail, **said
    )


def _ticket() -> str:
    return request.cookies.get(_cookie(), "")


def _cookie() -> str:
    """Over HTTPS the prefix binds the cookie to this host."""
    return "__Host-launch" if request.is_secure else "launch"


def _forgotten(response: Response) -> Response:
    response.delete_cookie(_cookie(), path="/", secure=request.is_secure, httponly=True, samesite="Lax")
    return response
