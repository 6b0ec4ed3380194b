"""Making, changing and deleting batches. Who comes second with an older page is refused; all is recorded."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.application.model import Application, Batch
from app.base.audit import record
from app.base.database import updated_one_row
from app.base.errors import N_, Refused
from app.identity.act_rules import Act
from app.identity.actor_rules import Actor
from app.offices.actions import stale
from app.offices.batch_form_rules import BatchForm
from app.offices.batch_queries import as_it_is

APPLIED_FOR = N_("已经有考生申请了这个批次，所以不能删除。可以把截止时间提前。")


def make_batch(session: Session, form: BatchForm, actor: Actor, now: datetime) -> None:
    """A new one; Refused when there is one for the month by now."""
    try:
        with session.begin_nested():
            session.add(
                Batch(month=form.month, opens_at=form.opens_at, closes_at=form.closes_at, universities=form.schools)
            )
    except IntegrityError:
        raise stale() from None
    record(session, None, str(actor), Act.BATCH_MADE, now, _facts(form))


def change_batch(session: Session, batch: Batch, form: BatchForm, seen: int, actor: Actor, now: datetime) -> None:
    """Other times or other schools; `seen` is the version that was shown."""
    former = _facts(as_it_is(batch))
    values = {"opens_at": form.opens_at, "closes_at": form.closes_at, "universities": form.schools}
    here = update(Batch).where(Batch.month == batch.month, Batch.version == seen)
    if not updated_one_row(session, here.values(version=seen + 1, **values)):
        raise stale()
    record(session, None, str(actor), Act.BATCH_CHANGED, now, f"{former} -> {_facts(form)}")


def remove_batch(session: Session, batch: Batch, seen: int, actor: Actor, now: datetime) -> None:
    """Delete one for which nobody has applied; Refused otherwise."""
    if has_been_applied_for(session, batch):
        raise Refused("in_use", APPLIED_FOR, 409)
    here = update(Batch).where(Batch.month == batch.month, Batch.version == seen)
    if not updated_one_row(session, here.values(version=seen + 1)):
        raise stale()
    session.execute(delete(Batch).where(Batch.month == batch.month))
    record(session, None, str(actor), Act.BATCH_DELETED, now, batch.month)


def has_been_applied_for(session: Session, batch: Batch) -> bool:
    """Whether there is an application for it, also one that was withdrawn."""
    return bool(session.scalar(select(exists().where(Application.batch == batch.month))))


def _facts(form: BatchForm) -> str:
    """The whole batch in one line of the audit."""
    return f"{form.month} {form.opens} {form.closes} {','.join(form.schools) or '*'}"
