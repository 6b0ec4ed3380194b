"""How a whole picture that has arrived is received, and what the phone is answered; see docs/api.md."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import partial

from flask import Response, jsonify
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.base.blobs import turn_of
from app.base.keyed_locks import KeyedLocks
from app.base.store import Store
from app.base.unavailable import StoreFailed
from app.http import uploads
from app.http.current import now
from app.http.provided import database, provided
from app.imaging.inspect import Inspection, Inspector
from app.pairing.model import Pairing
from app.phone.answer_forms import capture_state
from app.phone.current import held
from app.phone.settings import PhoneSettings
from app.portrait.actions import Quota, SentPortrait, check_may_send, receive
from app.portrait.model import Capture
from app.portrait.queries import draft_of


def may_ask() -> Pairing:
    """The pairing, when a picture may be sent for it now. Refused otherwise."""
    with database().reading() as db:
        pairing = held(db)
        check_may_send(db, pairing, quota(), now())
        return pairing


def may_send(sha256: str) -> tuple[Pairing, Capture | None]:
    """The pairing, and the picture when it had been received before. Refused when nothing may be sent."""
    with database().reading() as db:
        pairing = held(db)
        return pairing, _before(db, pairing, sha256)


def _before(db: Session, pairing: Pairing, sha256: str) -> Capture | None:
    draft = draft_of(db, pairing.application_id)
    if draft and draft.sha256 == sha256:
        return draft
    check_may_send(db, pairing, quota(), now())
    return None


def finish(pairing: Pairing, what: uploads.Announced, body: bytes) -> Response:
    """Inspect, seal and store, then one short transaction. Equal pictures that arrive together take turns."""
    if len(body) != what.length:
        raise uploads.bad("Upload-Length")
    if hashlib.sha256(body).hexdigest() != what.sha256:
        raise uploads.damaged()
    with provided(KeyedLocks).of(turn_of(pairing.application_id)):
        with database().reading() as db:
            before = _before(db, pairing, what.sha256)
        if before:
            return received(before, 200)
        with uploads.judging(what.sha256):
            inspection, blobs = _inspected(pairing.application.tag, what.declared, body)
        photo = inspection.registered_photo
        name = hashlib.sha256(photo).hexdigest() if photo else None
        sent = SentPortrait(what.sha256, what.declared, len(body), blobs, name, inspection.crop)
        with database().writing() as db:
            capture = receive(db, held(db), sent, inspection, quota(), now())
    return received(capture, 201) if capture.ended_at is None else _refused(capture)


def _inspected(owner: str, declared: str, body: bytes) -> tuple[Inspection, dict[str, str]]:
    """What the inspection says, and what is in the store by then: the original is put there while a worker looks.

    When that fails, the worker's verdict stands; only a picture that is to be kept is put there once more.
    """
    keep, blobs = partial(provided(Store).put, owner), dict[str, str]()

    def keep_original() -> None:
        with suppress(StoreFailed):
            blobs["original"] = keep(body)

    inspection = provided(Inspector).inspect(body, declared, keep_original)
    if inspection.report.verdict != "refuse":
        made = {
            "original": body,
            "preview": inspection.preview,
            "derived": inspection.registered_photo,
            "overlay": inspection.overlay,
        }
        blobs |= {name: keep(each) for name, each in made.items() if each and name not in blobs}
    return inspection, blobs


def quota() -> Quota:
    """How much may be sent, by the settings."""
    return Quota(provided(PhoneSettings).uploads_per_pairing, provided(PhoneSettings).uploads_per_day)


def received(capture: Capture, status: int) -> Response:
    """The final answer about a picture that is here."""
    response = jsonify(capture=capture_state(capture), report=capture.report)
    response.status_code = status
    return response


def _refused(capture: Capture) -> Response:
    text = _("照片不符合要求，没有保存。请按提示重新拍一张。")
    response = jsonify(error={"code": "refused", "text": text, "sha256": capture.sha256}, report=capture.report)
    response.status_code = 422
    return response
