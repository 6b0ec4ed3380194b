"""Tables of each city's days in words: where the applications of a day stand, what happened on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.application.status_row_rules import Group
from app.offices.rules import OFFICE
from app.statistics.case_queries import Standing, standing_by_day
from app.statistics.case_table_views import APPLIED, EVENTS
from app.statistics.chart_rules import LINE_STYLES, Amount, BarChart, LineChart, bar_chart, line_chart
from app.statistics.event_queries import Days, Event, by_office_and_day
from app.statistics.period_rules import LONGEST, Period
from app.statistics.queries import offices
from app.statistics.table_rules import DAY, NO_OFFICE, NOBODY, NOTHING, FigureRow, FigureTable

Names = dict[int, str]


def city_day_tables(session: Session, period: Period, office_id: int | None, most: int = LONGEST) -> list[FigureTable]:
    """City × day × status, and city × day × event, of the last so many days of the period."""
    shown = period.end_of(most)
    names = {office.id: office.name for office in offices(session, office_id)}
    if office_id is None:
        names[0] = _(NO_OFFICE)
    tables = [
        _standing_table(standing_by_day(session, shown, office_id), names),
        _event_table(by_office_and_day(session, shown, office_id), names, shown),
    ]
    if shown == period:
        return tables
    earlier, none = _("这里是最后 %(most)s 天。", most=most), _("最后 %(most)s 天没有数字。", most=most)
    way = _("更早的请用上面的起止日期查看，或下载全部表格。")
    return [replace(each, notes=(earlier + way, *each.notes), empty=none + way) for each in tables]


def _standing_table(found: dict[tuple[date, int], Standing], names: Names) -> FigureTable:
    days = _newest(day for day, _office in found)
    rows = [
        FigureRow(day.isoformat(), (name, counts.total(), *(counts[group] for group in Group)))
        for day in days
        for office, name in names.items()
        if (counts := found.get((day, office)))
    ]
    return FigureTable(
        name="city-standing",
        sheet=_("各市每日申请"),
        caption=_("各市每天的申请现在办到哪一步"),
        heads=(_("申请日期"), _(OFFICE), _(APPLIED), *(_(group.value) for group in Group)),
        rows=tuple(rows),
        empty=_(NOBODY),
        notes=(_("没有人申请的日子和考办不列出。"),),
        bars=_standing_chart(found, days),
        wide=True,
        names=2,
    )


def _standing_chart(found: dict[tuple[date, int], Standing], days: Sequence[date]) -> BarChart | None:
    amounts = []
    for day in days:
        counts = sum((each for (when, _office), each in found.items() if when == day), Standing())
        submitted, applied = counts[Group.SUBMITTED], counts.total()
        words = _("%(submitted)s / %(applied)s", submitted=submitted, applied=applied)
        amounts.append(Amount(day.isoformat(), applied, words, submitted))
    return bar_chart(
        "city-standing",
        _("每天的已提交 / 申请人数"),
        _("条越长申请越多，实心部分是已提交的。最近的日子在上面。"),
        amounts,
    )


def _event_table(happened: dict[int, Days], names: Names, period: Period) -> FigureTable:
    days = _newest(day for each in happened.values() for day in each.counts)
    rows = [
        FigureRow(day.isoformat(), (name, *(counts[event] for event in Event)))
        for day in days
        for office, name in names.items()
        if office in happened and (counts := happened[office].counts.get(day))
    ]
    return FigureTable(
        name="city-days",
        sheet=_("各市每日办理"),
        caption=_("各市每天办理的件数"),
        heads=(_(DAY), _(OFFICE), *(_(EVENTS[event]) for event in Event)),
        rows=tuple(rows),
        empty=_(NOTHING),
        notes=(_("审核按作出审核的考办统计，其他按申请现在的市考办统计。撤销了的审核不计。"),),
        lines=_event_chart(happened, names, period),
        wide=True,
        names=2,
    )


def _event_chart(happened: dict[int, Days], names: Names, period: Period) -> LineChart | None:
    reviewed = {office: days.series(period, Event.DECIDED) for office, days in happened.items() if office in names}
    most = sorted((office for office in reviewed if any(reviewed[office])), key=lambda office: -sum(reviewed[office]))
    series = [(names[office], reviewed[office]) for office in most[: len(LINE_STYLES)]]
    ends = (period.first.isoformat(), period.last.isoformat())
    words = _("每条线是一个考办，从第一天到最后一天；最多画审核最多的三个。")
    return line_chart("city-days", _("每天审核的件数"), words, ends, series) if series else None


def _newest(days: Iterable[date]) -> list[date]:
    return sorted(set(days), reverse=True)
