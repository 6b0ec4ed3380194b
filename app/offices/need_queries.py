"""What the operator's front page says about offices and batches."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.application.batch_rules import is_open, next_to_open
from app.application.place_rules import cities
from app.application.queries import batches
from app.base.errors import N_
from app.http.console import Need, NeedReading, NeedState
from app.identity.actor_rules import Role
from app.identity.model import Office
from app.offices.calendar_rules import when
from app.offices.queries import EVERY_PLACE, counties_of, serving
from app.offices.rules import BATCH, NO_PROVINCE, owners

CITIES = len(cities())


def offices(session: Session, now: datetime) -> NeedReading:  # noqa: ARG001 — as all that look
    """Offices for every place, each with a contact."""
    every = list(session.scalars(select(Office).where(Office.active)))
    of_cities = [each for each in every if each.level == Role.CITY]
    if not of_cities:
        return NeedReading(NeedState.MISSING, N_("还没有市考办：考生不能选择办理地点。请新设，或从文件导入。"), 0)
    served = owners(serving(of_cities, counties_of(session)), EVERY_PLACE)
    without = [city for city in cities() if not any(place.code in served for place in city.places)]
    silent = sum(not each.contact.strip() for each in every)
    count = len(every)
    if not any(each.level == Role.PROVINCE for each in every):
        return NeedReading(NeedState.ATTENTION, NO_PROVINCE, count)
    if without:
        facts = {"n": len(without), "all": CITIES}
        return NeedReading(NeedState.ATTENTION, N_("%(all)s 个市里还有 %(n)s 个没有考办。"), count, facts)
    if silent:
        return NeedReading(NeedState.ATTENTION, N_("%(n)s 个考办没有联系方式：考生不知道问谁。"), count, {"n": silent})
    return NeedReading(NeedState.READY, N_("每个市都有考办，都有联系方式。"), count)


def batch(session: Session, now: datetime) -> NeedReading:
    """One that is open, or planned."""
    every = batches(session)
    opened = [each for each in every if is_open(each, now)]
    if opened:
        closing = {"time": when(min(each.closes_at for each in opened))}
        return NeedReading(NeedState.READY, N_("正在开放，%(time)s 截止。"), len(opened), closing)
    if opens := next_to_open(every, now):
        return NeedReading(NeedState.READY, N_("已计划：%(time)s 开放。"), len(every), {"time": when(opens)})
    return NeedReading(NeedState.MISSING, N_("没有开放或计划中的批次：考生不能申请。请新建一个。"), 0)


NEEDS = (
    Need(N_("考办和联系方式"), 10, offices, "/operate/offices"),
    Need(BATCH, 30, batch, "/operate/batches"),
)
