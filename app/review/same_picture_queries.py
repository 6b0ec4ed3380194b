"""Whether somebody else has sent the very same picture: a portrait belongs to one person, and so does a document."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from app.application.model import Application
from app.identity.model import Candidate, Staff
from app.review.case_queries import Case
from app.review.queries import scope

MOST = 10  # cases that are named; the number of all is told


@dataclass(frozen=True)
class SameCase:
    """Another candidate's case with the same picture, one that this reviewer's office may open."""

    id: int
    tag: str
    exam_number: str
    name: str


@dataclass(frozen=True)
class SamePicture:
    """A picture of the case that `people` other candidates have sent too, byte for byte; `cases`: some of theirs."""

    item: str
    people: int
    cases: tuple[SameCase, ...]


def same_pictures(session: Session, staff: Staff, case: Case) -> tuple[SamePicture, ...]:
    """What of this case others have sent too, whether their application is still open or not."""
    found = (_same_picture(session, staff, case, item) for item in case.pictures)
    return tuple(each for each in found if each is not None)


def _same_picture(session: Session, staff: Staff, case: Case, item: str) -> SamePicture | None:
    sent = _senders(case, item)
    people = session.scalar(
        select(func.count()).select_from(sent.with_only_columns(Candidate.id).distinct().subquery())
    )
    if not people:
        return None
    named = sent.where(*scope(staff)).distinct().order_by(Application.id).limit(MOST)
    return SamePicture(item, people, tuple(SameCase(*row) for row in session.execute(named)))


def _senders(case: Case, item: str) -> Select[int, str, str, str]:
    """The applications of other candidates for which the same bytes were sent and not refused."""
    picture = case.pictures[item]
    table = type(picture)
    sent = select(Application.id, Application.tag, Candidate.exam_number, Candidate.name)
    sent = sent.join(Candidate, Candidate.id == Application.candidate_id).join(
        table, table.application_id == Application.id
    )
    return sent.where(
        table.sha256 == picture.sha256,
        Application.candidate_id != case.application.candidate_id,
        or_(table.ended_at.is_(None), table.handed_over_at.is_not(None)),
    )
