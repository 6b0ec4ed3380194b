"""What the form needs to know about an application."""

from __future__ import annotations

from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.application.model import Application
from app.application.queries import receipts_of
from app.identity.model import Candidate
from app.identity.record_rules import AS_RECORDED
from app.printing.rules import NOTHING, Approval, CourseLine, day, item_of, month
from app.review.model import Decision
from app.study.queries import certificates_of, courses_for_form

CHOSEN = ("major", "programme_university", "course_group", "examining_university", "phone")


def fields_of(session: Session, application: Application) -> dict[str, str]:
    """Everything that is one box on the form; what was applied for stands before what the records say."""
    person = application.candidate
    chosen = {name: getattr(application, name) or getattr(person, name) for name in CHOSEN}
    receipts = receipts_of(session, application.id)
    return {
        **{name: getattr(person, name) for name in AS_RECORDED},
        **chosen,
        "born_on": day(person.born_on),
        "household": " ".join(filter(None, [person.province, person.city, person.county])),
        "batch": month(application.batch),
        "earlier": earlier_degrees(session, person),
        "receipt": receipts[0].number if receipts else "",
    }


def earlier_degrees(session: Session, candidate: Candidate) -> str:
    """已有学历, newest first."""
    held = certificates_of(session, candidate.id)
    told = [f"{each.level} {each.major}（{each.school}，{month(each.issued_on.strftime('%Y%m'))}）" for each in held]
    return "；".join(told) or NOTHING


def courses_of(session: Session, candidate: Candidate) -> tuple[CourseLine, ...]:
    """The courses that count, in the programme's order."""
    counted = courses_for_form(session, candidate)
    return tuple(CourseLine(line.code, line.name, str(line.credits), line.score) for line in counted)


def approvals_of(session: Session, application_id: int) -> tuple[Approval, ...]:
    """Who approved what and when, in order; of repeated decisions about one item in one place the last counts."""
    counted = select(Decision).where(Decision.application_id == application_id, Decision.undone_at.is_(None))
    last = {(row.status, row.item): row for row in session.scalars(counted.order_by(Decision.id))}
    approved = sorted((row for row in last.values() if row.approved), key=lambda row: row.status)
    places = [list(rows) for _status, rows in groupby(approved, key=lambda row: row.status)]
    return tuple(sorted(map(_approval, places), key=lambda approval: approval.at))


def _approval(rows: list[Decision]) -> Approval:
    newest = max(rows, key=lambda row: row.id)
    return Approval(item_of(row.item for row in rows), newest.office.name, newest.decided_at)
