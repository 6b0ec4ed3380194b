"""A batch as an operator fills it in, and what is wrong with it. Times are Shanghai's, to the minute."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.base.clock import SHANGHAI, in_shanghai
from app.base.errors import N_
from app.offices.form_rules import Wrong

TYPED = "%Y-%m-%dT%H:%M"  # what a field of the kind datetime-local holds
FIRST_YEAR, LAST_YEAR = 2000, 2099
HALVES = ("06", "12")
AHEAD = 3  # years that a new batch may be planned for


@dataclass(frozen=True)
class BatchForm:
    """The fields as they were typed. `scope` is all, or some: those in `universities`."""

    month: str
    opens: str
    closes: str
    scope: str
    universities: tuple[str, ...]

    @property
    def opens_at(self) -> datetime | None:
        """The moment; None when it is none."""
        return _moment(self.opens)

    @property
    def closes_at(self) -> datetime | None:
        """The first moment at which one cannot apply any more; None when it is none."""
        return _moment(self.closes)

    @property
    def schools(self) -> list[str]:
        """What the batch keeps: none means all."""
        return list(self.universities) if self.scope == "some" else []

    @property
    def last_minute(self) -> datetime | None:
        """The last one in which somebody can apply."""
        return self.closes_at - timedelta(minutes=1) if self.closes_at else None


def months_ahead(now: datetime, taken: Collection[str]) -> list[str]:
    """The months that a new batch may be for; in the first half of a year the December before it still."""
    today = in_shanghai(now)
    every = [f"{each}{half}" for each in range(today.year - 1, today.year + AHEAD + 1) for half in HALVES]
    begin = f"{today.year - 1}12" if today.month <= int(HALVES[0]) else f"{today.year}{HALVES[0]}"
    return [month for month in every if month >= begin and month not in taken]


def mistakes(form: BatchForm, months: Collection[str]) -> Wrong:
    """What is wrong with it; `months` are those that a batch may have."""
    wrong: Wrong = {}
    if form.month not in months:
        wrong["month"] = (N_("请选择毕业年月；已经有批次的年月不能再建。"), {})
    if form.opens_at is None:
        wrong["opens"] = (N_("请填写开放的日期和时间。"), {})
    if form.closes_at is None:
        wrong["closes"] = (N_("请填写截止的日期和时间。"), {})
    elif form.opens_at and form.closes_at <= form.opens_at:
        wrong["closes"] = (N_("截止要在开放之后。"), {})
    if form.scope == "some" and not form.universities:
        wrong["scope"] = (N_("请至少勾选一所学校，或者选择所有学校。"), {})
    return wrong


def differences(form: BatchForm, current: BatchForm) -> list[tuple[str, str]]:
    """What stands there now where the form says something else: the name of the field, and the value."""
    pairs = [
        (N_("开放"), form.opens, current.opens),
        (N_("截止"), form.closes, current.closes),
        (N_("面向的学校"), "、".join(form.schools), "、".join(current.schools)),
    ]
    return [(name, now.replace("T", " ")) for name, typed, now in pairs if typed != now]


def _moment(typed: str) -> datetime | None:
    try:
        moment = datetime.strptime(typed, TYPED).replace(tzinfo=SHANGHAI)
    except ValueError:
        return None
    return moment if FIRST_YEAR <= moment.year <= LAST_YEAR else None
