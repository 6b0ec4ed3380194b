"""One-time codes for candidates who have forgotten their password: given out, used once, told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.accounts.code_rules import RESET_LIFE, RESET_MINUTES, HiddenCodes, new_reset_code
from app.accounts.model import PasswordReset
from app.accounts.password_actions import set_password
from app.accounts.reset_queries import mismatches_today
from app.accounts.reset_rules import MOST_MISMATCHES, SUPPORT, TOO_MANY
from app.base.audit import record
from app.base.database import updated_one_row
from app.base.errors import N_, Refused
from app.identity.act_rules import Act
from app.identity.actions import LoginEnded
from app.identity.actor_rules import Actor
from app.identity.model import Candidate, Staff
from app.outbox.actions import Happened, tell
from app.outbox.rules import NoticeKind

WRONG_CODE = N_(
    "准考证号或代码不对，或者代码已经过期。代码 %(minutes)s 分钟内有效，只能用一次；可以请工作人员再发一个。"
)


def looked(session: Session, candidate: Candidate, person: Staff, now: datetime) -> None:
    """Somebody has opened the page on which this candidate's password can be reset."""
    record(session, None, str(Actor.staff(person.id)), Act.RESET_LOOKED, now, str(Actor.candidate(candidate.id)))


def issue(session: Session, candidate: Candidate, person: Staff, hidden: HiddenCodes, now: datetime) -> str:
    """A code that opens once within 15 minutes; those before it open nothing any more."""
    code = new_reset_code()
    end_codes(session, candidate.id, now)
    by = _row(session, candidate, person, hidden.hide(owner_of(candidate), code), now).by
    tell(session, Happened(NoticeKind.CODE_ISSUED, {"by": by}, candidate_id=candidate.id), now)
    record(session, None, str(Actor.staff(person.id)), Act.RESET_ISSUED, now, str(Actor.candidate(candidate.id)))
    return code


def note_mismatch(session: Session, candidate: Candidate, person: Staff, now: datetime) -> int:
    """A caller said what is not on record; how many more times they may be asked today."""
    _row(session, candidate, person, "", now)
    record(session, None, str(Actor.staff(person.id)), Act.RESET_MISMATCH, now, str(Actor.candidate(candidate.id)))
    session.flush()
    return MOST_MISMATCHES - mismatches_today(session, candidate.id, now)


def may_ask(session: Session, candidate: Candidate, now: datetime) -> None:
    """Refused while callers were wrong too often."""
    if mismatches_today(session, candidate.id, now) >= MOST_MISMATCHES:
        raise Refused("too_many_mismatches", TOO_MANY, 409, times=MOST_MISMATCHES)


def use(
    session: Session, reset: PasswordReset, candidate: Candidate, hashed: str, ended: LoginEnded, now: datetime
) -> None:
    """The code is spent and the new password counts; every login ends. Refused when it was spent meanwhile."""
    alive = (PasswordReset.used_at.is_(None), PasswordReset.ended_at.is_(None), PasswordReset.expires_at > now)
    spent = update(PasswordReset).where(PasswordReset.id == reset.id, *alive)
    if not updated_one_row(session, spent.values(used_at=now)):
        raise wrong_reset(422)
    record(session, None, str(Actor.candidate(candidate.id)), Act.RESET_USED, now)
    tell(session, Happened(NoticeKind.CODE_USED, {"by": reset.by}, candidate_id=candidate.id), now)
    set_password(session, candidate, hashed, ended, now, None)


def dismiss(session: Session, candidate_id: int, reset_id: int, now: datetime) -> None:
    """The candidate has read that a code was given out."""
    mine = (PasswordReset.id == reset_id, PasswordReset.candidate_id == candidate_id)
    unread = update(PasswordReset).where(*mine, PasswordReset.dismissed_at.is_(None))
    session.execute(unread.values(dismissed_at=now))


def wrong_reset(status: int, retry_after: int | None = None) -> Refused:
    """The same words whatever was wrong."""
    return Refused("wrong_reset", WRONG_CODE, status, retry_after, minutes=RESET_MINUTES)


def end_codes(session: Session, candidate_id: int, now: datetime) -> None:
    """What was given out before opens nothing any more."""
    open_ones = (PasswordReset.used_at.is_(None), PasswordReset.ended_at.is_(None))
    session.execute(
        update(PasswordReset).where(PasswordReset.candidate_id == candidate_id, *open_ones).values(ended_at=now)
    )


def owner_of(candidate: Candidate) -> str:
    """Whose code it is."""
    return f"reset {candidate.id}"


def _row(session: Session, candidate: Candidate, person: Staff, hidden: str, now: datetime) -> PasswordReset:
    by = person.office.name if person.office else SUPPORT
    row = PasswordReset(candidate_id=candidate.id, staff_id=person.id, by=by, hidden=hidden)
    row.asked_at, row.expires_at = now, now + RESET_LIFE
    session.add(row)
    return row
