"""毕业相片: the capture dialog of the desktop. Which step it shows is the server's word, never the page's."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from app.application.actions import agree, inform
from app.application.audit_rules import Action
from app.application.contributions import Contributions
from app.application.model import Application
from app.application.terms import Terms
from app.application.texts import NOT_NOW
from app.application.views import candidate_page
from app.application.workflow import Branch, Status
from app.base.errors import N_, Refused
from app.base.keyed_locks import KeyedLocks
from app.base.store import Store
from app.documents.forms import DOCUMENTS_LOST, are_lost
from app.http import pictures
from app.http.current import now
from app.http.errors import words_of
from app.http.provided import database, provided
from app.identity.current import candidate_actor, record_own_look
from app.pairing.views import own_application
from app.portrait import actions
from app.portrait.dialog_queries import PortraitDialog, dialog_of
from app.portrait.loss_actions import lost_portrait
from app.portrait.queries import draft_of

LOST = N_("这张照片在服务器上读不出来了，没有提交。这是系统的问题，请重新拍一张。")

pages = Blueprint("portrait", __name__)


@pages.get("/apply/capture")
def dialog() -> str | Answer:
    """The dialog, at the step where the candidate is; without an application in capture, the page below it."""
    with database().reading() as db:
        shown, inside = candidate_page(db), _dialog(db)
    if shown.status != Status.CAPTURE:
        return redirect(url_for("application.page"))
    return render_template("portrait/dialog.html", page=shown, dialog=inside)


@pages.get("/apply/capture/panel")
def panel() -> str:
    """The dialog's inside, refetched on the bell."""
    with database().reading() as db:
        shown = _dialog(db)
    if shown.application.status != Status.CAPTURE:
        raise Refused(*NOT_NOW)
    return render_template("portrait/_panel.html", dialog=shown)


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


@pages.post("/apply/capture/not-mine")
def not_mine() -> Answer:
    """不是我的手机, of the phone that has sent the picture: the picture goes, and the phone with it."""
    with database().writing() as db:
        actions.send_away(db, own_application(db), candidate_actor(), now())
    return _back()


@pages.post("/apply/capture/hand-over")
def hand_over() -> Answer:
    """我已摄像完成，下一步. What is not in the store any more is not handed over, but asked for again."""
    with database().reading() as db:
        application = own_application(db)
        ours, with_documents = application.status == Status.CAPTURE, application.branch == Branch.OTHER
    if ours and is_lost(application):
        return _back(_(LOST))
    if ours and with_documents and are_lost(application):
        flash(_(DOCUMENTS_LOST), "bad")
    try:
        with database().writing() as db:
            application = own_application(db)
            shown = request.form.get("sha256", ""), request.form.get("registered_sha256")
            actions.hand_over(db, application, *shown, now())
    except Refused as refusal:
        if refusal.code in ("no_capture", "changed"):
            return _back(words_of(refusal))
        raise
    wanted = application.status == Status.DOCUMENTS
    return redirect(url_for("documents.dialog" if wanted else "application.page"), 303)


@pages.get("/apply/picture/<sha256>")
def picture(sha256: str) -> Answer:
    """The candidate's own picture, re-encoded."""
    return _own(sha256, "preview")


@pages.get("/apply/registered/<sha256>")
def registered(sha256: str) -> Answer:
    """What of the picture with this name will be registered, as it will stand on the certificate."""
    return _own(sha256, "derived")


def _own(sha256: str, blob: str) -> Answer:
    with database().reading() as db:
        application = own_application(db)
        draft = draft_of(db, application.id)
        name = getattr(draft, blob) if draft and draft.sha256 == sha256 else None
    if name is None:
        abort(404)
    record_own_look(application.id, Action.PICTURE_VIEWED, sha256)
    return pictures.shown(name, f"application {application.id}")


def is_lost(application: Application) -> bool:
    """Whether the portrait that counts cannot be read back; it is asked for again from now on."""
    return lost_portrait(database(), provided(Store), provided(KeyedLocks), application.id, now())


def _back(problem: str = "") -> Answer:
    if problem:
        flash(problem, "bad")
    return redirect(url_for("portrait.dialog"), 303)


def _dialog(db: Session) -> PortraitDialog:
    """The inside of the dialog, as it is now."""
    application = own_application(db)
    opinions = provided(Contributions).review_of(db, application).opinions
    return dialog_of(db, application, opinions, now())
