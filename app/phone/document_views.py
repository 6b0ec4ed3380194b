"""The phone's calls that bring pictures of documents; see docs/api.md."""

from __future__ import annotations

import hashlib

from flask import Blueprint, Response, jsonify, request
from sqlalchemy.orm import Session

from app.documents.actions import SentDocument, check_consented, check_may_send, receive_from
from app.documents.model import Document
from app.documents.rules import check_size, slot_named
from app.documents.upload_views import take
from app.documents.views import received
from app.http import uploads
from app.http.current import now
from app.http.provided import database, provided
from app.phone.current import held
from app.phone.settings import PhoneSettings

pages = Blueprint("phone_documents", __name__, url_prefix="/m/documents")


@pages.post("/<slot>")
def send(slot: str) -> Response:
    """A whole picture for one slot."""
    what = uploads.announced(request)
    with uploads.judging(what.sha256):
        check_size(what.length)
    with database().reading() as db:
        pairing = held(db)
        application, most = pairing.application, provided(PhoneSettings).uploads_per_pairing
        slot_named(application.candidate.id_type, slot)
        check_may_send(pairing, most)
        check_consented(db, application)
    body = request.get_data(cache=False)
    if len(body) != what.length:
        raise uploads.bad("Upload-Length")
    if hashlib.sha256(body).hexdigest() != what.sha256:
        raise uploads.damaged()

    def arrive(db: Session, sent: SentDocument) -> Document:
        return receive_from(db, held(db), sent, most, now())

    with uploads.judging(what.sha256):
        document, new = take(application, slot, "phone", what.declared, body, arrive)
    response = jsonify(document=received(document))
    response.status_code = 201 if new else 200
    return response
