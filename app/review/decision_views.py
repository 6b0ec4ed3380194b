"""What a reviewer does: decide, take back, let go, move to another place."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.application.place_rules import full_name
from app.base.errors import Refused
from app.http.current import now
from app.http.errors import words_of
from app.http.provided import database
from app.http.slices import View, address_of
from app.identity.actor_rules import StaffRole
from app.identity.current import staff
from app.review import actions, queries, views
from app.review.case_queries import case_of
from app.review.forms import is_final, queue_filter_of, queue_filter_words, verdict_of
from app.review.place_actions import change_place
from app.review.undo_actions import undo

pages = Blueprint("decision", __name__, url_prefix="/review")

TO_MEND = ("missing", "reason_needed", "undecided", "too_long", "contradiction")


@pages.errorhandler(actions.Gone)
def gone(refusal: actions.Gone) -> Response:
    """To the queue, with the reason."""
    flash(words_of(refusal), "bad")
    return redirect(_address(views.page), 303)


@pages.post("/<tag>/decide")
def decide(tag: str) -> Response:
    """通过, 不通过, 提交审核结果: the act, and the next case; or the page again, where something is left to say."""
    try:
        return _decide(tag)
    except Refused as refusal:
        if refusal.code in TO_MEND:
            return views.show(tag, _kept(), words_of(refusal), refusal.status)
        if refusal.status != 409 or refusal.code == "gone":
            raise
        flash(words_of(refusal), "bad")
        return redirect(_address(views.case, tag=tag), 303)


def _decide(tag: str) -> Response:
    person = staff(StaffRole.REVIEWER)
    with database().writing() as db:
        application = actions.application_to_act_on(db, person, tag) or abort(404)
        key = (application.status_since, application.id)
        case = case_of(db, application)
        verdict = verdict_of(request.form, case.opened)
        final = is_final(request.form, case.opened)
        if final or verdict.status != application.status:
            actions.decide(db, application, person, verdict, now())
    if not final:
        return views.show(tag, _kept())
    with database().reading() as db:
        following = queries.after(db, person, queue_filter_of(request.args), now(), key)
    return redirect(_address(views.case, tag=following.tag) if following else _address(views.page), 303)


@pages.post("/undo")
def take_back() -> Response:
    """撤销."""
    person = staff(StaffRole.REVIEWER)
    try:
        with database().writing() as db:
            tag = undo(db, person, request.form.get("act", ""), now()).tag
    except Refused as refusal:
        if refusal.status != 409:
            raise
        flash(words_of(refusal), "bad")
        return redirect(address_of(views.page), 303)
    flash(_("已撤销。这份申请回到了审核前的状态，由您审核。"), "good")
    return redirect(address_of(views.case, tag=tag), 303)


@pages.post("/<tag>/release")
def release(tag: str) -> Response:
    """Let go of a case, so that somebody else may take it."""
    person = staff(StaffRole.REVIEWER)
    with database().writing() as db:
        application = actions.application_to_act_on(db, person, tag) or abort(404)
        actions.release(db, application, person, now())
    return redirect(_address(views.page), 303)


@pages.post("/<tag>/place")
def place(tag: str) -> Response:
    """更改办理地点; the case may be another city's from then on."""
    person = staff(StaffRole.REVIEWER)
    wanted, reason = request.form.get("place", ""), request.form.get("reason", "").strip()
    try:
        with database().writing() as db:
            application = actions.application_to_act_on(db, person, tag) or abort(404)
            change_place(db, application, person, wanted, reason, now())
    except Refused as refusal:
        if refusal.code in ("gone", "own_case"):
            raise
        flash(words_of(refusal), "bad")
        return redirect(_address(views.case, tag=tag), 303)
    flash(_("办理地点已改为%(place)s。", place=full_name(wanted)), "good")
    return redirect(_address(views.page), 303)


def _address(view: View, **names: str) -> str:
    """Where to go on, with the filters that stand in the address of every form."""
    return address_of(view, **names, **queue_filter_words(queue_filter_of(request.args)))


def _kept() -> MultiDict[str, str]:
    """What was filled in, with the button that was pressed as one of the choices."""
    kept = request.form.copy()
    for name, word in request.form.items():
        if name.startswith("choice."):
            kept[f"chosen.{name.removeprefix('choice.')}"] = word
    return kept
