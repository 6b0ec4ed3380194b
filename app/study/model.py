"""Tables of what is studied: programmes and their courses; a candidate's scores, penalties, earlier certificates.

What a programme asks is data, row by row: provinces and years differ, so no number of it stands in code.
"""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base.database import Base


class Note(TypedDict):
    """备注 of a programme: of these courses, at least so many have to be passed."""

    text: str
    courses: list[str]
    at_least: int


class Programme(Base):
    """专业计划. A zero among the elective numbers asks nothing.

    `entry_level` is the least earlier degree that it asks for, e.g. 专科, or empty; who has one in none of `fields`
    has to pass the added courses.
    """

    __tablename__ = "programme"
    __table_args__ = (UniqueConstraint("code", "programme_university", "course_group"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(60))
    level: Mapped[str] = mapped_column(String(10))
    programme_university: Mapped[str] = mapped_column(String(60))
    course_group: Mapped[str] = mapped_column(String(30))
    elective_credits: Mapped[int]
    elective_count: Mapped[int]
    entry_level: Mapped[str] = mapped_column(String(10))
    fields: Mapped[list[str]] = mapped_column(JSON)
    notes: Mapped[list[Note]] = mapped_column(JSON)
    courses: Mapped[list[ProgrammeCourse]] = relationship(order_by="ProgrammeCourse.id", lazy="selectin")
    replacements: Mapped[list[Replacement]] = relationship(order_by="Replacement.id", lazy="selectin")


class ProgrammeCourse(Base):
    """One course of a programme; `kind` is a counting.Kind. `school` examines a practical one, else the chosen one."""

    __tablename__ = "programme_course"
    __table_args__ = (UniqueConstraint("programme_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    code: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(60))
    credits: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    school: Mapped[str] = mapped_column(String(60), default="")


class Replacement(Base):
    """顶替: an old course that counts for a new one, in one programme; each old one for one only.

    Rows with the same new course and the same `way` are needed together (a merger); ways are alternatives.
    """

    __tablename__ = "replacement"
    __table_args__ = (UniqueConstraint("programme_id", "old_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    old_code: Mapped[str] = mapped_column(String(10))
    new_code: Mapped[str] = mapped_column(String(10))
    way: Mapped[int] = mapped_column(default=0)


class Score(Base):
    """One sitting of one course: `score` as it is printed (76, 合格), `taken_in` a month such as 202404.

    `school` and `major` (a code) say where and for what something practical was passed; else they may be empty.
    """

    __tablename__ = "score"
    __table_args__ = (Index("ix_score_sitting", "candidate_id", "code", "taken_in"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    code: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(60))
    score: Mapped[str] = mapped_column(String(10))
    passed: Mapped[bool]
    taken_in: Mapped[str] = mapped_column(String(6))
    school: Mapped[str] = mapped_column(String(60), default="")
    major: Mapped[str] = mapped_column(String(20), default="")


class Penalty(Base):
    """停考: from the first to the last day, both included, no graduation."""

    __tablename__ = "penalty"

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(120))


class Certificate(Base):
    """学历: an earlier degree. `major_code` is empty when it was not earned here; programmes compare `field`."""

    __tablename__ = "certificate"

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    level: Mapped[str] = mapped_column(String(10))
    major_code: Mapped[str] = mapped_column(String(20), default="")
    major: Mapped[str] = mapped_column(String(60))
    school: Mapped[str] = mapped_column(String(60))
    number: Mapped[str] = mapped_column(String(30))
    issued_on: Mapped[date]
    field: Mapped[str] = mapped_column(String(30))
