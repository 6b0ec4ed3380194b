"""毕业年月 beside each other: two that are open at once, and days with none. Closing is exclusive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import combinations

from app.application.batch_rules import Window, is_for
from app.base.clock import in_shanghai
from app.base.errors import N_
from app.offices.rules import Advisory


def when(moment: datetime) -> str:
    """The moment in Shanghai's time, to the minute."""
    return in_shanghai(moment).strftime("%Y-%m-%d %H:%M")


def month(code: str) -> str:
    """202612 as 2026-12, which reads the same in every language."""
    return f"{code[:4]}-{code[4:]}"


def remarks(batches: Iterable[Window], now: datetime) -> list[Advisory]:
    """What is to be told of what is still ahead; what is over needs no more."""
    ahead = sorted((each for each in batches if each.closes_at > now), key=lambda each: (each.opens_at, each.month))
    if not ahead:
        return [Advisory("warn", N_("没有开放或计划中的批次：考生现在不能申请，也看不到下一次申请的时间。"))]
    return [*_overlaps(ahead), *_gaps(ahead, now)]


def _overlaps(ahead: Sequence[Window]) -> list[Advisory]:
    words = N_("%(first)s 和 %(second)s 两个批次从 %(start)s 到 %(end)s 同时开放：考生可以任选一个。")
    return [
        Advisory("warn", words, {"first": month(one.month), "second": month(other.month)} | _span(*shared))
        for one, other in combinations(ahead, 2)
        if _share_schools(one, other) and (shared := _shared(one, other))
    ]


def _gaps(ahead: Sequence[Window], now: datetime) -> list[Advisory]:
    """Times with none: for everybody, or for a school that is named somewhere."""
    general = _without([each for each in ahead if not each.universities], now)
    named = sorted({school for each in ahead for school in each.universities})
    found = [
        (school, span) for school in named for span in _without([each for each in ahead if is_for(each, school)], now)
    ]
    words = N_("从 %(start)s 到 %(end)s 没有开放的批次：这段时间考生不能申请。")
    of_school = N_("%(school)s：从 %(start)s 到 %(end)s 没有开放的批次。")
    everybody = [span for span in general if all((school, span) in found for school in named)]
    others = N_("没有在批次中单独列出的学校：从 %(start)s 到 %(end)s 没有开放的批次。")
    return [
        *(Advisory("inform", words, _span(*span)) for span in everybody),
        *(Advisory("inform", others, _span(*span)) for span in general if span not in everybody),
        *(
            Advisory("inform", of_school, {"school": school} | _span(*span))
            for school, span in found
            if span not in everybody
        ),
        *_nobody(ahead),
    ]


def _nobody(ahead: Sequence[Window]) -> list[Advisory]:
    """Without one that is for all schools, those that no batch names can never apply."""
    if any(not each.universities for each in ahead):
        return []
    return [Advisory("warn", N_("每个批次都只面向部分学校：没有列出的学校，考生不能申请。"))]


def _without(of_them: Sequence[Window], now: datetime) -> list[tuple[datetime, datetime]]:
    """The times between now and the last closing in which none of them is open."""
    found, reached = [], now
    for each in of_them:
        if each.opens_at > reached:
            found.append((reached, each.opens_at))
        reached = max(reached, each.closes_at)
    return found


def _shared(one: Window, other: Window) -> tuple[datetime, datetime] | None:
    start, end = max(one.opens_at, other.opens_at), min(one.closes_at, other.closes_at)
    return (start, end) if start < end else None


def _share_schools(one: Window, other: Window) -> bool:
    return not one.universities or not other.universities or bool(set(one.universities) & set(other.universities))


def _span(start: datetime, end: datetime) -> dict[str, str | int]:
    return {"start": when(start), "end": when(end)}
