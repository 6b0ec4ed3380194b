"""The phone's calls that bring pictures of documents; see docs/api.md."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from flask import Blueprint, Response, jsonify, request
from flask_babel import force_locale, gettext
from sqlalchemy.orm import Session

from app.application.model import Application
from app.documents.actions import Sent, check_may_send, receive_from
from app.documents.dialog_queries import Row, rows_of
from app.documents.forms import opinions
from app.documents.model import Document
from app.documents.rules import check_size, slot_named
from app.documents.upload_views import take
from app.documents.views import shown
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
    body = request.get_data(cache=False)
    if len(body) != what.length:
        raise uploads.bad("Upload-Length")
    if hashlib.sha256(body).hexdigest() != what.sha256:
        raise uploads.damaged()

    def arrive(db: Session, sent: Sent) -> Document:
        return receive_from(db, held(db), sent, most, now())

    with uploads.judging(what.sha256):
        document, new = take(application, slot, "phone", what.declared, body, arrive)
    response = jsonify(document=shown(document))
    response.status_code = 201 if new else 200
    return response


def documents_state(db: Session, application: Application) -> dict[str, object]:
    """What the phone may know of the slots: their words in both languages, what is there, what was said about it."""
    rows = rows_of(db, application, opinions(db, application))
    return {"slots": [_slot(row) for row in rows], "complete": all(row.filled for row in rows)}


def _slot(row: Row) -> dict[str, object]:
    slot = row.slot
    said = row.opinion or {}
    return {
        "slot": slot.key,
        "label": _both(slot.label),
        "hint": _both(slot.hint),
        "frame": slot.frame,
        "state": row.state,
        "document": shown(row.document) if row.document else None,
        "rejected": _rejected(row),
        "opinion": said.get("opinion", ""),
        "reasons": list(said.get("reasons", [])),
    }


def _rejected(row: Row) -> dict[str, object] | None:
    """The shape of the rejected picture and the marked place; the picture itself is for its owner's login alone."""
    if row.before is None:
        return None
    return {"width": row.before.width, "height": row.before.height, "region": (row.opinion or {}).get("region")}


def _both(text: str) -> Mapping[str, str]:
    words = {}
    for language in ("zh", "en"):
        with force_locale(language):
            words[language] = gettext(text)
    return words
