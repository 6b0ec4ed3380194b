"""The phone's calls that bring the picture, in one piece or in several; see docs/api.md."""

from __future__ import annotations

import hashlib
from functools import partial

from flask import Blueprint, Response, current_app, jsonify, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.base.blobs import turn_of
from app.base.errors import N_, Refused
from app.base.pieces import NoUpload, TooLong, WrongOffset
from app.base.seal import Damaged, UnknownKey
from app.pairing.actions import event
from app.pairing.model import Pairing
from app.portrait import forms, gate
from app.portrait.actions import Quota, Sent, check_may_send, receive, withdraw
from app.portrait.inspect import PICTURES, Inspection
from app.portrait.model import Capture
from app.portrait.pack import load
from app.portrait.phone_views import shown
from app.portrait.queries import draft_of
from app.web import uploads
from app.web.here import now, parts
from app.web.phones import held

pages = Blueprint("upload", __name__, url_prefix="/m/captures")

HOPELESS = ("digest", "wrong_type")  # the pieces that are here can never become a picture


@pages.post("")
def send() -> Response:
    """A whole picture, or the announcement of one that comes in pieces."""
    what = forms.announced(request, load().max_bytes)
    pairing, before = _may_send(what.sha256)
    if before:
        return _received(before, 200)
    if not what.complete:
        return _begin(pairing, what)
    body = request.get_data(cache=False)
    return _finish(pairing, what, body)


@pages.route("/<name>", methods=["HEAD"])
def offset(name: str) -> Response:
    """How much of it is here."""
    pairing, before = _may_send(forms.name_of(name))
    here = before.bytes if before else parts().pieces.offset(_key(pairing, name))
    if here is None:
        raise forms.no_upload()
    return forms.so_far(204, here, bool(before))


@pages.patch("/<name>")
def append(name: str) -> Response:
    """The next piece; with the last one the final answer."""
    pairing, before = _may_send(forms.name_of(name))
    if before:
        return _received(before, 200)
    if request.mimetype != forms.PIECE:
        raise uploads.bad("Content-Type")
    if (request.content_length or 0) > forms.PIECE_BYTES:
        raise forms.too_large()
    key, complete = _key(pairing, name), uploads.is_complete(request)
    try:
        here = parts().pieces.append(key, uploads.number(request, "Upload-Offset"), request.get_data(cache=False))
    except WrongOffset as error:
        return forms.wrong_offset(error.current)
    except TooLong:
        raise uploads.bad("Upload-Length") from None
    except NoUpload:
        raise forms.no_upload() from None
    if not complete:
        return forms.so_far(204, here, False)
    return _assemble(pairing, name, key)


@pages.delete("/<name>")
def delete(name: str) -> Response:
    """Withdraw one's own draft."""
    with parts().db.writing() as db:
        pairing = held(db)
        draft = draft_of(db, pairing.application_id)
        gone = draft and draft.sha256 == forms.name_of(name) and draft.pairing_id == pairing.id
        if not gone or not withdraw(db, pairing.application, f"pairing:{pairing.id}", now()):
            raise Refused("no_capture", N_("没有这张照片，或它已经提交。请刷新页面查看。"), 404)
    return Response(status=204)


def _may_send(sha256: str) -> tuple[Pairing, Capture | None]:
    """The pairing, and the picture when it had been received before. Refused when nothing may be sent."""
    with parts().db.reading() as db:
        pairing = held(db)
        return pairing, _before(db, pairing, sha256)


def _before(db: Session, pairing: Pairing, sha256: str) -> Capture | None:
    draft = draft_of(db, pairing.application_id)
    if draft and draft.sha256 == sha256:
        return draft
    check_may_send(db, pairing, _quota(), now())
    return None


def _begin(pairing: Pairing, what: uploads.Announced) -> Response:
    key = _key(pairing, what.sha256)
    if parts().pieces.offset(key) is None:
        parts().limits.hit(f"{parts().settings.uploads_per_pairing} per hour", "begun", str(pairing.application_id))
    here = parts().pieces.start(key, what.length)
    with parts().db.writing() as db:
        event(db, held(db), "in_pieces", now(), f"{here}/{what.length}")
    response = forms.so_far(201, here, False)
    response.headers["Location"] = f"/m/captures/{what.sha256}"
    return response


def _assemble(pairing: Pairing, name: str, key: str) -> Response:
    body = _joined(key)
    if len(body) != parts().pieces.length(key):
        return forms.wrong_offset(len(body))
    declared = gate.kind_of(body) or "application/octet-stream"
    try:
        response = _finish(pairing, uploads.Announced(name, declared, len(body), True), body)
    except Refused as refusal:
        if refusal.code in HOPELESS:
            parts().pieces.drop(key)
        raise
    parts().pieces.drop(key)
    return response


def _joined(key: str) -> bytes:
    """The pieces together. Those that do not open (or that a twin request has just used) are begun again."""
    try:
        return parts().pieces.read(key)
    except (NoUpload, Damaged, UnknownKey) as error:
        current_app.logger.warning("an upload in pieces cannot be joined: %s", type(error).__name__)
        parts().pieces.drop(key)
        raise forms.no_upload() from None


def _finish(pairing: Pairing, what: uploads.Announced, body: bytes) -> Response:
    """Inspect, seal and store, then one short transaction. Equal pictures that arrive together take turns."""
    if len(body) != what.length:
        raise uploads.bad("Upload-Length")
    if hashlib.sha256(body).hexdigest() != what.sha256:
        raise uploads.damaged()
    with parts().turns.of(turn_of(pairing.application_id)):
        with parts().db.reading() as db:
            before = _before(db, pairing, what.sha256)
        if before:
            return _received(before, 200)
        inspection, blobs = _inspected(pairing.application.tag, what.declared, body)
        sent = Sent(what.sha256, what.declared, len(body), blobs)
        with parts().db.writing() as db:
            capture = receive(db, held(db), sent, inspection, _quota(), now())
    return _received(capture, 201) if capture.ended_at is None else _refused(capture)


def _inspected(owner: str, declared: str, body: bytes) -> tuple[Inspection, dict[str, str]]:
    """What the inspection says, and what is in the store by then: the original is put there while a worker looks."""
    keep, blobs = partial(parts().store.put, owner), dict[str, str]()
    inspection = parts().inspector.inspect(body, declared, lambda: blobs.update(original=keep(body)))
    if inspection.report.verdict != "refuse":
        made = {"original": body} | {name: getattr(inspection, name) for name in PICTURES}
        blobs |= {name: keep(each) for name, each in made.items() if each and name not in blobs}
    return inspection, blobs


def _quota() -> Quota:
    return Quota(parts().settings.uploads_per_pairing, parts().settings.uploads_per_day)


def _key(pairing: Pairing, name: str) -> str:
    """An upload in pieces belongs to its application: it goes on after a new scan."""
    return hashlib.sha256(f"{pairing.application.tag} {name}".encode()).hexdigest()


def _received(capture: Capture, status: int) -> Response:
    response = jsonify(capture=shown(capture), report=capture.report)
    response.status_code = status
    return response


def _refused(capture: Capture) -> Response:
    text = _("照片不符合要求，没有保存。请按提示重新拍一张。")
    response = jsonify(error={"code": "refused", "text": text}, report=capture.report)
    response.status_code = 422
    return response
