"""Tables of cases in words: where they stand by office, what happened by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.application.status_row_rules import Group
from app.base.errors import N_
from app.identity.actor_rules import Role
from app.identity.model import Office
from app.offices.rules import OFFICE
from app.statistics.case_queries import Standing, standing
from app.statistics.chart_rules import Amount, BarChart, LineChart, bar_chart, line_chart
from app.statistics.event_queries import Days, Event, by_day
from app.statistics.period_rules import Period
from app.statistics.queries import offices
from app.statistics.table_rules import DAY, NO_OFFICE, NOBODY, NOTHING, SUM, FigureRow, FigureTable

APPLIED = N_("申请人数")
EVENTS = {
    Event.APPLIED: N_("新申请"),
    Event.PORTRAIT: N_("提交照片"),
    Event.DOCUMENTS: N_("提交附件"),
    Event.DECIDED: N_("审核"),
    Event.SENT_BACK: N_("其中退回"),
    Event.RETURNED: N_("上级系统退回"),
    Event.SUBMITTED: N_("提交申请"),
    Event.WITHDRAWN: N_("撤回申请"),
}
DRAWN = (Event.APPLIED, Event.DECIDED, Event.SUBMITTED)


def case_tables(session: Session, period: Period, office_id: int | None) -> list[FigureTable]:
    """City × status, and day × event."""
    found, days = standing(session, period, office_id), by_day(session, period, office_id)
    cities = [each for each in offices(session, office_id) if each.level == Role.CITY]
    return [_standing_table(found, cities), _day_table(days, period)]


def _standing_table(found: dict[int, Standing], cities: Sequence[Office]) -> FigureTable:
    named = [(office.name, found.get(office.id, Standing())) for office in cities]
    others = sum((found[each] for each in found.keys() - {office.id for office in cities}), Standing())
    if others.total():
        named.append((_(NO_OFFICE), others))
    every = sum((counts for _name, counts in named), Standing())
    rows = [_standing_row(name, counts) for name, counts in named]
    if len(rows) > 1:
        rows.append(_standing_row(_(SUM), every, is_sum=True))
    return FigureTable(
        name="standing",
        sheet=_("办理情况"),
        caption=_("这段时间的申请现在办到哪一步"),
        heads=(_(OFFICE), _(APPLIED), *(_(group.value) for group in Group)),
        rows=tuple(rows) if every.total() else (),
        empty=_(NOBODY),
        bars=_standing_chart(named),
        wide=True,
    )


def _standing_row(name: str, counts: Standing, is_sum: bool = False) -> FigureRow:
    return FigureRow(name, (counts.total(), *(counts[group] for group in Group)), is_sum)


def _standing_chart(named: Sequence[tuple[str, Standing]]) -> BarChart | None:
    amounts = [
        Amount(
            name,
            counts.total(),
            _("%(submitted)s / %(applied)s", submitted=counts[Group.SUBMITTED], applied=counts.total()),
            counts[Group.SUBMITTED],
        )
        for name, counts in named
        if counts.total()
    ]
    amounts.sort(key=lambda each: -each.value)
    return bar_chart("standing", _("已提交 / 申请人数"), _("条越长申请越多，实心部分是已提交的。"), amounts)


def _day_table(days: Days, period: Period) -> FigureTable:
    rows = [
        FigureRow(day.isoformat(), tuple(days.counts[day][event] for event in Event))
        for day in reversed(period.days)
        if day in days.counts
    ]
    if rows:
        every = sum(days.counts.values(), Counter[Event]())
        rows.append(FigureRow(_(SUM), tuple(every[event] for event in Event), is_sum=True))
    return FigureTable(
        name="days",
        sheet=_("每日办理"),
        caption=_("每天办理的件数"),
        heads=(_(DAY), *(_(EVENTS[event]) for event in Event)),
        rows=tuple(rows),
        empty=_(NOTHING),
        notes=(_("没有办理的日子不列出。撤销了的审核不计。"),),
        lines=_day_chart(days, period),
        wide=True,
    )


def _day_chart(days: Days, period: Period) -> LineChart | None:
    series = [(_(EVENTS[event]), days.series(period, event)) for event in DRAWN]
    ends = (period.first.isoformat(), period.last.isoformat())
    return line_chart("days", _("每天的件数"), _("每条线是一种办理，从第一天到最后一天。"), ends, series)
