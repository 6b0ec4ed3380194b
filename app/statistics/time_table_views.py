"""Tables of durations in words. A time that fewer than three people share is not told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.offices.rules import OFFICE
from app.statistics.chart_rules import Amount, bar_chart
from app.statistics.period_rules import Period
from app.statistics.queries import offices
from app.statistics.table_rules import FEW, NO_PHOTO, NONE, Cell, FigureRow, FigureTable
from app.statistics.tally_rules import HERE, LEAST_PEOPLE, SCAN, Spread, kept_tenths
from app.statistics.time_queries import Queue, queues, reviews, scans

TENTHS = 10  # of an hour


def time_tables(session: Session, period: Period, office_id: int | None, now: datetime) -> list[FigureTable]:
    """From the scan to the received picture; before the offices."""
    names = {office.id: office.name for office in offices(session, office_id)}
    return [
        _scan_table(scans(session, period, office_id)),
        _review_table(names, reviews(session, period, office_id), queues(session, office_id), now),
    ]


def _scan_table(found: Mapping[str, Spread]) -> FigureTable:
    ways = {SCAN: _("用手机扫码"), HERE: _("在本机拍照")}
    rows = [
        FigureRow(words, (found[way].cases, *_told(found[way], 1))) for way, words in ways.items() if found[way].cases
    ]
    return FigureTable(
        name="scan",
        sheet=_("拍照用时"),
        caption=_("从扫码到收到照片用了多久"),
        heads=(_("方式"), _("连接次数"), _("一半不超过（秒）"), _("九成不超过（秒）")),
        rows=tuple(rows),
        empty=_(NO_PHOTO),
        notes=(_("按每次连接后收下的第一张照片计算；十分钟以上的按整分钟计。"),),
    )


def _review_table(
    names: Mapping[int, str], found: Mapping[int, Spread], waiting: Mapping[int, Queue], now: datetime
) -> FigureTable:
    wanted = {number: name for number, name in names.items() if number in found or number in waiting}
    rows = [
        _review_row(name, found.get(number, Spread(0, None, None)), waiting.get(number, Queue()), now)
        for number, name in wanted.items()
    ]
    amounts = [
        Amount(row.label, row.cells[1], f"{row.cells[1]:,}") for row in rows if not isinstance(row.cells[1], str)
    ]
    return FigureTable(
        name="review",
        sheet=_("审核等待"),
        caption=_("材料等审核等了多久"),
        heads=(
            _(OFFICE),
            _("审核件数"),
            _("一半不超过（小时）"),
            _("九成不超过（小时）"),
            _("现在等待"),
            _("最久已等（小时）"),
        ),
        rows=tuple(rows),
        empty=_("这段时间没有审核，现在也没有材料在等。"),
        notes=(_("从材料交到这一级考办起，到作出审核止；撤销了的审核不计。“现在等待”与所选时间无关。"),),
        bars=bar_chart("review", _("等待时间的中位数（小时）"), _("条越长等得越久。"), amounts),
        wide=True,
    )


def _review_row(name: str, spread: Spread, queue: Queue, now: datetime) -> FigureRow:
    return FigureRow(name, (spread.cases, *_told(spread, TENTHS), queue.waiting, _oldest(queue, now)))


def _told(spread: Spread, divisor: int) -> tuple[Cell, Cell]:
    """Median and p90; with a divisor in parts of it."""
    return _value(spread.median, spread.cases, divisor), _value(spread.p90, spread.cases, divisor)


def _value(value: int | None, cases: int, divisor: int) -> Cell:
    if value is None:
        return str(_(FEW)) if cases else NONE
    return value if divisor == 1 else value / divisor


def _oldest(queue: Queue, now: datetime) -> Cell:
    if queue.oldest is None:
        return NONE
    if queue.waiting < LEAST_PEOPLE:
        return str(_(FEW))
    return kept_tenths(now - queue.oldest) / TENTHS
