"""A link from support opens with the last four characters of the ID number.

Guesses are few: three a link, and six a day for a person, however many links support hands out. Both are counted in
rows, before anything is compared.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.application.model import Application
from app.base.errors import N_, Refused
from app.identity.actor_rules import Actor
from app.identity.throttle import Proof, is_proof
from app.pairing.actions import end, event, take_a_try, try_back
from app.pairing.ending_rules import ended_refusal
from app.pairing.model import Link, Pairing, PairingEvent
from app.pairing.rules import End, EventCode

PER_LINK = 3
PER_DAY = 6
A_DAY = timedelta(hours=24)


def check(session: Session, link: Link, given: str, now: datetime) -> Refused | None:
    """None when the link opens. The third wrong try ends it."""
    if not given:
        return Refused("last4_needed", N_("请输入您证件号码的最后四位。"), 403)
    candidate = link.pairing.application.candidate
    if left_today(session, candidate.id, now) <= 0 or not take_a_try(session, link, PER_LINK):
        return _lock(session, link, now)
    if is_proof(given, candidate.id_number, Proof.LAST4):
        try_back(session, link)
        return None
    event(session, link.pairing, EventCode.LAST4_WRONG, now)
    session.flush()
    left = min(PER_LINK - link.wrong_tries, left_today(session, candidate.id, now))
    if left <= 0:
        return _lock(session, link, now)
    return Refused("last4_wrong", N_("最后四位不对，还可以试 %(left)s 次。请核对证件后再输入。"), 403, left=left)


def left_today(session: Session, candidate_id: int, now: datetime) -> int:
    """How many wrong tries this person's links still have within 24 hours."""
    wrong = select(func.count(PairingEvent.id)).where(
        PairingEvent.code == EventCode.LAST4_WRONG, PairingEvent.at > now - A_DAY
    )
    of_theirs = wrong.join(Pairing).join(Application).where(Application.candidate_id == candidate_id)
    return PER_DAY - (session.scalar(of_theirs) or 0)


def _lock(session: Session, link: Link, now: datetime) -> Refused:
    end(session, link.pairing, End.LOCKED, Actor.server(), now)
    return ended_refusal(End.LOCKED, link.pairing.subject)
