"""What happens to a pairing while it is prepared and watched from a desktop; claiming is in `claims`."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Update, select, update
from sqlalchemy.orm import Session

from app.application.actions import note, ring
from app.application.audit_rules import Action
from app.application.model import Application
from app.application.status_rules import STATUSES
from app.application.workflow import Status
from app.base.database import updated_one_row
from app.base.tokens import Tokens, digest
from app.identity.actions import keep_alive
from app.identity.actor_rules import Actor
from app.pairing.model import Link, Pairing, PairingEvent
from app.pairing.queries import live_pairing
from app.pairing.rules import ENDED, End, EventCode, Purpose, State, is_trouble, subject_for

MOST_ALIKE = 20


def event(session: Session, pairing: Pairing, code: EventCode, now: datetime, detail: str = "") -> None:
    """Add to the history, and let the pages look again.

    Of each code at most MOST_ALIKE rows are kept; what comes more often moves the newest one along, so that neither a
    flapping network nor a stranger with the link fills the history.
    """
    alike = select(PairingEvent).where(PairingEvent.pairing_id == pairing.id, PairingEvent.code == code)
    before = list(session.scalars(alike.order_by(PairingEvent.at.desc(), PairingEvent.id.desc()).limit(MOST_ALIKE)))
    if len(before) < MOST_ALIKE:
        session.add(PairingEvent(pairing_id=pairing.id, at=now, code=code, detail=detail[:80]))
    else:
        before[0].at, before[0].detail = now, detail[:80]
    ring(session, pairing.application_id)


def current(session: Session, application: Application, login_id: int | None, now: datetime) -> Pairing:
    """The pairing that is there, or a new one. One whose permission has run out, or for another subject, gives way."""
    pairing = live_pairing(session, application.id)
    alive = pairing is not None and pairing.ended(now) is None
    if pairing is not None and alive and pairing.subject == STATUSES[Status(application.status)].takes:
        return pairing
    if pairing is not None:
        end(session, pairing, End.REPLACED if alive else End.EXPIRED, Actor.server(), now)
    return issue(session, application, login_id, now)


def issue(session: Session, application: Application, login_id: int | None, now: datetime) -> Pairing:
    """A new pairing. There must be no live one; the database sees to it."""
    subject = subject_for(Status(application.status))
    pairing = Pairing(
        application_id=application.id,
        login_id=login_id,
        subject=subject,
        state=State.ISSUED,
        created_at=now,
        same_device=False,
        online=False,
        uploads=0,
    )
    session.add(pairing)
    session.flush()
    session.add(PairingEvent(pairing_id=pairing.id, at=now, code=EventCode.ISSUED))
    note(session, application.id, Actor.login(login_id), Action.PAIRING_ISSUED, now)
    return pairing


def renew(session: Session, application: Application, login_id: int, now: datetime) -> Pairing:
    """重新生成二维码: a new pairing in the place of whatever is there."""
    pairing = live_pairing(session, application.id)
    if pairing is not None:
        end(session, pairing, End.REPLACED, Actor.login(login_id), now)
    return issue(session, application, login_id, now)


def end(session: Session, pairing: Pairing, reason: End, actor: Actor, now: datetime) -> bool:
    """End it once; a second end is nothing."""
    living = update(Pairing).where(Pairing.id == pairing.id, Pairing.ended_at.is_(None))
    if not updated_one_row(session, living.values(ended_at=now, end_reason=reason, online=False)):
        return False
    session.info.setdefault("ended_pairings", []).append(pairing.id)
    event(session, pairing, EventCode(reason), now)
    note(session, pairing.application_id, actor, ENDED[reason], now)
    return True


def end_of_login(session: Session, login_id: int, now: datetime) -> None:
    """Logout takes back what that login minted."""
    minted = select(Pairing).where(Pairing.login_id == login_id, Pairing.ended_at.is_(None))
    for pairing in session.scalars(minted).all():
        end(session, pairing, End.LOGGED_OUT, Actor.login(login_id), now)


def mint(
    session: Session,
    pairing: Pairing,
    tokens: Tokens,
    purpose: Purpose,
    life: timedelta,
    now: datetime,
    made_by: str | None = None,
) -> str:
    """One more link to this pairing; returns the token, of which only the hash is kept. `made_by`: a browser's key."""
    token = tokens.make()
    session.add(
        Link(
            token_hash=digest(token),
            pairing_id=pairing.id,
            purpose=purpose,
            made_at=now,
            expires_at=now + life,
            wrong_tries=0,
            made_by=made_by,
        )
    )
    return token


def take_a_try(session: Session, link: Link, most: int) -> bool:
    """Count a try of a link before it is judged, so that tries at the same moment are not one; False after `most`.

    The row is locked from here on.
    """
    return updated_one_row(session, _tries(link, 1).where(Link.wrong_tries < most))


def try_back(session: Session, link: Link) -> None:
    """The try was right, and does not count."""
    session.execute(_tries(link, -1))


def _tries(link: Link, more: int) -> Update:
    return update(Link).where(Link.token_hash == link.token_hash).values(wrong_tries=Link.wrong_tries + more)


def report(session: Session, pairing: Pairing, code: EventCode, now: datetime) -> None:
    """The phone says where it is."""
    pairing.trouble = code if is_trouble(code) else None
    if code != pairing.progress:
        pairing.progress = code
        event(session, pairing, code, now)
    if code == EventCode.CONFIRMED and pairing.state == State.CLAIMED:
        pairing.state = State.CONFIRMED
    pairing.online = True
    is_active(session, pairing, now)


def is_active(session: Session, pairing: Pairing, now: datetime) -> None:
    """The phone's activity keeps the login alive that the desktop waits in."""
    if pairing.login_id is not None:
        keep_alive(session, pairing.login_id, now)


def presence(session: Session, pairing_id: int, online: bool, now: datetime) -> None:
    """The phone's socket came or went."""
    pairing = session.get(Pairing, pairing_id)
    if pairing is not None and pairing.ended_at is None and pairing.online != online:
        pairing.online = online
        event(session, pairing, EventCode.ONLINE if online else EventCode.OFFLINE, now)
