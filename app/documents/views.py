"""身份证附件: the dialog in which pictures of the document are uploaded, looked at and handed over."""

from __future__ import annotations

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from app.application.actions import agree
from app.application.terms import VERSION, Terms
from app.application.views import standing
from app.application.workflow import Branch, Status
from app.base.clock import in_shanghai
from app.base.errors import Refused
from app.documents import actions
from app.documents.actions import Sent, check_open
from app.documents.dialog_queries import STAGES, opinion_on, phone_stage, rows_of
from app.documents.forms import PORTRAIT_LOST, chosen, keep_fault, opinions, take_fault, what_is_lost
from app.documents.model import Document
from app.documents.queries import documents_of
from app.documents.rules import slot_named, title_for
from app.documents.texts import LIMITS
from app.documents.upload_views import take
from app.http import pictures
from app.http.current import language, now
from app.http.errors import wants_json, words_of
from app.http.provided import database, provided
from app.identity.current import candidate, candidate_actor, record_own_look
from app.identity.rules import masked_id_number
from app.pairing.ending_rules import ending_at_desk
from app.pairing.history_queries import warning_of
from app.pairing.queries import events_of, latest_pairing
from app.pairing.rules import PROGRESS, Subject
from app.pairing.views import own_application

pages = Blueprint("documents", __name__, url_prefix="/apply/documents")


@pages.get("")
def dialog() -> str | Answer:
    """The dialog over the page; the page alone when no documents are wanted."""
    with database().reading() as db:
        page = standing(db) | _look(db)
    if page["status"] != Status.DOCUMENTS:
        return redirect(url_for("application.page"))
    return render_template("documents/dialog.html", **page, fault=take_fault())


@pages.get("/panel")
def panel() -> str:
    """The dialog's inside, refetched on the bell."""
    with database().reading() as db:
        check_open(own_application(db))
        return render_template("documents/_panel.html", **_look(db))


@pages.post("/<slot>")
def upload(slot: str) -> Answer:
    """上传身份证正面附件 and its like. A refusal stays at its slot; nothing else is lost."""
    actor = candidate_actor()
    try:
        document, new = _take(slot, actor)
    except Refused as refusal:
        if wants_json() or refusal.code == "no_slot":
            raise
        keep_fault(slot, words_of(refusal))
        return _back()
    if not wants_json():
        return _back()
    response = jsonify(document=shown(document))
    response.status_code = 201 if new else 200
    return response


@pages.post("/<slot>/remove")
def remove(slot: str) -> Answer:
    """移除."""
    with database().writing() as db:
        actions.remove(db, own_application(db), slot, candidate_actor(), now())
    return _back()


@pages.post("/submit")
def submit() -> Answer:
    """提交身份证附件. What is not in the store any more is not handed over, but asked for again."""
    with database().reading() as db:
        application = own_application(db)
        ours, with_portrait = application.status == Status.DOCUMENTS, application.branch == Branch.OTHER
    if ours and (lost := what_is_lost(application, with_portrait)):
        for words in lost:
            flash(_(words), "bad")
        return redirect(url_for("application.page" if PORTRAIT_LOST in lost else "documents.dialog"), 303)
    try:
        with database().writing() as db:
            actions.submit(db, own_application(db), request.form.get("seen", ""), now())
    except Refused as refusal:
        if refusal.code in ("incomplete", "changed"):
            return _back(words_of(refusal))
        raise
    return redirect(url_for("application.page"), 303)


@pages.get("/picture/<sha256>")
def picture(sha256: str) -> Answer:
    """One of the candidate's own pictures, re-encoded."""
    with database().reading() as db:
        application = own_application(db)
        found = next((each for each in documents_of(db, application.id) if each.sha256 == sha256), None)
        if found is None or found.preview is None:
            abort(404)
    record_own_look(application.id, "document_viewed", f"{found.slot} {sha256}")
    return pictures.shown(found.preview, f"document {found.id}")


def shown(document: Document) -> dict[str, object]:
    """What a page may know of a picture that it sent."""
    return {
        "sha256": document.sha256,
        "bytes": document.bytes,
        "width": document.width,
        "height": document.height,
        "received_at": in_shanghai(document.received_at).isoformat(timespec="seconds"),
    }


def _take(slot: str, actor: str) -> tuple[Document, bool]:
    with database().reading() as db:
        application = own_application(db)
        slot_named(application.candidate.id_type, slot)
        check_open(application)
    body, declared = chosen(request)

    def arrive(db: Session, sent: Sent) -> Document:
        own = own_application(db)
        agree(db, own, provided(Terms).agreed_to(request.form.get("version", "")), "papers", actor, now())
        return actions.receive(db, own, sent, actor, now())

    return take(application, slot, "desk", declared, body, arrive)


def _back(problem: str = "") -> Answer:
    if problem:
        flash(problem, "bad")
    return redirect(url_for("documents.dialog"), 303)


def _look(db: Session) -> dict[str, object]:
    """Everything that the inside of the dialog shows."""
    application, moment = own_application(db), now()
    pairing = latest_pairing(db, application.id, Subject.DOCUMENTS)
    rows = rows_of(db, application, opinions(db, application))
    reason = pairing.ended(moment) if pairing else None
    comma = ", " if language() == "en" else "、"
    return {
        "candidate": candidate(),
        "status": application.status,
        "application": application,
        "pairing": pairing,
        "rows": rows,
        "opinion": opinion_on(rows),
        "missing": comma.join(_(row.slot.label) for row in rows if not row.filled),
        "limits": LIMITS,
        "seen": actions.seen_by(documents_of(db, application.id)),
        "title": title_for(candidate().id_type),
        "stage_page": STAGES.get(phone_stage(pairing, "phone" in request.args, moment), ""),
        "asked": "phone" in request.args,
        "doing": PROGRESS.get((pairing and (pairing.trouble or pairing.progress)) or "", ""),
        "warning": warning_of(events_of(db, pairing.id)) if pairing and not reason else "",
        "reason": ending_at_desk(reason or ""),
        "masked_number": masked_id_number(candidate().id_number),
        "terms_version": VERSION,
    }
