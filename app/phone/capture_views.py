"""The phone's calls that bring the picture, in one piece or in several; see docs/api.md."""

from __future__ import annotations

import hashlib
from contextlib import nullcontext

from flask import Blueprint, Response, current_app, request

from app.application.audit_rules import Action
from app.base.errors import Refused
from app.base.limits import RateLimits
from app.base.partial_uploads import NoUpload, PartialUploads, TooLong, TooMany, WrongOffset
from app.base.seal import Damaged, UnknownKey
from app.base.unavailable import StoreFailed
from app.http import pictures, uploads
from app.http.current import now
from app.http.provided import database, provided
from app.identity.actor_rules import Actor
from app.identity.current import record_own_look
from app.imaging.intake import gate
from app.imaging.packs.pack import load
from app.pairing.actions import event
from app.pairing.model import Pairing
from app.pairing.rules import EventCode
from app.phone import upload_forms
from app.phone.current import held
from app.phone.receiving_views import finish, may_send, received
from app.phone.settings import PhoneSettings
from app.portrait.actions import withdraw
from app.portrait.queries import draft_of

pages = Blueprint("phone_captures", __name__, url_prefix="/m/captures")

HOPELESS = ("digest", "wrong_type")  # the pieces that are here can never become a picture


@pages.post("")
def send() -> Response:
    """A whole picture, or the announcement of one that comes in pieces."""
    what = upload_forms.announced(request, load().max_bytes)
    pairing, before = may_send(what.sha256)
    if before:
        return received(before, 200)
    if not what.complete:
        return _begin(pairing, what)
    body = request.get_data(cache=False)
    return finish(pairing, what, body)


@pages.route("/<name>", methods=["HEAD"])
def offset(name: str) -> Response:
    """How much of it is here."""
    pairing, before = may_send(upload_forms.name_of(name))
    here = before.bytes if before else provided(PartialUploads).offset(_key(pairing, name))
    if here is None:
        raise upload_forms.no_upload()
    return upload_forms.so_far(204, here, bool(before))


@pages.patch("/<name>")
def append(name: str) -> Response:
    """The next piece; with the last one the final answer."""
    pairing, before = may_send(upload_forms.name_of(name))
    if before:
        return received(before, 200)
    if request.mimetype != upload_forms.PIECE:
        raise uploads.bad("Content-Type")
    if (request.content_length or 0) > upload_forms.PIECE_BYTES:
        raise upload_forms.too_large(load().max_bytes)
    key, complete = _key(pairing, name), uploads.is_complete(request)
    try:
        here = _append(key)
    except WrongOffset as error:
        return upload_forms.wrong_offset(error.current)
    return _assemble(pairing, name, key) if complete else upload_forms.so_far(204, here, False)


def _append(key: str) -> int:
    try:
        return provided(PartialUploads).append(
            key, uploads.number(request, "Upload-Offset"), request.get_data(cache=False)
        )
    except TooLong:
        raise uploads.bad("Upload-Length") from None
    except TooMany:
        _forget(key)
        raise upload_forms.no_upload() from None
    except NoUpload:
        raise upload_forms.no_upload() from None


@pages.get("/<name>/registered")
def registered(name: str) -> Response:
    """What of the picture will be registered: for the phone that sent it, and for no other."""
    with database().reading() as db:
        pairing = held(db)
        draft = draft_of(db, pairing.application_id)
        ours = draft and draft.sha256 == upload_forms.name_of(name) and draft.pairing_id == pairing.id
        if draft is None or not ours or draft.derived is None:
            raise upload_forms.no_capture()
    record_own_look(pairing.application_id, Action.PICTURE_VIEWED, name, Actor.pairing(pairing.id))
    return pictures.shown(draft.derived, f"application {pairing.application_id}")


@pages.delete("/<name>")
def delete(name: str) -> Response:
    """Withdraw one's own draft."""
    with database().writing() as db:
        pairing = held(db)
        draft = draft_of(db, pairing.application_id)
        gone = draft and draft.sha256 == upload_forms.name_of(name) and draft.pairing_id == pairing.id
        if not gone or not withdraw(db, pairing.application, Actor.pairing(pairing.id), now()):
            raise upload_forms.no_capture()
    return Response(status=204)


def _begin(pairing: Pairing, what: uploads.Announced) -> Response:
    """New beginnings are counted, and the history tells of each once; going on costs nothing."""
    key, rule = _key(pairing, what.sha256), f"{provided(PhoneSettings).uploads_per_pairing} per hour"
    new = provided(PartialUploads).offset(key) is None
    with provided(RateLimits).counted(rule, "begun", str(pairing.application_id)) if new else nullcontext():
        here = provided(PartialUploads).start(key, what.length)
        if new:
            with database().writing() as db:
                event(db, held(db), EventCode.IN_PIECES, now(), str(what.length))
    response = upload_forms.so_far(201, here, False)
    response.headers["Location"] = f"/m/captures/{what.sha256}"
    return response


def _assemble(pairing: Pairing, name: str, key: str) -> Response:
    body = _joined(key)
    if len(body) != provided(PartialUploads).length(key):
        return upload_forms.wrong_offset(len(body))
    declared = gate.kind_of(body) or "application/octet-stream"
    try:
        response = finish(pairing, uploads.Announced(name, declared, len(body), True), body)
    except Refused as refusal:
        if refusal.code in HOPELESS:
            _forget(key)
        raise
    _forget(key)
    return response


def _forget(key: str) -> None:
    """The pieces are of no more use. What cannot be removed now, `flask purge` removes: the answer stays what it is."""
    try:
        provided(PartialUploads).drop(key)
    except StoreFailed as error:
        current_app.logger.warning("pieces of an upload stay on the disk: %s", error)


def _joined(key: str) -> bytes:
    """The pieces together. Those that do not open (or that a twin request has just used) are begun again."""
    try:
        return provided(PartialUploads).read(key)
    except (NoUpload, Damaged, UnknownKey) as error:
        current_app.logger.warning("an upload in pieces cannot be joined: %s", type(error).__name__)
        _forget(key)
        raise upload_forms.no_upload() from None


def _key(pairing: Pairing, name: str) -> str:
    """An upload in pieces belongs to its application: it goes on after a new scan."""
    owner = pairing.application.tag
    return "/".join(hashlib.sha256(each.encode()).hexdigest() for each in (owner, f"{owner} {name}"))
