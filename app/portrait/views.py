"""毕业相片: the capture dialog of the desktop. Which step it shows is the server's word, never the page's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from app.application.actions import agree, inform
from app.application.model import Application
from app.application.terms import VERSION, Terms
from app.application.texts import NOT_NOW
from app.application.views import standing
from app.application.workflow import Branch, Status
from app.base.errors import N_, Refused
from app.base.keyed_locks import KeyedLocks
from app.base.store import Store
from app.documents.forms import DOCUMENTS_LOST, are_lost, opinions
from app.http import pictures
from app.http.current import now
from app.http.errors import words_of
from app.http.provided import database, provided
from app.identity.current import candidate, candidate_actor, record_own_look
from app.identity.rules import masked_id_number
from app.imaging.packs.pack import load
from app.pairing.ending_rules import ending_at_desk
from app.pairing.history_queries import warning_of
from app.pairing.queries import events_of, latest_pairing
from app.pairing.rules import Subject
from app.pairing.views import own_application
from app.portrait import actions
from app.portrait.dialog_queries import CONNECTING, NUMBERS, PAGES, live_steps, step_of, worth_saying
from app.portrait.loss_actions import lost_portrait
from app.portrait.queries import draft_of, has_expired

LOST = N_("这张照片在服务器上读不出来了，没有提交。这是系统的问题，请重新拍一张。")

pages = Blueprint("portrait", __name__)


@pages.record
def install(state: BlueprintSetupState) -> None:
    """Other pages learn of a picture that waits, and of one that is lost when documents are to go along with it."""
    state.app.extensions.setdefault("standing", []).append(of_the_draft)
    state.app.extensions.setdefault("go_along", []).append(_is_lost)


def of_the_draft(db: Session, application: Application) -> dict[str, Any]:
    """Whether a portrait has arrived that the candidate has not handed over, or has waited for that too long."""
    draft = draft_of(db, application.id)
    return {
        "portrait_received": draft is not None and draft.handed_over_at is None,
        "portrait_expired": draft is None and has_expired(db, application.id),
    }


@pages.get("/apply/capture")
def dialog() -> str | Answer:
    """The dialog, at the step where the candidate is; without an application in capture, the page below it."""
    with database().reading() as db:
        shown = standing(db) | _look(db)
    if shown["status"] != Status.CAPTURE:
        return redirect(url_for("application.page"))
    return render_template("portrait/dialog.html", **shown)


@pages.get("/apply/capture/panel")
def panel() -> str:
    """The dialog's inside, refetched on the bell."""
    with database().reading() as db:
        shown = _look(db)
    if shown["status"] != Status.CAPTURE:
        raise Refused(*NOT_NOW)
    return render_template("portrait/_panel.html", **shown)


@pages.post("/apply/capture/consent")
def consent() -> Answer:
    """确认无误, with the tick."""
    actor = candidate_actor()
    if request.form.get("agree") != "yes":
        return _back(_("请先阅读条例并在方框里打勾，再点“确认无误”。"))
    with database().writing() as db:
        application = own_application(db)
        terms = provided(Terms).agreed_to(request.form.get("version", ""))
        agree(db, application, terms, "desk", actor, now())
    return _back()


@pages.post("/apply/capture/informed")
def informed() -> Answer:
    """我知道了，去拍照."""
    with database().writing() as db:
        inform(db, own_application(db), candidate_actor(), now())
    return _back()


@pages.post("/apply/capture/retake")
def retake() -> Answer:
    """重拍, from the desktop."""
    with database().writing() as db:
        application = own_application(db)
        actions.withdraw(db, application, candidate_actor(), now())
    return _back()


@pages.post("/apply/capture/hand-over")
def hand_over() -> Answer:
    """我已摄像完成，下一步. What is not in the store any more is not handed over, but asked for again."""
    with database().reading() as db:
        application = own_application(db)
        ours, with_documents = application.status == Status.CAPTURE, application.branch == Branch.OTHER
    if ours and _is_lost(application):
        return _back(_(LOST))
    if ours and with_documents and are_lost(application):
        flash(_(DOCUMENTS_LOST), "bad")
    try:
        with database().writing() as db:
            application = own_application(db)
            actions.hand_over(db, application, request.form.get("sha256", ""), now())
    except Refused as refusal:
        if refusal.code in ("no_capture", "changed"):
            return _back(words_of(refusal))
        raise
    wanted = application.status == Status.DOCUMENTS
    return redirect(url_for("documents.dialog" if wanted else "application.page"), 303)


@pages.get("/apply/picture/<sha256>")
def picture(sha256: str) -> Answer:
    """The candidate's own picture, re-encoded."""
    with database().reading() as db:
        application = own_application(db)
        draft = draft_of(db, application.id)
        if draft is None or draft.sha256 != sha256 or draft.preview is None:
            abort(404)
    record_own_look(application.id, "picture_viewed", sha256)
    return pictures.shown(draft.preview, f"application {application.id}")


def _rejected(db: Session, application: Application) -> Mapping[str, Any] | None:
    """What was said about the portrait, when the last review rejected it."""
    said = (each for each in opinions(db, application) if each["item"] == "portrait" and not each["approved"])
    return next(said, None)


def _is_lost(application: Application) -> bool:
    return lost_portrait(database(), provided(Store), provided(KeyedLocks), application.id, now())


def _back(problem: str = "") -> Answer:
    if problem:
        flash(problem, "bad")
    return redirect(url_for("portrait.dialog"), 303)


def _look(db: Session) -> dict[str, object]:
    """Everything that the inside of the dialog shows."""
    application, moment = own_application(db), now()
    pairing = latest_pairing(db, application.id, Subject.PORTRAIT)
    draft = draft_of(db, application.id)
    stage = step_of(application, pairing, draft, moment)
    events = events_of(db, pairing.id) if pairing else []
    reason = pairing.ended(moment) if pairing else None
    return {
        "candidate": candidate(),
        "status": application.status,
        "application": application,
        "pairing": pairing,
        "draft": draft,
        "stage_page": PAGES[stage],
        "stage_number": NUMBERS[stage],
        "handed_over_next": stage == "received",
        "said": worth_saying(draft.report) if draft else [],
        "live": live_steps(pairing, events),
        "rejected": _rejected(db, application) if stage in CONNECTING else None,
        "warning": warning_of(events) if stage in CONNECTING else "",
        "reason": ending_at_desk(reason or ""),
        "masked_number": masked_id_number(candidate().id_number),
        "terms_version": VERSION,
        "limits": load().stated,
    }
