"""Claiming: one conditional UPDATE decides which phone holds the pairing."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.application.actions import note
from app.application.audit_rules import Action
from app.base.database import updated_one_row
from app.base.errors import N_, Refused
from app.base.tokens import Tokens, digest, secret
from app.identity.actor_rules import Actor
from app.identity.browser_rules import browser_family
from app.pairing import last_four_actions
from app.pairing.actions import event, is_active
from app.pairing.ending_rules import MOVED, ended_refusal
from app.pairing.model import Link, Pairing, PhoneSession
from app.pairing.move_actions import close_keys, moved_on
from app.pairing.queries import phone_session
from app.pairing.rules import EventCode, Purpose, State, permission_ends

BAD_TOKEN = ("bad_token", N_("这个链接不完整或不是本系统的。请重新扫描电脑上的二维码。"), 403)
EXPIRED = ("expired", N_("二维码已过期。请扫电脑上新的二维码；如果没有变化，请在电脑上点“重新生成二维码”。"), 410)
CODE_EXPIRED = ("expired", N_("这个代码已过期。请输入电脑上现在显示的代码。"), 410)
CLAIMED = ("claimed", N_("另一部手机已经扫过这个二维码。如果不是您的手机，请在电脑上点“不是我的手机”。"), 410)


@dataclass(frozen=True)
class Asking:
    """What a browser brings along: the link's token, its own nonce, its present cookie, the last four characters."""

    token: str
    nonce: str = ""
    cookie: str = ""
    last4: str = ""
    user_agent: str = ""


@dataclass(frozen=True)
class Claimed:
    """The pairing, and the secret for the cookie (None: the browser has it already)."""

    pairing: Pairing
    secret: str | None


def claim(
    session: Session, signers: Mapping[Purpose, Tokens], ask: Asking, minutes: int, now: datetime
) -> Claimed | Refused:
    """Give the pairing to this browser. A refusal is returned, not raised: what it recorded must be committed.

    That of a known link carries the `language` of the application, in which the phone's page says it.
    """
    link = session.get(Link, digest(ask.token))
    if link is None or not signers[link.purpose].is_ours(ask.token):
        return Refused(*BAD_TOKEN)
    return follow(session, link, ask, minutes, now)


def follow(session: Session, link: Link, ask: Asking, minutes: int, now: datetime) -> Claimed | Refused:
    """Claim by a link that the browser has shown to hold."""
    outcome = _follow(session, link, ask, minutes, now)
    if isinstance(outcome, Refused):
        outcome.facts["language"] = link.pairing.application.language
    return outcome


def _follow(session: Session, link: Link, ask: Asking, minutes: int, now: datetime) -> Claimed | Refused:
    pairing = link.pairing
    if reason := pairing.ended(now):
        return ended_refusal(reason, pairing.subject)
    if again := _held_already(session, pairing, ask, now):
        return again
    if left := _left_behind(session, link, ask):
        return moved_on(session, left)
    if now >= link.expires_at:
        event(session, pairing, EventCode.EXPIRED_SCAN, now, browser_family(ask.user_agent))
        return Refused(*(CODE_EXPIRED if link.purpose == Purpose.TYPED else EXPIRED))
    if link.purpose == Purpose.SUPPORT and (refusal := last_four_actions.check(session, link, ask.last4, now)):
        return refusal
    return _take(session, link, ask, minutes, now)


def _held_already(session: Session, pairing: Pairing, ask: Asking, now: datetime) -> Claimed | None:
    """The same browser again: by its cookie, or by its nonce when the answer to its claim was lost on the way."""
    key = phone_session(session, ask.cookie)
    if key and key.pairing_id == pairing.id and key.moved_at is None:
        return Claimed(pairing, None)
    if not ask.nonce:
        return None
    same = select(PhoneSession).where(
        PhoneSession.pairing_id == pairing.id, PhoneSession.nonce_hash == digest(ask.nonce)
    )
    if before := session.scalars(same.where(PhoneSession.moved_at.is_(None)).limit(1)).first():
        return Claimed(pairing, _new_key(session, pairing, ask, now, before.came_by))
    return None


