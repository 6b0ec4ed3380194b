"""What a candidate has studied, for tests: rows with defaults, and a programme that is passed in one call."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from app.identity.model import Candidate
from app.study.model import Certificate, Penalty, Programme, ProgrammeCourse, Replacement, Score
from tests import people
from tests.world import World

SCHOOL = "619 广东外语外贸大学"
MONTH = "202410"
Asked = tuple[str, str, int, str]  # code, name, credits, kind
Note = dict[str, str | int | list[str]]
Fact = str | int | list[str] | list[Note]  # of a programme
# Small enough to see through: two required courses, one practical, a thesis, two electives, one added course.
COURSES = (
    ("03706", "思想道德修养", 2, "required"),
    ("00794", "综合英语", 10, "required"),
    ("05441", "商务听说", 6, "practical"),
    ("06999", "毕业论文", 4, "thesis"),
    ("00522", "英语国家概况", 4, "elective"),
    ("00587", "英语语法", 5, "elective"),
    ("00041", "基础会计学", 5, "bridging"),
)


def programme(
    courses: Sequence[Asked] = COURSES,
    replacements: Sequence[tuple[str, str, int]] = (),
    **fields: Fact,
) -> Programme:
    """What a major asks; the candidate of tests.people studies it. Nothing but the courses is asked."""
    usual = {
        "code": "A050226",
        "name": "商务英语(专科)",
        "level": "专科",
        "programme_university": SCHOOL,
        "course_group": "0",
        "elective_credits": 0,
        "elective_count": 0,
        "entry_level": "",
        "fields": [],
        "notes": [],
    }
    rows = [course(*row) for row in courses]
    old = [Replacement(old_code=old, new_code=new, way=way) for old, new, way in replacements]
    return Programme(**usual | fields, courses=rows, replacements=old)


def course(
    code: str, name: str = "课程", credits: int = 4, kind: str = "required", school: str = ""
) -> ProgrammeCourse:
    """One course of a programme."""
    return ProgrammeCourse(code=code, name=name, credits=credits, kind=kind, school=school)


def score(code: str, points: str = "76", **fields: str | bool) -> Score:
    """One sitting; passed unless it is below 60."""
    passed = not points.isdigit() or int(points) >= 60
    usual = {
        "code": code,
        "name": f"课程{code}",
        "score": points,
        "passed": passed,
        "taken_in": MONTH,
        "school": SCHOOL,
        "major": "A050226",
    }
    return Score(**usual | fields)


def penalty(
    starts_on: date = date(2026, 1, 1), ends_on: date | None = date(2027, 6, 30), reason: str = "考试违规"
) -> Penalty:
    """停考."""
    return Penalty(starts_on=starts_on, ends_on=ends_on, reason=reason)


def certificate(**fields: str | date) -> Certificate:
    """An earlier degree from elsewhere."""
    usual = {
        "level": "专科",
        "major_code": "",
        "major": "护理",
        "school": "样例学院",
        "number": "100001202106000123",
        "issued_on": date(2021, 6, 30),
        "field": "护理",
    }
    return Certificate(**usual | fields)


def passes(courses: Sequence[Asked] = COURSES, but: Collection[str] = ()) -> list[Score]:
    """A pass in each of these courses, `but` these codes."""
    return [score(code, name=name) for code, name, _credits, _kind in courses if code not in but]


def give(world: World, person: Candidate, *rows: Score | Penalty | Certificate) -> None:
    """Let these rows be this candidate's."""
    with world.dependencies.db.writing() as db:
        for row in rows:
            row.candidate_id = person.id
            db.add(row)


def known_programme(world: World, **fields: Fact) -> Programme:
    """The programme that the candidates of tests.people study: added once a world."""
    found = world.rows(Programme, code=str(fields.get("code", "A050226")))
    return found[0] if found else world.add(programme(COURSES, (), **fields))


def ready(world: World, person: Candidate | None = None) -> Candidate:
    """Somebody whose forecast passes: a new candidate, or this one; with the programme, if need be."""
    person = person or world.add(people.candidate())
    known_programme(world)
    give(world, person, *passes())
    return person


def lacking(world: World, person: Candidate | None = None) -> Candidate:
    """Somebody whose forecast fails: 综合英语 was failed."""
    person = person or world.add(people.candidate())
    known_programme(world)
    give(world, person, *passes(but=("00794",)), score("00794", "52", name="综合英语"))
    return person
