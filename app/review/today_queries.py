"""What the operator's front page says about the offices' work: who waits where, what was refused, who reviews."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import distinct, exists, func, select
from sqlalchemy.orm import Session

from app.application.model import Application
from app.application.status_rules import STATUSES
from app.base.clock import midnight
from app.base.errors import N_, Fact
from app.http.console import Figure, Figures, Need, NeedReading, NeedState, Panel
from app.identity.actor_rules import Role, StaffRole
from app.identity.model import Office, Staff
from app.review.model import Decision

SHOWN = 3  # offices that are named
WAITING = {
    level: tuple(status for status, row in STATUSES.items() if row.office == level)
    for level in (Role.CITY, Role.PROVINCE)
}

Counted = tuple[int, int, datetime]  # office, how many, the oldest


@dataclass(frozen=True)
class WaitingOffice:
    """How many wait for one office, and how long the first of them has."""

    id: int
    name: str
    count: int
    oldest: datetime
    days: int


def refused(session: Session, now: datetime) -> Sequence[Figure]:
    """Reviews of today that sent something back, unless they were undone."""
    sent_back = (Decision.decided_at >= midnight(now), Decision.approved.is_(False), Decision.undone_at.is_(None))
    count = session.scalar(select(func.count(distinct(Decision.act))).where(*sent_back)) or 0
    return [Figure(N_("今天审核不通过"), count, "/operate/statistics")]


def waiting(session: Session, now: datetime) -> list[WaitingOffice]:
    """Who waits where, the longest first."""
    offices = {office.id: office for office in session.scalars(select(Office))}
    lines = [
        WaitingOffice(number, offices[number].name, count, oldest, (now - oldest).days)
        for number, count, oldest in [*_before_cities(session), *_before_the_province(session, offices.values())]
    ]
    return sorted(lines, key=lambda line: line.oldest)


def _before_cities(session: Session) -> list[Counted]:
    counted = select(Application.office_id, func.count(), func.min(Application.status_since))
    mine = counted.where(Application.status.in_(WAITING[Role.CITY])).group_by(Application.office_id)
    return [(number, count, oldest) for number, count, oldest in session.execute(mine) if number is not None]


def _before_the_province(session: Session, offices: Iterable[Office]) -> list[Counted]:
    counted = select(func.count(), func.min(Application.status_since))
    count, oldest = session.execute(counted.where(Application.status.in_(WAITING[Role.PROVINCE]))).one()
    return [(each.id, count, oldest) for each in offices if count and each.level == Role.PROVINCE][:1]


def reviewers(session: Session, now: datetime) -> NeedReading:  # noqa: ARG001 — as all that look
    """Somebody in every office before which an application stands."""
    count = session.scalar(select(func.count()).select_from(Staff).where(Staff.role == StaffRole.REVIEWER)) or 0
    if not count:
        return NeedReading(NeedState.MISSING, N_("还没有审核员：提交的照片没有人审核。请建立账号。"), 0)
    somebody = exists().where(Staff.office_id == Office.id, Staff.role == StaffRole.REVIEWER)
    here = (Application.office_id == Office.id, Application.status.in_(WAITING[Role.CITY]))
    alone = select(Office.name).where(~somebody, exists().where(*here)).order_by(Office.id)
    if names := list(session.scalars(alone)):
        facts: dict[str, Fact] = {"offices": "、".join(names[:SHOWN]), "n": len(names)}
        return NeedReading(NeedState.ATTENTION, N_("%(n)s 个考办有申请在等，却没有审核员：%(offices)s。"), count, facts)
    return NeedReading(NeedState.READY, N_("有申请在等的考办都有审核员。"), count)


NEEDS = (Need(N_("审核员"), 70, reviewers, "/operate/staff"),)
FIGURES = (Figures(20, refused),)
PANELS = (Panel(10, "review/_waiting.html", waiting),)
