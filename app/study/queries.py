"""Finding what was studied, and the forecast of somebody."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.identity.model import Candidate
from app.study.counting_rules import CountedCourse
from app.study.forecast_rules import Forecast, Records, courses, forecast
from app.study.model import Certificate, Penalty, Programme, Score


class Progress(NamedTuple):
    """How far a candidate has come: whether they have applied, and the step of the procedure that they are at (1 …)."""

    applied: bool
    step: int


class ProgressOf(Protocol):
    """Tells how far a candidate has come. A later slice knows it, since there is nothing to know before one applies."""

    def __call__(self, session: Session, candidate_id: int) -> Progress: ...


def programme_of(session: Session, candidate: Candidate) -> Programme | None:
    """The programme that the candidate's records name: `major` begins with its code."""
    key = {
        "code": candidate.major.partition(" ")[0],
        "programme_university": candidate.programme_university,
        "course_group": candidate.course_group,
    }
    return session.scalar(select(Programme).filter_by(**key))


def certificates_of(session: Session, candidate_id: int) -> list[Certificate]:
    """Earlier degrees, newest first."""
    of_them = select(Certificate).filter_by(candidate_id=candidate_id)
    return list(session.scalars(of_them.order_by(Certificate.issued_on.desc(), Certificate.id)))


def records_of(session: Session, candidate: Candidate) -> Records:
    """Everything that the forecast holds against the programme."""
    return Records(
        scores=list(session.scalars(select(Score).filter_by(candidate_id=candidate.id))),
        penalties=list(session.scalars(select(Penalty).filter_by(candidate_id=candidate.id))),
        certificates=certificates_of(session, candidate.id),
        school=candidate.examining_university,
    )


def forecast_of(session: Session, candidate: Candidate, now: datetime) -> Forecast:
    """毕业预测 of this candidate at this moment."""
    return forecast(programme_of(session, candidate), records_of(session, candidate), now)


def courses_for_form(session: Session, candidate: Candidate) -> list[CountedCourse]:
    """What 毕业生登记表 lists: the courses that are counted, in the programme's order."""
    programme = programme_of(session, candidate)
    lines = courses(programme, records_of(session, candidate)) if programme else ()
    return [line for line in lines if line.kind and line.passed]
