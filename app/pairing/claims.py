"""Claiming: one conditional UPDATE decides which phone holds the pairing."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.base.errors import N_, Refused
from app.base.race import won
from app.base.tokens import Tokens, digest, secret
from app.graduation.actions import note
from app.pairing.actions import end, event, is_active
from app.pairing.endings import over
from app.pairing.model import Link, Pairing, PhoneKey
from app.pairing.queries import phone_key
from app.pairing.rules import End, Purpose, State, browser_family, permission_ends

WRONG_TRIES = 3
BAD_TOKEN = ("bad_token", N_("这个链接不完整或不是本系统的。请重新扫描电脑上的二维码。"), 403)
EXPIRED = ("expired", N_("二维码已过期。请扫电脑上新的二维码；如果没有变化，请在电脑上点“重新生成二维码”。"), 410)
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
    outcome = _follow(session, link, ask, minutes, now)
    if isinstance(outcome, Refused):
        outcome.facts["language"] = link.pairing.application.language
    return outcome


def _follow(session: Session, link: Link, ask: Asking, minutes: int, now: datetime) -> Claimed | Refused:
    pairing = link.pairing
    if reason := pairing.ended(now):
        return over(reason, pairing.subject)
    if again := _held_already(session, pairing, ask, now):
        return again
    if now >= link.expires_at:
        event(session, pairing, "expired_scan", now, browser_family(ask.user_agent))
        return Refused(*EXPIRED)
    if link.purpose == Purpose.SUPPORT and (refusal := _check_last4(session, link, ask, now)):
        return refusal
    return _take(session, link, ask, minutes, now)


def _held_already(session: Session, pairing: Pairing, ask: Asking, now: datetime) -> Claimed | None:
    """The same browser again: by its cookie, or by its nonce when the answer to its claim was lost on the way."""
    key = phone_key(session, ask.cookie)
    if key and key.pairing_id == pairing.id and key.moved_at is None:
        return Claimed(pairing, None)
    if not ask.nonce:
        return None
    same = select(PhoneKey).where(PhoneKey.pairing_id == pairing.id, PhoneKey.nonce_hash == digest(ask.nonce))
    if session.scalar(same.where(PhoneKey.moved_at.is_(None))):
        return Claimed(pairing, _new_key(session, pairing, ask, now))
    return None


def _check_last4(session: Session, link: Link, ask: Asking, now: datetime) -> Refused | None:
    """A link from support opens with the last four characters of the ID number; three wrong tries end it."""
    if not ask.last4:
        return Refused("last4_needed", N_("请输入您证件号码的最后四位。"), 403)
    expected = link.pairing.application.candidate.id_number[-4:].upper()
    if secrets.compare_digest(ask.last4.strip().upper().encode(), expected.encode()):
        return None
    link.wrong_tries += 1
    event(session, link.pairing, "last4_wrong", now)
    left = WRONG_TRIES - link.wrong_tries
    if left <= 0:
        end(session, link.pairing, End.LOCKED, "server", now)
        return over(End.LOCKED, link.pairing.subject)
    return Refused("last4_wrong", N_("最后四位不对，还可以试 %(left)s 次。请核对证件后再输入。"), 403, left=left)


def _take(session: Session, link: Link, ask: Asking, minutes: int, now: datetime) -> Claimed | Refused:
    pairing = link.pairing
    if link.purpose == Purpose.TRANSFER:
        unspent = update(Link).where(Link.token_hash == link.token_hash, Link.spent_at.is_(None))
        if not won(session, unspent.values(spent_at=now)):
            return _too_late(session, pairing, ask, now)
        close_keys(session, pairing, now)
        event(session, pairing, "moved", now, browser_family(ask.user_agent))
    elif not _win(session, pairing, minutes, now):
        return _too_late(session, pairing, ask, now)
    else:
        event(session, pairing, "claimed", now, browser_family(ask.user_agent))
    note(session, pairing.application_id, "phone", "pairing_claimed", now, link.purpose)
    return Claimed(pairing, _new_key(session, pairing, ask, now))


def _win(session: Session, pairing: Pairing, minutes: int, now: datetime) -> bool:
    free = update(Pairing).where(Pairing.id == pairing.id, Pairing.state == State.ISSUED, Pairing.ended_at.is_(None))
    return won(
        session,
        free.values(state=State.CLAIMED, claimed_at=now, permitted_until=permission_ends(now, minutes),
                    number=f"{secrets.randbelow(10_000):04d}"),
    )  # fmt: skip


def _too_late(session: Session, pairing: Pairing, ask: Asking, now: datetime) -> Refused:
    event(session, pairing, "second_claim", now, browser_family(ask.user_agent))
    return Refused(*CLAIMED)


def _new_key(session: Session, pairing: Pairing, ask: Asking, now: datetime) -> str:
    cookie = secret()
    nonce_hash = digest(ask.nonce) if ask.nonce else None
    session.add(PhoneKey(secret_hash=digest(cookie), nonce_hash=nonce_hash, pairing_id=pairing.id, made_at=now))
    pairing.online = True
    is_active(session, pairing, now)
    return cookie


def close_keys(session: Session, pairing: Pairing, now: datetime) -> None:
    """The pairing moves on: the cookies that held it open nothing any more."""
    held = update(PhoneKey).where(PhoneKey.pairing_id == pairing.id, PhoneKey.moved_at.is_(None))
    session.execute(held.values(moved_at=now))


def claim_here(session: Session, pairing: Pairing, minutes: int, now: datetime, user_agent: str) -> str:
    """用本机拍照: the desktop page's own browser becomes the phone, without a second confirmation."""
    if pairing.state == State.ISSUED:
        _win(session, pairing, minutes, now)
        event(session, pairing, "claimed_here", now, browser_family(user_agent))
    close_keys(session, pairing, now)
    pairing.alone = True
    if pairing.state == State.CLAIMED:
        pairing.state = State.CONFIRMED
    note(session, pairing.application_id, "phone", "pairing_claimed", now, "here")
    return _new_key(session, pairing, Asking("", user_agent=user_agent), now)


def held_pairing(session: Session, cookie: str, now: datetime) -> Pairing:
    """The pairing that this phone holds; Refused 401 or 410 with the reason when it holds none."""
    key = phone_key(session, cookie)
    if key is None:
        raise Refused("no_pairing", N_("这部手机还没有和电脑连接。请扫电脑上的二维码。"), 401)
    if key.moved_at:
        raise over("moved", key.pairing.subject)
    if reason := key.pairing.ended(now):
        raise over(reason, key.pairing.subject)
    return key.pairing
