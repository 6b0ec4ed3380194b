"""What the demo's people have studied: three programmes, scores that pass, and one person who lacks three things."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.base.clock import in_shanghai
from app.base.database import Base
from app.identity.model import Candidate
from app.study.counting_rules import PRACTICAL_KINDS, CourseKind
from app.study.model import Certificate, Penalty, Programme, ProgrammeCourse, Replacement, Score
from app.study.queries import programme_of

FILE = Path(__file__).with_name("programmes.toml")
USUAL = ("A050226", "专科", "高中毕业")
# Who studies something else: programme, level, 学历. What they finished before stands in CERTIFICATES.
OTHERS = {
    "010126000003": ("B120201", "本科", "大学专科毕业"),
    "010126000005": ("B050262", "本科", "大学专科毕业"),
}
# login: level, major code, major, school, number, issued on, field
CERTIFICATES = {
    "010126000003": (
        "专科",
        "",
        "国际经济与贸易",
        "样例职业学院",
        "100001202106000123",
        date(2021, 6, 30),
        "经济与贸易",
    ),
    "010126000005": ("专科", "", "护理", "样例卫生职业学院", "100002202207000456", date(2022, 7, 1), "护理"),
}
CHANGED_FIELD = ("010126000005",)  # whose earlier degree is from another field: 加考 is passed too
LACKING = "010126000004"
SITTINGS = ("202204", "202210", "202304", "202310", "202404", "202410", "202504", "202510")


@cache
def programmes() -> list[dict[str, Any]]:
    """The programmes of the file, as it writes them."""
    return list(tomllib.loads(FILE.read_text(encoding="utf-8"))["programme"])


def study_of(login: str) -> dict[str, str]:
    """The columns of a candidate that say what they study."""
    code, level, education = OTHERS.get(login, USUAL)
    found = next(each for each in programmes() if each["code"] == code)
    school = found["programme_university"]
    return {
        "level": level,
        "education": education,
        "major": f"{code} {found['name']}",
        "programme_university": school,
        "course_group": found["course_group"],
        "examining_university": school,
    }


def load_study(db: Session, logins: Iterable[str], now: datetime) -> None:
    """Add the programmes that are missing, and records to those of these people who have none."""
    keys = select(Programme.code, Programme.programme_university, Programme.course_group)
    known = {tuple(key) for key in db.execute(keys)}
    db.add_all(
        [
            _programme(row)
            for row in programmes()
            if (row["code"], row["programme_university"], row["course_group"]) not in known
        ]
    )
    db.flush()
    with_scores = select(Score.candidate_id).where(Score.candidate_id == Candidate.id).exists()
    new = db.scalars(select(Candidate).where(Candidate.exam_number.in_(logins), ~with_scores))
    db.add_all([row for person in new for row in _records(db, person, in_shanghai(now).date())])


def _programme(row: dict[str, Any]) -> Programme:
    plain = {name: value for name, value in row.items() if name not in ("courses", "replacements", "notes")}
    courses = [
        ProgrammeCourse(code=code, name=name, credits=credits, kind=kind, school="")
        for code, name, credits, kind in row["courses"]
    ]
    old = [Replacement(old_code=old, new_code=new, way=way) for old, new, way in row.get("replacements", [])]
    return Programme(**plain, notes=row.get("notes", []), courses=courses, replacements=old)


def _records(db: Session, person: Candidate, today: date) -> Iterator[Base]:
    programme, lacks = programme_of(db, person), person.exam_number == LACKING
    if programme is None:
        return
    for place, course in enumerate(programme.courses):
        yield from _scores(person, programme, course, place, lacks)
    if lacks:
        yield Penalty(
            candidate_id=person.id,
            starts_on=today - timedelta(days=200),
            ends_on=today + timedelta(days=165),
            reason="考试违规",
        )
    if person.exam_number in CERTIFICATES:
        level, code, major, school, number, issued_on, field = CERTIFICATES[person.exam_number]
        yield Certificate(
            candidate_id=person.id,
            level=level,
            major_code=code,
            major=major,
            school=school,
            number=number,
            issued_on=issued_on,
            field=field,
        )


def _scores(
    person: Candidate, programme: Programme, course: ProgrammeCourse, place: int, lacks: bool
) -> Iterator[Score]:
    """A pass in everything; who lacks something failed one course twice and sat few electives."""
    seed = int(person.exam_number[-2:]) * 7 + place * 13
    month = SITTINGS[place * len(SITTINGS) // len(programme.courses)]
    if lacks and course.kind == CourseKind.ELECTIVE and course.code != "00058":
        return
    if course.kind == CourseKind.BRIDGING and person.exam_number not in CHANGED_FIELD:
        return
    if lacks and course.code == "00795":
        yield _score(person, course, "47", "202304", passed=False)
        yield _score(person, course, "52", "202310", passed=False)
    elif course.kind in PRACTICAL_KINDS:
        score = _score(person, course, "良好" if course.kind == CourseKind.THESIS else "合格", month)
        score.school, score.major = programme.programme_university, programme.code
        yield score
    else:
        yield _score(person, course, str(60 + seed % 33), month)


def _score(person: Candidate, course: ProgrammeCourse, score: str, month: str, passed: bool = True) -> Score:
    return Score(
        candidate_id=person.id,
        code=course.code,
        name=course.name,
        score=score,
        passed=passed,
        taken_in=month,
        school="",
        major="",
    )
