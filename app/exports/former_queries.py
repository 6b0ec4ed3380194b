"""The exports that another one can be compared with, and what whoever has them holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import func, literal, or_, select
from sqlalchemy.orm import Session

from app.exports.layout_rules import ExportKind
from app.exports.model import Export, ExportItem
from app.exports.rules import EVERYWHERE, Change, Former, Wanted
from app.jobs.model import Job
from app.jobs.rules import ENDED

AT_ONCE = 1000
LONGEST = 18  # digits of a number that a database can hold
TWICE = timedelta(seconds=3)  # in which a button is pressed twice by mistake


def former_of(session: Session, export: Export) -> dict[int, Former]:
    """What whoever has the export that this one is compared with holds of everybody, by application."""
    former = session.get_one(Export, export.since_id)
    names_count = former.template == export.template and "{serial}" not in former.template
    held = or_(ExportItem.fault.is_(None), ExportItem.change != Change.NEW)  # a fault leaves what came before
    there = (ExportItem.change != Change.WITHDRAWN, held, ExportItem.application_id.is_not(None))
    rows = select(ExportItem.application_id, ExportItem.sha256, ExportItem.name if names_count else literal(""))
    found = session.execute(rows.where(ExportItem.export_id == former.id, *there).execution_options(yield_per=AT_ONCE))
    return {number: Former(bytes.fromhex(sha256), name) for number, sha256, name in found if number}


def former_names(session: Session, export_id: int | None, application_ids: Sequence[int]) -> dict[int, str]:
    """What the photos of these applications were called in an earlier export."""
    rows = select(ExportItem.application_id, ExportItem.name).where(ExportItem.export_id == export_id)
    found = session.execute(rows.where(ExportItem.application_id.in_(application_ids)))
    return {application_id: name for application_id, name in found if application_id}


def just_asked(session: Session, wanted: Wanted, staff_id: int, now: datetime) -> Export | None:
    """The same that this person asked for a moment ago, and that is not over."""
    lately = select(Export).join(Job, Job.id == Export.job_id).where(Export.asked_by == staff_id)
    lately = lately.where(Export.asked_at > now - TWICE, Job.state.not_in(ENDED))
    asked = session.scalars(lately.order_by(Export.id.desc()))
    return next((each for each in asked if wanted.fields.items() <= vars(each).items()), None)


def latest_like(session: Session, wanted: Wanted) -> Export | None:
    """The newest export that was made and can be compared with this one."""
    same = (Export.kind == wanted.kind, Export.batch == wanted.batch, Export.city == wanted.city)
    made = select(Export).where(*same, Export.made_at.is_not(None)).order_by(Export.id.desc())
    return next((each for each in session.scalars(made) if is_like(each, wanted)), None)


def is_like(export: Export, wanted: Wanted) -> bool:
    """Whether the two can be compared: of the same people, and of the same columns where rows are compared."""
    same = (export.kind, export.batch, export.city) == (wanted.kind, wanted.batch, wanted.city)
    return same and (wanted.kind == ExportKind.PHOTOS or export.layout == wanted.layout)


def numbered(session: Session, number: str) -> Export | None:
    """The export of the number that somebody has typed."""
    return session.get(Export, int(number)) if number.isdecimal() and len(number) <= LONGEST else None


def cities_held(session: Session, wanted: Wanted) -> set[str]:
    """The cities of which somebody is held by the last export like this one, though perhaps nobody is left."""
    rows = select(Export.city).where(
        Export.kind == wanted.kind, Export.batch == wanted.batch, Export.city != EVERYWHERE
    )
    if wanted.city != EVERYWHERE:
        rows = rows.where(Export.city == wanted.city)
    cities = session.scalars(rows.where(Export.made_at.is_not(None)).distinct()).all()
    former = {city: latest_like(session, replace(wanted, city=city)) for city in cities}
    return {city for city, last in former.items() if last and _holds(session, last)}


def _holds(session: Session, export: Export) -> bool:
    rows = select(func.count()).where(ExportItem.export_id == export.id, ExportItem.application_id.is_not(None))
    return bool(session.scalar(rows.where(ExportItem.change != Change.WITHDRAWN)))
