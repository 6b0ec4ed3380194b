"""The batches with how many apply for them, and what a change of one means for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.application.batch_rules import is_open
from app.application.model import Application, Batch
from app.application.queries import batches
from app.application.workflow import OVER, Status
from app.base.clock import in_shanghai
from app.base.errors import N_, Fact
from app.identity.model import Candidate
from app.offices.batch_form_rules import TYPED, BatchForm
from app.offices.calendar_rules import month, remarks, when
from app.offices.rules import Advisory
from app.study.model import Programme

OPENS_NOW = N_("保存后立刻开放：还没有申请的 %(n)s 位考生马上可以申请。")


@dataclass
class Span:
    """A batch as the calendar sees it."""

    month: str
    opens_at: datetime
    closes_at: datetime
    universities: list[str]


@dataclass(frozen=True)
class BatchLine:
    """One batch in the list: is it open, how many are under way, how many have submitted."""

    batch: Batch
    tone: str
    state: str
    under_way: int
    submitted: int

    @property
    def last_minute(self) -> datetime:
        """The last one in which somebody can apply."""
        return self.batch.closes_at - timedelta(minutes=1)


def batch_lines(session: Session, now: datetime) -> list[BatchLine]:
    """Every batch, newest first."""
    counted = {(each, Status(status)): count for each, status, count in session.execute(_COUNTS)}
    lines = []
    for batch in reversed(batches(session)):
        mine = {status: count for (of, status), count in counted.items() if of == batch.month}
        under_way = sum(count for status, count in mine.items() if status not in OVER)
        lines.append(BatchLine(batch, *_state(batch, now), under_way, mine.get(Status.SUBMITTED, 0)))
    return lines


_COUNTS = select(Application.batch, Application.status, func.count()).group_by(Application.batch, Application.status)


def _state(batch: Batch, now: datetime) -> tuple[str, str]:
    if is_open(batch, now):
        return "good", N_("正在开放")
    return ("inform", N_("还没开放")) if batch.opens_at > now else ("warn", N_("已经截止"))


def spans(session: Session) -> list[Span]:
    """All batches as the calendar sees them."""
    return [_span(each) for each in batches(session)]


def schools_known(session: Session, form: BatchForm) -> list[str]:
    """The universities of the programmes, and those that the form has already."""
    return sorted({*session.scalars(select(Programme.programme_university).distinct()), *form.universities})


def meaning_of(session: Session, batch: Batch | None, form: BatchForm, now: datetime) -> list[Advisory]:
    """What saving this form means; the form has no mistakes."""
    before = spans(session)
    there = [each for each in before if each.month != form.month]
    after = _after(form)
    told = [
        _times(after, now),
        *_for_whom(form, batch is None),
        *(_changes(session, _span(batch), after, now) if batch else _begins(session, after, now)),
    ]
    former = remarks(before, now)
    return [*told, *(each for each in remarks([*there, after], now) if each not in former)]


def _after(form: BatchForm) -> Span:
    assert form.opens_at is not None  # noqa: S101 — a form without mistakes
    assert form.closes_at is not None  # noqa: S101 — likewise
    return Span(form.month, form.opens_at, form.closes_at, form.schools)


def _times(after: Span, now: datetime) -> Advisory:
    facts: dict[str, Fact] = {
        "month": month(after.month),
        "start": when(after.opens_at),
        "end": when(after.closes_at - timedelta(minutes=1)),
    }
    if after.closes_at <= now:
        return Advisory(
            "warn", N_("%(month)s：截止时间已经过去，考生不能申请这一批（原定 %(start)s 到 %(end)s）。"), facts
        )
    return Advisory("inform", N_("%(month)s：考生从 %(start)s 起可以申请，到 %(end)s 为止（含）。"), facts)


def _for_whom(form: BatchForm, is_new: bool) -> list[Advisory]:
    """Which schools a new one is for; and that ticks are of no use where all schools are chosen beside them."""
    if form.universities and not form.schools:
        return [Advisory("warn", N_("面向所有学校：您选的是“所有学校”，所以勾选的学校不起作用。"))]
    if not is_new:
        return []
    if not form.schools:
        return [Advisory("inform", N_("面向所有学校。"))]
    return [Advisory("inform", N_("只面向：%(schools)s。"), {"schools": "、".join(form.schools)})]


def _begins(session: Session, after: Span, now: datetime) -> list[Advisory]:
    if not is_open(after, now):
        return []
    return [Advisory("good", OPENS_NOW, {"n": not_applied(session, after.universities)})]


def _changes(session: Session, former: Span, after: Span, now: datetime) -> list[Advisory]:
    found = []
    was, will = is_open(former, now), is_open(after, now)
    waiting = {"n": not_applied(session, after.universities)}
    if was and not will:
        found.append(Advisory("bad", N_("保存后立刻停止申请：还没有申请的 %(n)s 位考生不能再申请这一批。"), waiting))
    elif will and not was:
        found.append(Advisory("good", OPENS_NOW, waiting))
    elif after.closes_at < former.closes_at and after.closes_at > now:
        words = N_("截止提前了（原来是 %(former)s）：还没有申请的 %(n)s 位考生要在新的时间之前申请。")
        found.append(Advisory("warn", words, waiting | {"former": _last(former)}))
    elif after.closes_at > former.closes_at:
        words = N_("截止推迟了（原来是 %(former)s）：还没有申请的 %(n)s 位考生有更多时间。")
        found.append(Advisory("good", words, waiting | {"former": _last(former)}))
    if after.opens_at != former.opens_at and not was:
        found.append(Advisory("inform", N_("开放时间改了（原来是 %(former)s）。"), {"former": when(former.opens_at)}))
    return [*found, *_schools(session, former, after), *_under_way(session, former)]


def _schools(session: Session, former: Span, after: Span) -> list[Advisory]:
    """Who may apply no longer, and who now may."""
    if former.universities == after.universities:
        return []
    if not after.universities:
        return [Advisory("good", N_("改为面向所有学校。"))]
    remaining = set(after.universities)
    gone = sorted(set(former.universities) - remaining)
    lost = not_applied(session, gone) if gone else 0
    if not former.universities:
        lost = not_applied(session, []) - not_applied(session, after.universities)
    words = N_("这一批只面向：%(schools)s。其他学校还没有申请的 %(n)s 位考生不能再选这一批；已经申请的不变。")
    return [Advisory("warn" if lost else "inform", words, {"schools": "、".join(after.universities), "n": lost})]


def _under_way(session: Session, former: Span) -> list[Advisory]:
    here = (Application.batch == former.month, Application.status.not_in(OVER))
    count = session.scalar(select(func.count()).select_from(Application).where(*here)) or 0
    words = N_("已经申请、还没有提交的 %(n)s 位考生不受影响：截止以后仍可以办完并提交。")
    return [Advisory("inform", words, {"n": count})] if count else []


def not_applied(session: Session, universities: list[str]) -> int:
    """How many candidates of these universities (none: all) have no application."""
    people = select(func.count()).select_from(Candidate)
    applied = select(func.count()).select_from(Application).where(Application.closed_at.is_(None))
    if universities:
        people = people.where(Candidate.programme_university.in_(universities))
        applied = applied.where(Application.programme_university.in_(universities))
    return max(0, (session.scalar(people) or 0) - (session.scalar(applied) or 0))


def _last(span: Span) -> str:
    return when(span.closes_at - timedelta(minutes=1))


def _span(batch: Batch) -> Span:
    return Span(batch.month, batch.opens_at, batch.closes_at, sorted(batch.universities))


def as_it_is(batch: Batch | None) -> BatchForm:
    """The form before anybody touched it: the batch, or an empty one."""
    if batch is None:
        return BatchForm("", "", "", "all", ())
    opens, closes = (in_shanghai(moment).strftime(TYPED) for moment in (batch.opens_at, batch.closes_at))
    return BatchForm(
        batch.month, opens, closes, "some" if batch.universities else "all", tuple(sorted(batch.universities))
    )
