"""What the operator's front page says about the offices' work: who waits where, what was refused, who reviews."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import distinct, exists, func, select
from sqlalchemy.orm import Session

from app.accounts.staff_rules import ROLES
from app.application.model import Application
from app.application.status_rules import STATUSES
from app.base.clock import midnight
from app.base.errors import N_, Fact
from app.http.console import Figure, Need, NeedReading, NeedState, Panel, TodayFigures
from app.identity.actor_rules import Role, StaffRole
from app.identity.model import Office, Staff
from app.review.model import Decision

SHOWN = 3  # offices that are named
WAITING = {
    level: tuple(status for status, row in STATUSES.items() if row.office == level)
    for level in (Role.CITY, Role.PROVINCE)
}

EVERY_REVIEW = (*WAITING[Role.CITY], *WAITING[Role.PROVINCE])
# All that it reads stands in one index, in this order.
_BY_OFFICE = select(
    Application.office_id, Application.status, func.count(), func.min(Application.status_since)
).group_by(Application.office_id, Application.status)


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
    lines: dict[int, WaitingOffice] = {}
    offices = {office.id: office for office in session.scalars(select(Office))}
    province = next((office.id for office in offices.values() if office.level == Role.PROVINCE), None)
    for number, status, count, oldest in session.execute(_BY_OFFICE):
        before = province if status in WAITING[Role.PROVINCE] else number
        if before in offices and status in EVERY_REVIEW:
            _add_to(lines, offices[before], count, oldest, now)
    return sorted(lines.values(), key=lambda line: line.oldest)


def _add_to(lines: dict[int, WaitingOffice], office: Office, count: int, oldest: datetime, now: datetime) -> None:
    if there := lines.get(office.id):
        count, oldest = count + there.count, min(oldest, there.oldest)
    lines[office.id] = WaitingOffice(office.id, office.name, count, oldest, (now - oldest).days)


def reviewers(session: Session, now: datetime) -> NeedReading:  # noqa: ARG001 — as all that look
    """Somebody in every office before which an application stands."""
    working = (Staff.role == StaffRole.REVIEWER, Staff.disabled_at.is_(None))
    count = session.scalar(select(func.count()).select_from(Staff).where(*working)) or 0
    if not count:
        return NeedReading(NeedState.MISSING, N_("还没有审核员：提交的照片没有人审核。请建立账号。"), 0)
    somebody = exists().where(Staff.office_id == Office.id, *working)
    here = (Application.office_id == Office.id, Application.status.in_(WAITING[Role.CITY]))
    alone = select(Office.name).where(~somebody, exists().where(*here)).order_by(Office.id)
    if names := list(session.scalars(alone)):
        facts: dict[str, Fact] = {"offices": "、".join(names[:SHOWN]), "n": len(names)}
        return NeedReading(NeedState.ATTENTION, N_("%(n)s 个考办有申请在等，却没有审核员：%(offices)s。"), count, facts)
    return NeedReading(NeedState.READY, N_("有申请在等的考办都有审核员。"), count)


NEEDS = (Need(ROLES[StaffRole.REVIEWER], 70, reviewers, "/operate/staff"),)
FIGURES = (TodayFigures(20, refused),)
PANELS = (Panel(10, "review/_waiting.html", waiting),)
