"""Many applications at once: a province's worth of candidates before the offices, inserted in bulk."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.application.model import Application
from app.application.workflow import Status
from app.base import tokens
from app.identity.model import Candidate, Office, Staff
from app.review.rules import key_text
from tests import people
from tests.world import World

CITIES = 21
AT_ONCE = 10_000
FAMILY = "陈林黄张李王吴刘梁郑"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文玲"
# Where they stand, by weight: most wait for somebody, as in the weeks before a batch closes.
STATUSES = {
    Status.PORTRAIT_REVIEW: 40,
    Status.DOCUMENT_REVIEW_CITY: 5,
    Status.FULL_REVIEW_CITY: 5,
    Status.DOCUMENT_REVIEW_PROVINCE: 5,
    Status.FULL_REVIEW_PROVINCE: 5,
    Status.CAPTURE: 10,
    Status.READY: 5,
    Status.SUBMITTED: 25,
}


@dataclass(frozen=True)
class Crowd:
    """Who asks, and what for: tags and places of cases before the first city, names to look for."""

    city_reviewer: Staff
    province_reviewer: Staff
    candidates: list[Candidate]
    tags: list[str]
    keys: list[str]
    names: list[str]


def fill(world: World, count: int) -> Crowd:
    """So many applications over all cities, half of them before the first one's office."""
    chance = random.Random(1)
    with world.dependencies.db.writing() as db:
        offices = [
            Office(code=f"c{n}", name=f"市考办 {n}", level="city", contact="电话", city=f"44{n:02d}00")
            for n in range(CITIES)
        ]
        province = Office(code="p", name="省考办", level="province", contact="电话")
        staff = [people.reviewer(office=offices[0]), people.reviewer(office=province)]
        db.add_all([*offices, province, *staff])
        db.flush()
        numbers = [office.id for office in offices]
    for first in range(0, count, AT_ONCE):
        with world.dependencies.db.writing() as db:
            _insert(db, world, range(first, min(count, first + AT_ONCE)), numbers, chance)
    with world.dependencies.db.reading() as db:
        return _crowd(db, staff, numbers[0])


def _insert(db: Session, world: World, numbers: range, offices: list[int], chance: random.Random) -> None:
    usual = {key: value for key, value in vars(people.candidate()).items() if not key.startswith("_")}
    names = [_name(chance) for _ in numbers]
    db.execute(
        insert(Candidate),
        [usual | {"exam_number": f"0901{n:08d}", "name": name} for n, name in zip(numbers, names, strict=True)],
    )
    ids = db.scalars(
        select(Candidate.id).where(
            Candidate.exam_number >= f"0901{numbers[0]:08d}", Candidate.exam_number <= f"0901{numbers[-1]:08d}"
        )
    ).all()
    now = world.clock.now()
    db.execute(insert(Application), [_row(id_, offices, chance, now) for id_ in ids])


def _row(
    candidate_id: int, offices: list[int], chance: random.Random, now: datetime
) -> dict[str, str | int | datetime]:
    [status] = chance.choices(list(STATUSES), list(STATUSES.values()))
    since = now - timedelta(seconds=chance.randrange(30 * 86400))
    return {
        "tag": tokens.secret(),
        "candidate_id": candidate_id,
        "status": status,
        "version": 1,
        "language": "zh",
        "applied_at": since,
        "status_since": since,
        "register_tries": 0,
        "office_id": chance.choice([offices[0], chance.choice(offices)]),
    }


def _crowd(db: Session, staff: list[Staff], office: int) -> Crowd:
    before = (Application.office_id == office, Application.status == Status.PORTRAIT_REVIEW)
    cases = db.scalars(select(Application).where(*before).order_by(Application.tag).limit(50)).all()
    candidates = list(db.scalars(select(Candidate).order_by(Candidate.id).limit(5)))
    names = [each.name[:2] for each in db.scalars(select(Candidate).order_by(Candidate.id.desc()).limit(5))]
    keys = [key_text(each.status_since, each.id) for each in cases]
    return Crowd(staff[0], staff[1], candidates, [each.tag for each in cases], keys, names)


def _name(chance: random.Random) -> str:
    family = "欧阳" if chance.random() < 0.02 else chance.choice(FAMILY)
    return family + "".join(chance.choice(GIVEN) for _ in range(chance.choice((1, 2, 2))))
