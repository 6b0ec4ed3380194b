"""What support may do; every act is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.application.actions import note
from app.application.audit_rules import Action
from app.application.model import Application
from app.base import audit
from app.base.errors import N_, Refused
from app.base.tokens import Tokens
from app.identity.actor_rules import Actor
from app.identity.model import Staff
from app.pairing.actions import end, event, issue, mint
from app.pairing.last_four_actions import PER_DAY, left_today
from app.pairing.queries import live_pairing
from app.pairing.rules import End, EventCode, Purpose
from app.support.queries import Found

GUESSED = N_(
    "24 小时内，证件号码后四位已输错 %(times)s 次。为防止有人猜号码，暂时不能再发配对链接。"
    "请考生登录后用手机扫自己页面上的二维码；没有电脑的，请在手机上登录后点“用本机拍照”。"
)


def looked(session: Session, found: Found, person: Staff, now: datetime) -> None:
    """Support has opened this person's timeline, an empty one too."""
    actor, whom = str(Actor.staff(person.id)), str(Actor.candidate(found.candidate.id))
    audit.record(session, found.application.id if found.application else None, actor, Action.SUPPORT_LOOKED, now, whom)


def revoke(session: Session, found: Found, person: Staff, now: datetime) -> bool:
    """End the live pairing; whether there was one."""
    pairing = live_pairing(session, _application(found).id)
    return pairing is not None and end(session, pairing, End.REVOKED, Actor.staff(person.id), now)


def issue_link(
    session: Session, found: Found, person: Staff, signers: Mapping[Purpose, Tokens], life: timedelta, now: datetime
) -> str:
    """A fresh pairing with a link that opens with the last four characters of the ID number; returns its token.

    Refused while this person's links were opened with wrong characters too often.
    """
    application = _application(found)
    if left_today(session, found.candidate.id, now) <= 0:
        raise Refused("last4_spent", GUESSED, 409, times=PER_DAY)
    old = live_pairing(session, application.id)
    if old is not None:
        end(session, old, End.REISSUED, Actor.staff(person.id), now)
    pairing = issue(session, application, None, now)
    token = mint(session, pairing, signers[Purpose.SUPPORT], Purpose.SUPPORT, life, now)
    event(session, pairing, EventCode.SUPPORT_LINK, now)
    note(session, application.id, Actor.staff(person.id), Action.SUPPORT_LINK, now)
    return token


def _application(found: Found) -> Application:
    if found.application is None:
        raise Refused("not_now", N_("这位考生还没有申请毕业。请先让考生登录并点“申请”。"), 409)
    return found.application
