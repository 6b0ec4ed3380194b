"""What an export would be, before anybody asks for it: numbers, what is missing, names that cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from app.application.model import Application
from app.application.status_rules import APPROVED
from app.application.workflow import Status
from app.exports.field_rules import Facts
from app.exports.layout_rules import ExportKind
from app.exports.name_rules import PLACE, is_refused, name_of, same_names
from app.exports.queries import count_by_status, in_scope, lines_of
from app.exports.rules import NOT_YET, STATUSES, Wanted
from app.identity.model import Candidate
from app.portrait.model import Capture

REFUSED = '\\/:*?"<>|'
SHOWN = 20  # names in the page
LOOKED = 200  # people who are looked at for them


@dataclass(frozen=True)
class Preview:
    """`people` would be in it; `ready` of them are approved and not yet submitted; `not_yet` wait for an office or
    their candidate; `without_photo` are approved and have no registered photo. `clashes` are names that several
    photos would have, `refused` names that a file system would not take. `held`: what it is compared with holds
    somebody, who may be withdrawn."""

    counts: Mapping[Status, int]
    kind: ExportKind
    without_photo: int
    clashes: tuple[str, ...]
    refused: tuple[str, ...]
    held: bool

    @property
    def people(self) -> int:
        """How many would be in it."""
        return sum(self.counts.get(status, 0) for status in STATUSES[self.kind]) - self.without_photo

    @property
    def approved(self) -> int:
        """Approved, but not handed in."""
        return self.counts.get(Status.READY, 0)

    @property
    def submitted(self) -> int:
        """Handed in."""
        return self.counts.get(Status.SUBMITTED, 0)

    @property
    def not_yet(self) -> int:
        """Not approved yet: not in an export of photos or people."""
        return sum(self.counts.get(status, 0) for status in NOT_YET)

    @property
    def leaves_out(self) -> bool:
        """Whether those who are not approved are left out."""
        return self.kind != ExportKind.APPLICATIONS and self.not_yet > 0

    @property
    def has_photos(self) -> bool:
        """Whether photos are asked for."""
        return self.kind == ExportKind.PHOTOS

    @property
    def may_be_made(self) -> bool:
        """Whether it can be asked for."""
        return (self.people > 0 or self.held) and not self.clashes and not self.refused


def preview_of(session: Session, wanted: Wanted, held: bool) -> Preview:
    """The numbers, and the names that would go wrong."""
    photos = wanted.kind == ExportKind.PHOTOS
    names = _suspect_names(session, wanted) if photos else []
    return Preview(
        counts=count_by_status(session, wanted.batch, wanted.city),
        kind=wanted.kind,
        without_photo=_without_photo(session, wanted) if photos else 0,
        clashes=tuple(same_names(names)[:SHOWN]),
        refused=tuple(name for name in names if is_refused(name))[:SHOWN],
        held=held,
    )


def _without_photo(session: Session, wanted: Wanted) -> int:
    there = exists().where(
        Capture.application_id == Application.id,
        and_(Capture.ended_at.is_(None), Capture.handed_over_at.is_not(None), Capture.derived.is_not(None)),
    )
    rows = select(func.count()).select_from(Application).outerjoin(Application.office)
    return session.scalar(rows.where(*in_scope(wanted), Application.status.in_(APPROVED), ~there)) or 0


def _suspect_names(session: Session, wanted: Wanted) -> list[str]:
    """The names of those who may share one with somebody, or whose records hold what no name may have."""
    places = set(PLACE.findall(wanted.template))
    suspects = [_with_bad_letters()]
    if not places & {"exam_number", "serial"}:
        suspects.append(func.upper(Candidate.id_number).in_(_shared_numbers(wanted)))
    rows = select(Application.id).join(Application.candidate).outerjoin(Application.office)
    rows = rows.where(*in_scope(wanted), or_(*suspects)).order_by(func.upper(Candidate.id_number), Application.id)
    ids = session.scalars(rows.limit(LOOKED)).all()  # who shares a number stands side by side
    lines = lines_of(session, wanted, ids)
    return [name_of(wanted.template, Facts(line.record)) for line in lines]


def _with_bad_letters() -> ColumnElement[bool]:
    columns = (Candidate.name, Candidate.id_number, Candidate.exam_number)
    return or_(*(column.contains(letter, autoescape=True) for column in columns for letter in REFUSED))


def _shared_numbers(wanted: Wanted) -> ColumnElement[str]:
    number = func.upper(Candidate.id_number)
    rows = select(number).select_from(Application).join(Application.candidate)
    shared = rows.outerjoin(Application.office).where(*in_scope(wanted)).group_by(number)
    return shared.having(func.count() > 1)  # type: ignore[return-value]  # a SELECT of one column stands for its values
