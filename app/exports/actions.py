"""Asking for an export, its password, and what is recorded when it is taken away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.base.audit import record
from app.base.errors import N_, Refused
from app.base.tokens import derive
from app.exports.former_queries import just_asked
from app.exports.model import Export
from app.exports.rules import Wanted
from app.exports.seal_rules import check_of, new_nonce, password_of
from app.identity.act_rules import Act
from app.identity.actor_rules import Actor
from app.jobs import actions as jobs

JOB = "export"
NO_PASSWORD = N_("服务器的密钥换过了，这份导出原来的密码不能再用。请点“换一个密码”。")


def ask_for(
    session: Session, wanted: Wanted, staff_id: int | None, now: datetime, secret_keys: Sequence[str]
) -> Export:
    """An export that is made as soon as its turn comes; recorded. A button pressed twice asks for one."""
    if staff_id and (same := just_asked(session, wanted, staff_id, now)):
        return same
    export = Export(**wanted.fields, asked_by=staff_id, asked_at=now)
    session.add(export)
    session.flush()
    export.job_id = jobs.ask(session, JOB, {"export": export.id}, staff_id, now).id
    if wanted.sealed:
        _another_nonce(export, secret_keys)
    _note(session, staff_id, Act.EXPORT_ASKED, now, f"{export.id} {export.kind} {export.batch} {export.city}")
    session.flush()
    return export


def change_password(session: Session, export: Export, staff_id: int, now: datetime, secret_keys: Sequence[str]) -> None:
    """Another password: what was downloaded before keeps its own."""
    _another_nonce(export, secret_keys)
    _note(session, staff_id, Act.EXPORT_PASSWORD, now, str(export.id))


def password(export: Export, secret_keys: Sequence[str]) -> str:
    """The password of a sealed export. Refused when the SECRET_KEY that it came from is gone."""
    for secret in reversed(secret_keys):
        key = _key(secret)
        if check_of(key, export.nonce) == export.nonce_check:
            return password_of(key, export.nonce)
    raise Refused("no_password", NO_PASSWORD, 409)


def downloaded(session: Session, export: Export, staff_id: int | None, now: datetime, start: int) -> None:
    """Somebody takes it away, from this byte on."""
    again = Export.downloads + (0 if start else 1)
    session.execute(update(Export).where(Export.id == export.id).values(downloads=again))
    _note(session, staff_id, Act.EXPORT_DOWNLOADED, now, f"{export.id} from {start}" if start else str(export.id))


def _another_nonce(export: Export, secret_keys: Sequence[str]) -> None:
    export.nonce = new_nonce()
    export.nonce_check = check_of(_key(secret_keys[-1]), export.nonce)


def _key(secret: str) -> bytes:
    return derive(secret.encode(), "export password")


def _note(session: Session, staff_id: int | None, act: Act, now: datetime, detail: str) -> None:
    actor = Actor.staff(staff_id) if staff_id else Actor.server()
    record(session, None, str(actor), act, now, detail)
