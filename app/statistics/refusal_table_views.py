"""Tables of refusals in words: by check, by reason; and how often the first portrait is right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.http.current import language
from app.imaging.report import Verdict
from app.offices.rules import OFFICE
from app.review.reason_rules import check_names, texts
from app.statistics.chart_rules import MOST_BARS, Amount, BarChart, bar_chart
from app.statistics.period_rules import Period
from app.statistics.queries import offices
from app.statistics.refusal_queries import OPINION_ALONE, FirstTime, Machine, Reasons, first_time, machine, reasons
from app.statistics.table_rules import NO_PHOTO, SUM, Cell, FigureRow, FigureTable, percent
from app.statistics.tally_rules import COUNTING

MOST = 12  # bars of reasons and checks


def refusal_tables(session: Session, period: Period, office_id: int | None) -> list[FigureTable]:
    """What the checks found, what the offices rejected portraits and documents for, what was right at once."""
    given = reasons(session, period, office_id)
    names = {office.id: office.name for office in offices(session, office_id)}
    return [
        _machine_table(machine(session, period, office_id)),
        _reason_table(given, portrait=True),
        _reason_table(given, portrait=False),
        _first_table(first_time(session, period, office_id), names),
    ]


def _machine_table(found: Machine) -> FigureTable:
    names, pictures = check_names(language()), found.pictures.total()
    by_check = sorted(found.findings.items(), key=lambda each: (-each[1].total(), each[0]))
    rows = [
        FigureRow(
            names.get(check, check),
            (*(counts[each] for each in COUNTING), counts.total(), percent(counts.total(), pictures)),
        )
        for check, counts in by_check
    ]
    refused = found.pictures[Verdict.REFUSE]
    return FigureTable(
        name="machine",
        sheet=_("自动检查"),
        caption=_("自动检查发现的问题"),
        heads=(_("检查项"), _("没有收下"), _("看不清"), _("提醒"), _("共计"), _("占照片的 %")),
        rows=tuple(rows),
        empty=_("这段时间收到 %(pictures)s 张照片，自动检查没有发现问题。", pictures=pictures)
        if pictures
        else _(NO_PHOTO),
        notes=(
            _("这段时间收到 %(pictures)s 张照片，其中 %(refused)s 张没有收下。", pictures=pictures, refused=refused),
            _("一张照片可以有几个问题。按收到照片的那一天和当时所属的市考办统计。"),
        ),
        bars=_bars("machine", _("各检查项发现问题的次数"), [(row.label, row.cells[len(COUNTING)]) for row in rows]),
    )


def _reason_table(given: Reasons, portrait: bool) -> FigureTable:
    rejected = given.rejected[portrait]
    counts = sorted(
        ((code, many) for (is_portrait, code), many in given.given.items() if is_portrait == portrait),
        key=lambda each: (-each[1], each[0]),
    )
    rows = [FigureRow(_reason(code), (many, percent(many, rejected))) for code, many in counts]
    sheet = _("退回照片") if portrait else _("退回附件")
    name = "portrait" if portrait else "documents"
    return FigureTable(
        name=name,
        sheet=sheet,
        caption=_("考办退回照片的理由") if portrait else _("考办退回证件附件的理由"),
        heads=(_("退回理由"), _("次数"), _("占退回的 %")),
        rows=tuple(rows),
        empty=_("这段时间没有退回照片。") if portrait else _("这段时间没有退回证件附件。"),
        notes=(_("共退回 %(rejected)s 张。一张可以有几个理由；撤销了的审核不计。", rejected=rejected),),
        bars=_bars(name, _("各理由的次数"), [(row.label, row.cells[0]) for row in rows]),
    )


def _reason(code: str) -> str:
    return _("只写了审核意见，没有选理由") if code == OPINION_ALONE else texts((code,), language())[0]


def _first_table(found: dict[int, FirstTime], names: dict[int, str]) -> FigureTable:
    rows = [_first_row(names[office], found[office]) for office in names if office in found]
    if len(rows) > 1:
        every = found.values()
        both = FirstTime(sum(each.decided for each in every), sum(each.right for each in every))
        rows.append(_first_row(_(SUM), both, is_sum=True))
    shares = [(row.label, row.cells[2]) for row in rows if not row.is_sum]
    return FigureTable(
        name="first",
        sheet=_("一次通过"),
        caption=_("第一张照片就通过的比例"),
        heads=(_(OFFICE), _("审核过照片的人数"), _("首张通过"), _("一次通过率 %")),
        rows=tuple(rows),
        empty=_("这段时间还没有审核过照片。"),
        notes=(_("首张通过：考生第一次提交的照片没有被考办退回，也没有被上级系统退回。"),),
        bars=_bars("first", _("各市一次通过率（%）"), shares, MOST_BARS),
    )


def _first_row(name: str, found: FirstTime, is_sum: bool = False) -> FigureRow:
    return FigureRow(name, (found.decided, found.right, percent(found.right, found.decided)), is_sum)


def _bars(name: str, title: str, named: Sequence[tuple[str, Cell]], most: int = MOST) -> BarChart | None:
    return bar_chart(name, title, _("条越长数越大，最多画 %(most)s 条。", most=most), list(_amounts(named))[:most])


def _amounts(named: Iterable[tuple[str, Cell]]) -> Iterable[Amount]:
    for label, value in named:
        if not isinstance(value, str):
            yield Amount(label, value, f"{value:,}")
