"""Finding what goes into an export, and the exports that were made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from app.application.model import Application
from app.application.place_rules import cities
from app.application.workflow import Status
from app.exports.field_rules import COPIED, Record
from app.exports.layout_rules import ExportKind
from app.exports.model import Export, ExportItem
from app.exports.rules import EVERYWHERE, NOWHERE, STATUSES, Change, Part, Wanted
from app.exports.zip_rules import ZipEntry
from app.identity.actor_rules import Role
from app.identity.model import Candidate, Office
from app.portrait.model import Capture

IN_THE_ZIP = (Change.NEW, Change.REPLACED)
CHOSEN = ("major", "programme_university", "course_group", "examining_university")
AT_ONCE = 1000
Columns = TypeVarTuple("Columns")
CITY = func.coalesce(Office.city, "")


@dataclass(frozen=True)
class ExportLine:
    """An application with what is known of it, and the photo that is registered (empty: none)."""

    application_id: int
    record: Record
    capture_id: int | None
    blob: str
    sha256: str


def wanted_of(export: Export) -> Wanted:
    """What was asked for."""
    return Wanted(
        ExportKind(export.kind),
        export.batch,
        export.city,
        export.layout,
        export.list_format,
        export.template,
        export.sealed,
        export.since_id,
    )


def city_names() -> dict[str, str]:
    """The cities of the province by their codes."""
    return {city.code: city.name for city in cities()}


def in_scope(wanted: Wanted) -> tuple[ColumnElement[bool], ...]:
    """Which applications an export is about; whoever joins has to join Office."""
    statuses = STATUSES[wanted.kind]
    about = (Application.batch == wanted.batch, Application.status.in_(statuses))
    if wanted.city == EVERYWHERE:
        return about
    return (*about, _is_city(wanted.city))


def cities_in(session: Session, wanted: Wanted) -> list[str]:
    """The cities that have anybody for such an export."""
    rows = select(CITY).select_from(Application).outerjoin(Application.office).where(*in_scope(wanted))
    return [city or NOWHERE for city in session.scalars(rows.distinct().order_by(CITY))]


def ids_of(session: Session, wanted: Wanted) -> list[int]:
    """The applications, in the order of 准考证号."""
    rows = select(Application.id).join(Application.candidate).outerjoin(Application.office)
    return list(session.scalars(rows.where(*in_scope(wanted)).order_by(Candidate.exam_number, Application.id)))


def lines_of(session: Session, wanted: Wanted, ids: Sequence[int]) -> list[ExportLine]:
    """What is known of these, in the order of `ids`; what has left the scope since they were found is left out."""
    rows = session.execute(_joined().where(*in_scope(wanted), Application.id.in_(ids))).all()
    found = {row[0].id: _line(*row) for row in rows}
    return [found[each] for each in ids if each in found]


def _joined() -> Select[Application, Candidate, Office | None, Capture | None]:
    accepted = and_(
        Capture.application_id == Application.id, Capture.ended_at.is_(None), Capture.handed_over_at.is_not(None)
    )
    rows = select(Application, Candidate, Office, Capture).join(Application.candidate).outerjoin(Application.office)
    return rows.outerjoin(Capture, accepted)


def _line(application: Application, person: Candidate, office: Office | None, capture: Capture | None) -> ExportLine:
    known = {name: str(getattr(person, name)) for name in COPIED}
    known |= {name: getattr(application, name) for name in CHOSEN if getattr(application, name)}
    record = Record(
        candidate=known,
        born_on=person.born_on,
        status=Status(application.status),
        batch=application.batch,
        city=city_names().get(office.city, "") if office and office.level == Role.CITY else "",
        office=office.name if office else "",
        place=application.place,
        phone=application.phone or person.phone,
        applied_at=application.applied_at,
        status_since=application.status_since,
    )
    blob, sha256 = (capture.derived, capture.registered_sha256) if capture else (None, None)
    return ExportLine(application.id, record, capture.id if capture else None, blob or "", sha256 or "")


def people_of(session: Session, application_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """准考证号 and name of these applications."""
    rows = select(Application.id, Candidate.exam_number, Candidate.name).join(Application.candidate)
    return {
        number: (exam, name) for number, exam, name in session.execute(rows.where(Application.id.in_(application_ids)))
    }


def entries_of(session: Session, export_id: int) -> Iterator[ZipEntry]:
    """What is in the ZIP, in its order."""
    rows = select(ExportItem.name, ExportItem.bytes, ExportItem.crc32, ExportItem.blob)
    return (ZipEntry(*row) for row in session.execute(_in_the_zip(rows, export_id)))


def sums_of(session: Session, export_id: int) -> Iterator[str]:
    """The lines of SHA256SUMS."""
    rows = select(ExportItem.sha256, ExportItem.name)
    return (f"{sha256}  {name}\n" for sha256, name in session.execute(_in_the_zip(rows, export_id)))


def _in_the_zip(rows: Select[*Columns], export_id: int) -> Select[*Columns]:
    inside = (ExportItem.part != Part.ROW, ExportItem.change.in_(IN_THE_ZIP), ExportItem.fault.is_(None))
    ordered = rows.where(ExportItem.export_id == export_id, *inside).order_by(ExportItem.id)
    return ordered.execution_options(yield_per=AT_ONCE)


def faults_of(session: Session, export_id: int, most: int) -> list[tuple[str, str, str]]:
    """准考证号, name and `Fault` of those whose photo cannot be read."""
    rows = select(Candidate.exam_number, Candidate.name, ExportItem.fault).select_from(ExportItem)
    rows = rows.join(Application, Application.id == ExportItem.application_id).join(Application.candidate)
    wanted = (ExportItem.export_id == export_id, ExportItem.fault.is_not(None))
    return [(exam, name, str(fault)) for exam, name, fault in session.execute(rows.where(*wanted).limit(most))]


def gone_since(session: Session, export_id: int) -> int:
    """How many photos of an export have been taken back since: it can no longer be made with the same bytes."""
    kept = select(func.count()).select_from(ExportItem).join(Capture, Capture.id == ExportItem.capture_id)
    inside = (ExportItem.change.in_(IN_THE_ZIP), ExportItem.fault.is_(None))
    return session.scalar(kept.where(ExportItem.export_id == export_id, *inside, Capture.derived.is_(None))) or 0


def exports(session: Session, most: int) -> Sequence[Export]:
    """The newest first."""
    return session.scalars(select(Export).order_by(Export.id.desc()).limit(most)).all()


def blob_names(session: Session) -> set[str]:
    """The blobs of our own files; photos belong to their captures."""
    return set(session.scalars(select(ExportItem.blob).where(ExportItem.part == Part.FILE)))


def newest_batch(session: Session) -> str:
    """The newest month that anybody has applied for; empty when nobody has."""
    return session.scalar(select(func.max(Application.batch))) or ""


def count_by_status(session: Session, batch: str, city: str) -> Mapping[Status, int]:
    """How many applications of a batch and city stand in each status."""
    rows = select(Application.status, func.count()).select_from(Application).outerjoin(Application.office)
    about = [Application.batch == batch]
    if city != EVERYWHERE:
        about.append(_is_city(city))
    return {
        Status(status): number for status, number in session.execute(rows.where(*about).group_by(Application.status))
    }


def _is_city(code: str) -> ColumnElement[bool]:
    city = "" if code == NOWHERE else code
    return func.coalesce(Office.city, "") == city
