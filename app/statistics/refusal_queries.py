"""Why portraits and documents are refused: by the checks, by the offices; and how often the first picture is right."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy import Select, String, cast, exists, func, select
from sqlalchemy.orm import Session, aliased

from app.application.workflow import Status
from app.identity.actor_rules import Role
from app.review.model import Decision
from app.review.rules import PORTRAIT, statuses_of
from app.statistics.model import Tally
from app.statistics.period_rules import Period
from app.statistics.queries import offices, within
from app.statistics.tally_rules import COUNTING, PICTURES

OPINION_ALONE = ""  # in the place of a reason: the office gave its own words only
Other = aliased(Decision)


@dataclass(frozen=True)
class Machine:
    """How many pictures the checks have seen, by verdict; what each check found, by strength."""

    pictures: Counter[str]
    findings: dict[str, Counter[str]]


@dataclass(frozen=True)
class Reasons:
    """How many pictures were rejected, and how often each reason was given for one of a portrait or of a document."""

    rejected: Counter[bool]
    given: Counter[tuple[bool, str]]


@dataclass(frozen=True)
class FirstTime:
    """Applications whose portrait was decided about, and those of which the first one was not rejected."""

    decided: int
    right: int


def machine(session: Session, period: Period, office_id: int | None) -> Machine:
    """What the checks said in these days."""
    wanted = (PICTURES, *COUNTING)
    rows = select(Tally.what, Tally.name, func.sum(Tally.times).label("many")).group_by(Tally.what, Tally.name)
    rows = rows.where(Tally.day.between(period.first, period.last), Tally.what.in_(wanted))
    if office_id is not None:
        rows = rows.where(Tally.office_id == office_id)
    pictures, findings = Counter[str](), defaultdict[str, Counter[str]](Counter)
    for row in session.execute(rows):
        if row.what == PICTURES:
            pictures[row.name] += row.many
        else:
            findings[row.name][row.what] += row.many
    return Machine(pictures, dict(findings))


def reasons(session: Session, period: Period, office_id: int | None) -> Reasons:
    """What the offices rejected in these days, and why; equal lists of reasons are read once."""
    codes = cast(Decision.reasons, String)
    rows = select(codes, Decision.item, func.count()).group_by(codes, Decision.item)
    rows = rows.where(within(Decision.decided_at, period), Decision.undone_at.is_(None), Decision.approved.is_(False))
    if office_id is not None:
        rows = rows.where(Decision.office_id == office_id)
    rejected, given = Counter[bool](), Counter[tuple[bool, str]]()
    for listed, item, many in session.execute(rows):
        rejected[item == PORTRAIT] += many
        for code in json.loads(listed) or [OPINION_ALONE]:
            given[item == PORTRAIT, code] += many
    return Reasons(rejected, given)


def first_time(session: Session, period: Period, office_id: int | None) -> dict[int, FirstTime]:
    """By city office: of the applications whose portrait it decided about in these days, those right at once."""
    cities = [status for status in statuses_of(Role.CITY) if status != Status.DOCUMENT_REVIEW_CITY]
    each = select(Decision.office_id, Decision.application_id).where(
        within(Decision.decided_at, period),
        Decision.item == PORTRAIT,
        Decision.undone_at.is_(None),
        Decision.status.in_(cities),
    )
    each = each.group_by(Decision.office_id, Decision.application_id)
    # Of the offices by name, so that their ends of the index are read; of those that were wrong by application.
    decided = _by_office(
        session, each.where(Decision.office_id.in_([every.id for every in offices(session, office_id)]))
    )
    wrong = _by_office(session, each.where(Decision.application_id.in_(_wrong())))
    return {office: FirstTime(many, many - wrong.get(office, 0)) for office, many in decided.items()}


def _by_office(session: Session, each: Select[int, int]) -> dict[int, int]:
    """How many rows an office has."""
    found = each.subquery()
    rows = select(found.c.office_id, func.count()).group_by(found.c.office_id)
    return {office: many for office, many in session.execute(rows)}


def _wrong() -> Select[int]:
    """Applications of which an office rejected the very first portrait."""
    rejected = aliased(Decision)
    portraits = (rejected.item == PORTRAIT, rejected.undone_at.is_(None), rejected.approved.is_(False))
    another = exists().where(
        Other.application_id == rejected.application_id,
        Other.item == PORTRAIT,
        Other.undone_at.is_(None),
        Other.id < rejected.id,
        Other.sha256 != rejected.sha256,
    )
    return select(rejected.application_id).where(*portraits, ~another)
