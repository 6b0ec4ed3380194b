"""The second factor of staff: setting it up, using a code, turning it off."""

from __future__ import annotations

import base64
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.accounts.code_rules import HiddenCodes, new_recovery_codes, step_of
from app.accounts.model import RecoveryCode
from app.base.audit import record
from app.base.database import updated_one_row
from app.base.errors import N_, Refused
from app.base.seal import Damaged, Sealer, UnknownKey
from app.identity.act_rules import Act
from app.identity.actor_rules import Actor
from app.identity.model import Staff

LOST = N_("服务器打不开您的二次验证。请联系运行管理员，让他为您重置二次验证。")
WRONG_CODE = N_("验证码不对，或已经用过。请核对手机的时间是否自动校准，等下一个验证码出现后再输入。")


class SealedSecrets:
    """Secrets of second factors, as they stand in the database: sealed under STORE_KEYS, each for its owner alone."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    def seal(self, staff_id: int, secret: str) -> str:
        """For the column."""
        return base64.b64encode(self._sealer.seal(_name(staff_id), secret.encode())).decode()

    def open(self, staff_id: int, sealed: str) -> str:
        """The secret; Refused when no key opens it any more."""
        try:
            return self._sealer.open(_name(staff_id), base64.b64decode(sealed, validate=True)).decode()
        except (UnknownKey, Damaged, ValueError):
            raise Refused("second_lost", LOST, 422) from None


def _name(staff_id: int) -> str:
    return f"second factor of staff {staff_id}"


def turn_on(
    session: Session, person: Staff, secrets: SealedSecrets, secret: str, code: str, hidden: HiddenCodes, now: datetime
) -> list[str]:
    """The second factor counts from now on, as its first code was right; the recovery codes. Else Refused."""
    step = step_of(secret, code, now)
    if step is None:
        raise Refused("wrong_code", WRONG_CODE, 422)
    sealed = secrets.seal(person.id, secret)
    new = {"totp_sealed": sealed, "totp_step": step, "wrong_codes": 0}
    session.execute(update(Staff).where(Staff.id == person.id).values(**new))
    record(session, None, str(Actor.staff(person.id)), Act.SECOND_ON, now)
    return _new_codes(session, person, hidden)


def turn_off(session: Session, person: Staff, now: datetime) -> None:
    """A password alone opens this account again."""
    session.execute(update(Staff).where(Staff.id == person.id).values(totp_sealed="", wrong_codes=0))
    session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == person.id))
    record(session, None, str(Actor.staff(person.id)), Act.SECOND_OFF, now)


def renew_codes(session: Session, person: Staff, hidden: HiddenCodes, now: datetime) -> list[str]:
    """Ten new recovery codes; the old ones open nothing any more."""
    record(session, None, str(Actor.staff(person.id)), Act.RECOVERY_RENEWED, now)
    return _new_codes(session, person, hidden)


def use_code(session: Session, person: Staff, secret: str, code: str, hidden: HiddenCodes, now: datetime) -> bool:
    """Whether this code, or recovery code, opens; each does once."""
    step = step_of(secret, code, now)
    if step is not None:
        unused = update(Staff).where(Staff.id == person.id, Staff.totp_step < step)
        return updated_one_row(session, unused.values(totp_step=step))
    mine = (RecoveryCode.staff_id == person.id, RecoveryCode.hidden.in_(hidden.every(_owner(person), code)))
    unspent = update(RecoveryCode).where(*mine, RecoveryCode.used_at.is_(None))
    if not updated_one_row(session, unspent.values(used_at=now)):
        return False
    record(session, None, str(Actor.staff(person.id)), Act.RECOVERY_USED, now, f"left={codes_left(session, person)}")
    return True


def seal_anew(session: Session, person: Staff, secrets: SealedSecrets, secret: str) -> None:
    """Under the newest key: an older one can be given up once everybody has logged in."""
    as_it_was = update(Staff).where(Staff.id == person.id, Staff.totp_sealed == person.totp_sealed)
    session.execute(as_it_was.values(totp_sealed=secrets.seal(person.id, secret)))


def codes_left(session: Session, person: Staff) -> int:
    """How many recovery codes still open."""
    mine = (RecoveryCode.staff_id == person.id, RecoveryCode.used_at.is_(None))
    return len(session.scalars(select(RecoveryCode.id).where(*mine)).all())


def count_wrong(session: Session, staff_id: int) -> None:
    """A wrong code after the right password: the owner is told."""
    session.execute(update(Staff).where(Staff.id == staff_id).values(wrong_codes=Staff.wrong_codes + 1))


def forget_wrong(session: Session, staff_id: int) -> int:
    """How many there were since the last right one; none from now on."""
    wrong = session.scalar(select(Staff.wrong_codes).where(Staff.id == staff_id)) or 0
    session.execute(update(Staff).where(Staff.id == staff_id).values(wrong_codes=0))
    return wrong


def _new_codes(session: Session, person: Staff, hidden: HiddenCodes) -> list[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == person.id))
    codes = new_recovery_codes()
    session.add_all(RecoveryCode(staff_id=person.id, hidden=hidden.hide(_owner(person), each)) for each in codes)
    return codes


def _owner(person: Staff) -> str:
    return f"recovery {person.id}"
