"""身份证附件: the dialog in which pictures of the document are uploaded, looked at and handed over."""

from __future__ import annotations

from typing import TypedDict

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from app.application.actions import agree
from app.application.audit_rules import Action
from app.application.contributions import Contributions
from app.application.model import PAPERS
from app.application.terms import Terms
from app.application.views import candidate_page
from app.application.workflow import Branch, Status
from app.base.clock import in_shanghai
from app.base.errors import Refused
from app.documents import actions
from app.documents.actions import SentDocument, check_consented, check_open
from app.documents.dialog_queries import DocumentsDialog, dialog_of
from app.documents.forms import PORTRAIT_LOST, chosen, keep_fault, take_fault, what_is_lost
from app.documents.model import Document
from app.documents.queries import documents_of
from app.documents.rules import slot_named
from app.documents.upload_views import take
from app.http import pictures
from app.http.current import language, now
from app.http.errors import wants_json, words_of
from app.http.provided import database, provided
from app.identity.actor_rules import Actor
from app.identity.current import candidate_actor, record_own_look
from app.pairing.texts import AGREE_FIRST
from app.pairing.views import own_application

pages = Blueprint("documents", __name__, url_prefix="/apply/documents")


@pages.get("")
def dialog() -> str | Answer:
    """The dialog over the page; the page alone when no documents are wanted."""
    with database().reading() as db:
        page, inside = candidate_page(db), _dialog(db)
    if page.status != Status.DOCUMENTS:
        return redirect(url_for("application.page"))
    return render_template(
        "documents/dialog.html", page=page, dialog=inside, missing=_missing(inside), fault=take_fault()
    )


@pages.get("/panel")
def panel() -> str:
    """The dialog's inside, refetched on the bell."""
    with database().reading() as db:
        check_open(own_application(db))
        inside = _dialog(db)
    return render_template("documents/_panel.html", dialog=inside, missing=_missing(inside))


@pages.post("/consent")
def consent() -> Answer:
    """The tick under which pictures of the document are taken; a script waits for the bare answer."""
    actor = candidate_actor()
    if request.form.get("agree") != "yes":
        return _back(_(AGREE_FIRST))
    with database().writing() as db:
        application = own_application(db)
        check_open(application)
        terms = provided(Terms).agreed_to(request.form.get("version", ""))
        agree(db, application, terms, PAPERS, actor, now())
    return Answer(status=204) if wants_json() else _back()


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
    response = jsonify(document=received(document))
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
    record_own_look(application.id, Action.DOCUMENT_VIEWED, f"{found.slot} {sha256}")
    return pictures.shown(found.preview, f"document {found.id}")


class ReceivedDocument(TypedDict):
    """What a page may know of a picture that it sent; `received_at` is ISO 8601 in Shanghai's time."""

    sha256: str
    bytes: int
    width: int
    height: int
    received_at: str


def received(document: Document) -> ReceivedDocument:
    """The picture as JSON."""
    return {
        "sha256": document.sha256,
        "bytes": document.bytes,
        "width": document.width,
        "height": document.height,
        "received_at": in_shanghai(document.received_at).isoformat(timespec="seconds"),
    }


def _take(slot: str, actor: Actor) -> tuple[Document, bool]:
    with database().reading() as db:
        application = own_application(db)
        slot_named(application.candidate.id_type, slot)
        check_open(application)
        check_consented(db, application)
    body, declared = chosen(request)

    def arrive(db: Session, sent: SentDocument) -> Document:
        return actions.receive(db, own_application(db), sent, actor, now())

    return take(application, slot, "desk", declared, body, arrive)


def _back(problem: str = "") -> Answer:
    if problem:
        flash(problem, "bad")
    return redirect(url_for("documents.dialog"), 303)


def _dialog(db: Session) -> DocumentsDialog:
    """The inside of the dialog, as it is now."""
    application = own_application(db)
    opinions = provided(Contributions).review_of(db, application).opinions
    return dialog_of(db, application, opinions, "phone" in request.args, now())


def _missing(dialog: DocumentsDialog) -> str:
    """What is still missing, in one line; empty when nothing is."""
    comma = ", " if language() == "en" else "、"
    return comma.join(_(label) for label in dialog.missing)
