"""The code below the QR code: shown at the desktop, typed at the phone. See docs/decisions/typed-code.md."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.base.errors import N_, Refused
from app.pairing.actions import event, take_a_try, try_back
from app.pairing.model import Link, Pairing
from app.pairing.rules import EventCode, Purpose, State
from app.pairing.typed_rules import GROWS_OLD, MOST_WRONG, TypedCodes, as_meant

CODE_WRONG = ("code_wrong", N_("没有这个代码，或者它已经更换。请对照电脑上二维码下面的代码，重新输入。"), 403)


def shown_code(session: Session, pairing: Pairing, codes: TypedCodes, life: timedelta, now: datetime) -> str:
    """The pairing's code, good for `life` from now on: the one that is there, or, when that is old, another.

    The one before keeps what is left of its life, for whoever is typing it.
    """
    link = session.get(Link, codes.hashes(pairing.id, codes.make(pairing.id, pairing.code_number))[-1])
    if link is not None and now - link.made_at >= GROWS_OLD:
        pairing.code_number += 1
        link = None
    code = codes.make(pairing.id, pairing.code_number)
    if link is None:
        link = _new(pairing, codes, code, now)
        session.add(link)
    link.expires_at = now + life
    return code


def _new(pairing: Pairing, codes: TypedCodes, code: str, now: datetime) -> Link:
    return Link(
        token_hash=codes.hashes(pairing.id, code)[-1],
        selector=codes.selectors(code)[-1],
        pairing_id=pairing.id,
        purpose=Purpose.TYPED,
        made_at=now,
        wrong_tries=0,
    )


def link_of(session: Session, codes: TypedCodes, typed: str, now: datetime) -> Link | Refused:
    """The link that this code is, alive or not. A refusal is returned, not raised: what it counted must be committed.

    Wrong codes are told nothing more: not even that their first half is somebody's.
    """
    code = as_meant(typed)
    alike = select(Link).where(Link.selector.in_(codes.selectors(code)))
    for link in session.scalars(alike).all() if code else ():
        right = any(hmac.compare_digest(each, link.token_hash) for each in codes.hashes(link.pairing_id, code))
        if not _is_open(link, now):
            if right and link.wrong_tries < MOST_WRONG:
                return link
        elif take_a_try(session, link, MOST_WRONG):
            if right:
                try_back(session, link)
                return link
            _wrong(session, link, now)
    return Refused(*CODE_WRONG)


def _is_open(link: Link, now: datetime) -> bool:
    """Whether it can still be claimed by the one who types it."""
    return link.pairing.state == State.ISSUED and link.pairing.ended_at is None and now < link.expires_at


def _wrong(session: Session, link: Link, now: datetime) -> None:
    """Somebody has typed another second half. The tenth uses the code up; the desktop draws the next one."""
    session.refresh(link, ["wrong_tries"])
    if link.wrong_tries < MOST_WRONG:
        return event(session, link.pairing, EventCode.CODE_WRONG, now)
    link.pairing.code_number += 1
    return event(session, link.pairing, EventCode.CODE_USED_UP, now)