def _left_behind(session: Session, link: Link, ask: Asking) -> PhoneSession | None:
    """The key of a browser that opens the link again by which it handed the pairing on; nobody else has used that."""
    key = phone_session(session, ask.cookie)
    return key if key and link.spent_at and link.made_by == key.secret_hash else None


def _take(session: Session, link: Link, ask: Asking, minutes: int, now: datetime) -> Claimed | Refused:
    pairing = link.pairing
    if link.purpose == Purpose.TRANSFER:
        unspent = update(Link).where(Link.token_hash == link.token_hash, Link.spent_at.is_(None))
        if not updated_one_row(session, unspent.values(spent_at=now)):
            return _too_late(session, pairing, ask, now)
        close_keys(session, pairing, now)
        event(session, pairing, EventCode.MOVED, now, browser_family(ask.user_agent))
    elif not _win(session, pairing, minutes, now):
        return _too_late(session, pairing, ask, now)
    else:
        how = EventCode.CLAIMED_TYPED if link.purpose == Purpose.TYPED else EventCode.CLAIMED
        event(session, pairing, how, now, browser_family(ask.user_agent))
    note(session, pairing.application_id, Actor.phone(), Action.PAIRING_CLAIMED, now, link.purpose)
    return Claimed(pairing, _new_key(session, pairing, ask, now, link.token_hash))


def _win(session: Session, pairing: Pairing, minutes: int, now: datetime) -> bool:
    free = update(Pairing).where(Pairing.id == pairing.id, Pairing.state == State.ISSUED, Pairing.ended_at.is_(None))
    return updated_one_row(
        session,
        free.values(
            state=State.CLAIMED,
            claimed_at=now,
            permitted_until=permission_ends(now, minutes),
            confirmation_code=f"{secrets.randbelow(10_000):04d}",
        ),
    )


def _too_late(session: Session, pairing: Pairing, ask: Asking, now: datetime) -> Refused:
    event(session, pairing, EventCode.SECOND_CLAIM, now, browser_family(ask.user_agent))
    return Refused(*CLAIMED)


def _new_key(session: Session, pairing: Pairing, ask: Asking, now: datetime, came_by: str | None = None) -> str:
    cookie = secret()
    nonce_hash = digest(ask.nonce) if ask.nonce else None
    session.add(
        PhoneSession(
            secret_hash=digest(cookie), nonce_hash=nonce_hash, pairing_id=pairing.id, made_at=now, came_by=came_by
        )
    )
    pairing.online = True
    is_active(session, pairing, now)
    return cookie


def claim_here(session: Session, pairing: Pairing, minutes: int, now: datetime, user_agent: str) -> str:
    """用本机拍照: the desktop page's own browser becomes the phone, without a second confirmation."""
    if pairing.state == State.ISSUED:
        _win(session, pairing, minutes, now)
        event(session, pairing, EventCode.CLAIMED_HERE, now, browser_family(user_agent))
    close_keys(session, pairing, now)
    pairing.same_device = True
    if pairing.state == State.CLAIMED:
        pairing.state = State.CONFIRMED
    note(session, pairing.application_id, Actor.phone(), Action.PAIRING_CLAIMED, now, "here")
    return _new_key(session, pairing, Asking("", user_agent=user_agent), now)


def held_pairing(session: Session, cookie: str, now: datetime) -> Pairing:
    """The pairing that this phone holds; Refused 401 or 410 with the reason when it holds none."""
    key = known_session(session, cookie, now)
    if key.moved_at:
        raise moved_on(session, key)
    return key.pairing


def known_session(session: Session, cookie: str, now: datetime) -> PhoneSession:
    """The key of a phone whose pairing lives, though it may have moved to another browser; else Refused as above."""
    key = phone_session(session, cookie)
    if key is None:
        raise Refused("no_pairing", N_("这部手机还没有和电脑连接。请扫电脑上的二维码。"), 401)
    if reason := key.pairing.ended(now):
        refusal = ended_refusal(MOVED if key.moved_at else reason, key.pairing.subject)
        if key.pairing.same_device and not key.moved_at:
            refusal.facts["alone"] = True
        raise refusal
    return key
