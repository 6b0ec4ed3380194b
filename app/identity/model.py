"""Tables of people and logins."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base.database import Base
from app.identity.actor_rules import Role, StaffRole


class Candidate(Base):
    """A person who studies; the fields come from the records and are read-only here.

    An empty `password_hash` is no password yet: nothing opens this account until one is set.
    """

    __tablename__ = "candidate"
    kind: ClassVar = "candidate"

    id: Mapped[int] = mapped_column(primary_key=True)
    exam_number: Mapped[str] = mapped_column(String(12), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(60), index=True)
    sex: Mapped[str] = mapped_column(String(4))
    province: Mapped[str] = mapped_column(String(30))
    city: Mapped[str] = mapped_column(String(30))
    county: Mapped[str] = mapped_column(String(30))
    born_on: Mapped[date]
    id_type: Mapped[str] = mapped_column(String(30))
    id_number: Mapped[str] = mapped_column(String(30))
    ethnic_group: Mapped[str] = mapped_column(String(20))
    political_status: Mapped[str] = mapped_column(String(30))
    level: Mapped[Role] = mapped_column(String(10))
    native_place: Mapped[str] = mapped_column(String(60))
    overseas: Mapped[str] = mapped_column(String(10))
    education: Mapped[str] = mapped_column(String(30))
    category: Mapped[str] = mapped_column(String(30))
    occupation: Mapped[str] = mapped_column(String(30))
    phone: Mapped[str] = mapped_column(String(20))
    assisting_school: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(120))
    major: Mapped[str] = mapped_column(String(60))
    programme_university: Mapped[str] = mapped_column(String(60))
    course_group: Mapped[str] = mapped_column(String(30))
    examining_university: Mapped[str] = mapped_column(String(60))
    must_change_password: Mapped[bool] = mapped_column(default=False, server_default=false())
    password_changed_at: Mapped[datetime | None]

    @property
    def is_disabled(self) -> bool:
        """Candidates are not: who may do what is the procedure's business."""
        return False

    @property
    def has_second_factor(self) -> bool:
        """Candidates have a password alone."""
        return False


class Office(Base):
    """A city office, or the provincial one (level `province`). `city` is the GB/T 2260 code, e.g. 440100.

    `contact`, `address`, `hours` and `bring` (what to bring for 现场提交材料) are the operator's own words for
    candidates. One that is not `active` gets no new applications. `version` grows with every change.
    """

    __tablename__ = "office"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    level: Mapped[Role] = mapped_column(String(10))
    contact: Mapped[str] = mapped_column(String(120))
    city: Mapped[str] = mapped_column(String(6), default="", index=True)
    address: Mapped[str] = mapped_column(String(200), default="")
    hours: Mapped[str] = mapped_column(String(200), default="")
    bring: Mapped[str] = mapped_column(String(1000), default="")
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=0)


class OfficeCounty(Base):
    """A county (GB/T 2260) that one office has, whatever office its city has."""

    __tablename__ = "office_county"

    county: Mapped[str] = mapped_column(String(6), primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)


class Staff(Base):
    """Somebody who works here: role `operator`, `reviewer` (of an office) or `support`.

    `id_number`, where it is known, keeps a reviewer from deciding their own case. `totp_sealed` is the secret of the
    second factor, sealed; `totp_step` the newest step of time of which a code was used: each code opens once.
    """

    __tablename__ = "staff"
    kind: ClassVar = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    login_name: Mapped[str] = mapped_column(String(40), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(60))
    role: Mapped[StaffRole] = mapped_column(String(10))
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))
    id_number: Mapped[str | None] = mapped_column(String(30))
    disabled_at: Mapped[datetime | None]
    must_change_password: Mapped[bool] = mapped_column(default=False, server_default=false())
    password_changed_at: Mapped[datetime | None]
    totp_sealed: Mapped[str] = mapped_column(String(300), default="", server_default=text("''"))
    totp_step: Mapped[int] = mapped_column(default=0, server_default="0")
    wrong_codes: Mapped[int] = mapped_column(default=0, server_default="0")
    office: Mapped[Office | None] = relationship(lazy="joined")

    @property
    def is_disabled(self) -> bool:
        """Whether this account opens nothing any more."""
        return self.disabled_at is not None

    @property
    def has_second_factor(self) -> bool:
        """Whether a code is asked for after the password."""
        return bool(self.totp_sealed)


class Login(Base):
    """One browser in which one person is logged in. The cookie holds a secret, this row its hash; `device` says in
    rough words which browser it is."""

    __tablename__ = "login"
    __table_args__ = (CheckConstraint("(candidate_id IS NULL) <> (staff_id IS NULL)", name="one_person"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    candidate_id: Mapped[int | None] = mapped_column(ForeignKey("candidate.id"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    device: Mapped[str] = mapped_column(String(40), default="", server_default=text("''"))
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    candidate: Mapped[Candidate | None] = relationship(lazy="joined")
    staff: Mapped[Staff | None] = relationship(lazy="joined")

    @property
    def person(self) -> Candidate | Staff:
        """Whose login it is."""
        person = self.candidate or self.staff
        assert person is not None  # noqa: S101 — the table's check constraint
        return person
