"""Receiving a picture, replacing it, withdrawing it, handing it over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.application.actions import give_receipt, note, take_step
from app.application.audit_rules import Action
from app.application.model import Application, Receipt
from app.application.queries import receipts_of
from app.application.status_row_rules import Subject
from app.application.workflow import Branch, Status, not_now
from app.base.blobs import drop
from app.base.database import updated_one_row
from app.base.errors import N_, Refused
from app.documents.queries import are_handed_over
from app.identity.actor_rules import Actor, Role
from app.imaging.inspect import Inspection
from app.pairing.actions import end, event, is_active
from app.pairing.model import Pairing
from app.pairing.queries import live_pairing
from app.pairing.rules import NO_MORE_HERE, End, EventCode, State
from app.pairing.texts import NOT_CONFIRMED
from app.portrait.model import BLOBS, Capture
from app.portrait.queries import attempts_today, blobs_of, draft_of

RECEIPT = "portrait"
TOO_MANY = ("too_many", N_("今天上传的次数已用完。请明天再试，或联系客服。"), 429, 3600)


@dataclass(frozen=True)
class SentPortrait:
    """A picture as it arrived: its hash, what the phone said it is, its size, the names of its BLOBS that are in the
    store, the hash of the one to be registered and its place; one that is refused keeps none of them."""

    sha256: str
    declared: str
    bytes: int
    blobs: Mapping[str, str]
    registered_sha256: str | None = None
    crop: tuple[float, ...] | None = None

    @property
    def kept(self) -> Mapping[str, str | list[float] | None]:
        """What a row has of one that is kept."""
        crop = [*self.crop] if self.crop else None
        return {**self.blobs, "registered_sha256": self.registered_sha256, "crop": crop}


@dataclass(frozen=True)
class Quota:
    """How many pictures a pairing and an application may send."""

    per_pairing: int
    per_day: int


def check_may_send(session: Session, pairing: Pairing, quota: Quota, now: datetime) -> None:
    """Refused when this phone is for something else, the person has not confirmed, or has sent too much."""
    if pairing.subject != Subject.PORTRAIT:
        raise not_now()
    if pairing.state == State.CLAIMED:
        raise Refused(*NOT_CONFIRMED)
    if pairing.uploads >= quota.per_pairing:
        raise Refused(*NO_MORE_HERE)
    if attempts_today(session, pairing.application_id, now) >= quota.per_day:
        raise Refused(*TOO_MANY)


def receive(
    session: Session, pairing: Pairing, sent: SentPortrait, inspection: Inspection, quota: Quota, now: datetime
) -> Capture:
    """The row of a picture, and all that follows from it. Refused pictures leave their report only."""
    counted = update(Pairing).where(Pairing.id == pairing.id, Pairing.uploads < quota.per_pairing)
    if not updated_one_row(session, counted.values(uploads=Pairing.uploads + 1)):
        raise Refused(*NO_MORE_HERE)
    refused = inspection.report.verdict == "refuse"
    if refused:
        drop(session, pairing.application_id, sent.blobs.values())
    else:
        end_draft(session, pairing.application_id, "replaced", now)
    capture = Capture(
        application_id=pairing.application_id,
        pairing_id=pairing.id,
        sha256=sent.sha256,
        declared=sent.declared,
        bytes=sent.bytes,
        width=inspection.width,
        height=inspection.height,
        verdict=inspection.report.verdict,
        report=inspection.report.as_dict(),
        **({} if refused else sent.kept),
        received_at=now,
        ended_at=now if refused else None,
        end_reason="refused" if refused else None,
    )
    session.add(capture)
    _follow(session, pairing, capture, refused, now)
    return capture


def _follow(session: Session, pairing: Pairing, capture: Capture, refused: bool, now: datetime) -> None:
    pairing.state = State.CONFIRMED if refused else State.RECEIVED
    pairing.progress, pairing.trouble = ("refused" if refused else "received"), None
    is_active(session, pairing, now)
    event(session, pairing, EventCode.PICTURE_REFUSED if refused else EventCode.RECEIVED, now, str(capture.bytes))
    action = Action.CAPTURE_REFUSED if refused else Action.CAPTURE_RECEIVED
    note(session, pairing.application_id, Actor.pairing(pairing.id), action, now, capture.sha256)


def end_draft(session: Session, application_id: int, reason: str, now: datetime) -> bool:
    """The draft no longer counts, its blobs go."""
    draft = draft_of(session, application_id)
    if draft is None or draft.handed_over_at:
        return False
    end_capture(session, draft, reason, now)
    return True


def end_capture(session: Session, capture: Capture, reason: str, now: datetime) -> None:
    """It counts no longer, and its blobs are dropped."""
    drop(session, capture.application_id, blobs_of(capture))
    capture.ended_at, capture.end_reason = now, reason
    for column in BLOBS:
        setattr(capture, column, None)
    session.flush()


def withdraw(session: Session, application: Application, actor: Actor, now: datetime) -> bool:
    """重拍: the draft is gone, the phone (if one still holds the pairing) is asked for another."""
    if not end_draft(session, application.id, "withdrawn", now):
        return False
    pairing = live_pairing(session, application.id)
    if pairing is not None and pairing.state == State.RECEIVED:
        pairing.state, pairing.progress = State.CONFIRMED, EventCode.CONFIRMED
        event(session, pairing, EventCode.RETAKE, now)
    note(session, application.id, actor, Action.CAPTURE_WITHDRAWN, now)
    return True


def send_away(session: Session, application: Application, actor: Actor, now: datetime) -> None:
    """不是我的手机: whoever has sent the draft loses the pairing, and the draft is gone."""
    withdraw(session, application, actor, now)
    pairing = live_pairing(session, application.id)
    if pairing is not None:
        end(session, pairing, End.NOT_MINE, actor, now)


def hand_over(
    session: Session, application: Application, sha256: str, registered_sha256: str | None, now: datetime
) -> Receipt:
    """我已摄像完成，下一步: exactly the pictures that the person was shown are handed over: the one that was sent, and
    the one that is to be registered (None: not named). Twice is once.

    With a resident ID card it goes to the city office; with another document the pictures of it go along, and are asked
    for first where one is missing or was rejected.
    """
    draft = draft_of(session, application.id)
    if draft is None:
        raise Refused("no_capture", N_("还没有收到照片。请先用手机拍照并上传。"), 409)
    if draft.sha256 != sha256 or registered_sha256 not in (None, draft.registered_sha256 or ""):
        raise Refused("changed", N_("手机又传来了新的照片。请看过新照片后再点“我已摄像完成，下一步”。"), 409)
    if draft.handed_over_at:
        return receipts_of(session, application.id, RECEIPT)[0]
    take_step(session, application, _step_on(session, application), Role.CANDIDATE, now)
    draft.handed_over_at = now
    pairing = live_pairing(session, application.id)
    if pairing is not None:
        end(session, pairing, _end_of(application), Actor.candidate(application.candidate_id), now)
    facts: dict[str, str | int] = {
        "sha256": draft.sha256,
        "bytes": draft.bytes,
        "width": draft.width,
        "height": draft.height,
        **({"registered_sha256": draft.registered_sha256} if draft.registered_sha256 else {}),
    }
    return give_receipt(session, application, RECEIPT, facts, now)


def _end_of(application: Application) -> End:
    """Saved only, while pictures of the document are wanted beside it."""
    return End.SAVED if application.status == Status.DOCUMENTS else End.HANDED_OVER


def _step_on(session: Session, application: Application) -> Action:
    """Only documents that were handed in go along unasked; what was only uploaded is still the candidate's."""
    all_here = application.branch == Branch.OTHER and are_handed_over(session, application)
    return Action.HAND_OVER_ALL if all_here else Action.HAND_OVER
