"""One row of 专业计划: a course with the columns of its programme."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Column, Integer, Row, String
from sqlalchemy.orm import Session

from app.study.counting_rules import KINDS
from app.study.model import Note, Programme, ProgrammeCourse, Replacement

KEY = ("code", "programme_university", "course_group")
PLAIN = ("name", "level", "elective_credits", "elective_count", "entry_level")
OF_ALL = (*PLAIN, "fields")
COURSE = {"course_name": "name", "credits": "credits", "school": "school"}
TEXTS = (*KEY, "name", "level", "entry_level", "fields")
COLUMNS: list[Column[Any]] = [
    *(Column(name, String(200)) for name in TEXTS),
    Column("elective_credits", Integer),
    Column("elective_count", Integer),
    *(Column(name, String(200)) for name in ("course_code", "course_name", "kind", "school", "replaces", "note")),
    Column("credits", Integer),
    Column("note_at_least", Integer),
]
BY_NAME = {words: kind for kind, words in KINDS.items()}
CODE = re.compile(r"[0-9A-Za-z]{2,10}")


def blanks() -> dict[str, str | int]:
    """What a list that lacks a column says there."""
    return {each.name: 0 if isinstance(each.type, Integer) else "" for each in COLUMNS}


def is_replacement(words: str) -> bool:
    """Old courses, alternatives apart by 、 and those that are needed together by +."""
    return all(CODE.fullmatch(code) for code in re.split("[、,，;；+＋]", words)) if words else True


def ways_of(words: str) -> dict[str, int]:
    """Old course → the way that it belongs to."""
    ways = re.split("[、,，;；]", words) if words else []
    return {old: number for number, way in enumerate(ways) for old in re.split("[+＋]", way)}


def take_row(session: Session, programme: Programme | None, row: Row[Any]) -> tuple[Programme, str]:
    """The programme with what the row says; and whether the row's course was new, changed or the same."""
    made = programme is None
    if programme is None:
        key = {name: getattr(row, name) for name in KEY}
        programme = Programme(**key, notes=[], fields=[], courses=[], replacements=[])
        session.add(programme)
    changed = _take_programme(programme, row)
    course = next((each for each in programme.courses if each.code == row.course_code), None)
    is_new = course is None
    if course is None:
        course = ProgrammeCourse(code=row.course_code)
        programme.courses.append(course)
    facts = {mine: getattr(row, name) for name, mine in COURSE.items()} | {"kind": BY_NAME[row.kind]}
    changed = _set(course, facts) or changed
    changed = _take_replacements(programme, row) or changed
    changed = _take_note(programme, row) or changed
    return programme, "new" if is_new or made else "changed" if changed else "same"


def _set(target: object, facts: dict[str, Any]) -> bool:
    differing = {name: value for name, value in facts.items() if getattr(target, name) != value}
    for name, value in differing.items():
        setattr(target, name, value)
    return bool(differing)


def _take_programme(programme: Programme, row: Row[Any]) -> bool:
    fields = [each for each in re.split("[、,，;；]", row.fields) if each]
    return _set(programme, {name: getattr(row, name) for name in PLAIN} | {"fields": fields})


def _take_replacements(programme: Programme, row: Row[Any]) -> bool:
    """What the course replaces is what the row says. An old course that counted for another one counts for this now."""
    if not row.replaces:
        return False
    changed = False
    known = {each.old_code: each for each in programme.replacements}
    for old, way in ways_of(row.replaces).items():
        if old not in known:
            known[old] = Replacement(old_code=old)
            programme.replacements.append(known[old])
        changed = _set(known[old], {"new_code": row.course_code, "way": way}) or changed
    return changed


def _take_note(programme: Programme, row: Row[Any]) -> bool:
    """The course belongs to the note with this text. The list is a value: a new one is set, none is changed."""
    if not row.note:
        return False
    notes: list[Note] = [dict(each) for each in programme.notes]  # type: ignore[misc]
    note = next((each for each in notes if each["text"] == row.note), None)
    if note is None:
        note = Note(text=row.note, courses=[], at_least=1)
        notes.append(note)
    note["courses"] = sorted({*note["courses"], row.course_code})
    note["at_least"] = row.note_at_least or note["at_least"]
    return _set(programme, {"notes": notes})
