"""What the operator's and the offices' pages of statistics share: they differ in whose figures are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from flask import current_app, make_response, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.application.queries import batches
from app.base.errors import N_
from app.base.unavailable import Unavailable
from app.http.current import now
from app.http.provided import database
from app.identity.actor_rules import Role
from app.identity.model import Office
from app.statistics.actions import FEW, ask_for_counting, count_next
from app.statistics.book_views import KIND, workbook
from app.statistics.case_table_views import case_tables
from app.statistics.city_day_table_views import city_day_tables
from app.statistics.counting_queries import are_left
from app.statistics.period_rules import BATCH, DAYS, LONGEST, MONTH, WEEK, Chosen, chosen
from app.statistics.queries import offices
from app.statistics.refusal_table_views import refusal_tables
from app.statistics.table_rules import Cell, FigureTable
from app.statistics.time_table_views import time_tables

PARTS = {"cases": N_("办理进度"), "days": N_("各市每天"), "refusals": N_("退回原因"), "times": N_("用时和等待")}
CASES, CITY_DAYS, REFUSALS, _TIMES = PARTS
FROM_ROWS = (CASES, CITY_DAYS)  # always as the rows are; the others are counted on
MOST_DAYS = 7  # of every city on the page; the workbook has all
LAST = N_("最近 %(days)s 天")
AT_ONCE = 0.3  # seconds that a page waits for its turn to count


@dataclass(frozen=True)
class Scope:
    """Whose figures: `office_id` None are all of them; `cities` may be chosen from, by those who see all."""

    office_id: int | None
    name: str
    cities: Sequence[Office] = ()


@dataclass(frozen=True)
class Tab:
    """A part of the statistics, or a period, to be chosen."""

    words: str
    address: str
    is_here: bool


ScopeOf = Callable[[Session], Scope | None]


def scope_of_all(session: Session) -> Scope:
    """For those who see all: every office, or the city that the address names."""
    cities = [office for office in offices(session, None) if office.level == Role.CITY]
    asked = request.args.get("office", 0, int)
    one = next((office for office in cities if office.id == asked), None)
    return Scope(one.id if one else None, one.name if one else _("全部考办"), cities)


def show(scope_of: ScopeOf) -> str:
    """One part of the statistics, for whom `scope_of` says (None: for nobody, who has no office)."""
    moment, part = now(), request.args.get("part", CASES)
    part = part if part in PARTS else CASES
    behind = part not in FROM_ROWS and _is_behind(moment)
    with database().reading() as db:
        scope, period = scope_of(db), chosen(request.args, batches(db), moment)
        tables = _tables(db, part, period, scope, moment, MOST_DAYS) if scope else []
    kept = _kept(period, scope)
    return render_template(
        "statistics/page.html",
        tables=tables,
        scope=scope,
        chosen=period,
        days=_words(period),
        part=part,
        tabs=[Tab(_(words), _address(part=each, **kept), each == part) for each, words in PARTS.items()],
        spans=list(_spans(part, period, kept)),
        problem=_(period.problem, most=LONGEST, usual=_(LAST, days=MONTH)) if period.problem else "",
        behind=behind,
        book=f"{url_for('.book')}?{urlencode(kept)}",
        figure=figure,
    )


def book(scope_of: ScopeOf) -> Response:
    """All parts as one workbook."""
    moment = now()
    _is_behind(moment)
    with database().reading() as db:
        scope, days = scope_of(db), chosen(request.args, batches(db), moment)
        tables = [table for part in PARTS for table in _tables(db, part, days, scope, moment)] if scope else []
    answer = make_response(workbook(tables, f"{scope.name if scope else ''} · {_words(days)}"))
    answer.mimetype = KIND
    name = f"statistics-{days.period.first:%Y%m%d}-{days.period.last:%Y%m%d}.xlsx"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _tables(
    session: Session, part: str, days: Chosen, scope: Scope, moment: datetime, most_days: int = LONGEST
) -> list[FigureTable]:
    if part == CASES:
        return case_tables(session, days.period, scope.office_id)
    if part == CITY_DAYS:
        return city_day_tables(session, days.period, scope.office_id, most_days)
    if part == REFUSALS:
        return refusal_tables(session, days.period, scope.office_id)
    return time_tables(session, days.period, scope.office_id, moment)


def _is_behind(moment: datetime) -> bool:
    """Count what has come since, if that is little; whether something is left to be counted by the process of long
    work. A page is shown whether or not that can be written down."""
    try:
        count_next(database(), moment, FEW, AT_ONCE)
        with database().reading() as db:
            left = are_left(db, moment)
        if left:
            with database().writing(AT_ONCE) as db:
                ask_for_counting(db, moment)
    except Unavailable as error:
        current_app.logger.warning("statistics were not counted on: %s", error)
        return True
    return left


def _kept(days: Chosen, scope: Scope | None) -> dict[str, str]:
    """The choices as an address carries them."""
    kept = {"span": days.span}
    if days.span == DAYS:
        kept |= {"from": days.period.first.isoformat(), "to": days.period.last.isoformat()}
    if scope and scope.cities and scope.office_id:
        kept["office"] = str(scope.office_id)
    return kept


def _spans(part: str, days: Chosen, kept: Mapping[str, str]) -> Iterator[Tab]:
    office = {"office": kept["office"]} if "office" in kept else {}
    words = {BATCH: _("本批次"), **{span: _(LAST, days=span) for span in (WEEK, MONTH)}}
    for span, each in words.items():
        if span != BATCH or days.month:
            yield Tab(each, _address(part=part, span=span, **office), span == days.span)


def _words(days: Chosen) -> str:
    return str(_("%(first)s 至 %(last)s", first=days.period.first, last=days.period.last))


def _address(**choices: str) -> str:
    return f"{url_for('.page')}?{urlencode(choices)}"


def figure(cell: Cell) -> str:
    """A cell as it is read."""
    if isinstance(cell, str):
        return cell
    return f"{cell:,}" if isinstance(cell, int) else f"{cell:,.1f}"
