"""What a list can say of an application: the fields that a layout may name, each as plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from app.application.place_rules import full_name
from app.application.status_rules import LABELS
from app.application.workflow import Status
from app.base.clock import in_shanghai
from app.identity.record_rules import AS_RECORDED

LEVEL_CODES = {"本科": "5", "专科": "6"}  # as 四川 writes it in the names of photos
MAJOR = re.compile(r"(?P<code>[A-Z]*(?P<digits>[0-9A-Z]+))\s+(?P<name>.+?)(?:[（(](?:专科|本科)[)）])?")
SCHOOL = re.compile(r"(?P<code>\d+)\s+(?P<name>.+)")


@dataclass(frozen=True)
class Record:
    """What is known of one application: columns of the tables, a photo's name and hash where it has one."""

    candidate: Mapping[str, str]
    born_on: date
    status: Status
    batch: str
    city: str
    office: str
    place: str
    phone: str
    applied_at: datetime
    status_since: datetime
    photo: str = ""
    photo_sha256: str = ""
    serial: str = ""


def _as_recorded(name: str) -> Callable[[Record], str]:
    return lambda record: record.candidate[name]


def _major(part: str) -> Callable[[Record], str]:
    def of(record: Record) -> str:
        found = MAJOR.fullmatch(record.candidate["major"])
        return found[part] if found else record.candidate["major"] if part == "name" else ""

    return of


def _school(name: str, part: str) -> Callable[[Record], str]:
    def of(record: Record) -> str:
        found = SCHOOL.fullmatch(record.candidate[name])
        return found[part] if found else record.candidate[name] if part == "name" else ""

    return of


def _minute(moment: datetime) -> str:
    return in_shanghai(moment).strftime("%Y-%m-%d %H:%M")


COPIED = (*AS_RECORDED, "major", "programme_university", "course_group", "examining_university")
_FIELDS: dict[str, Callable[[Record], str]] = {
    **{name: _as_recorded(name) for name in COPIED},
    "born_on": lambda record: record.born_on.strftime("%Y%m%d"),
    "birth_date": lambda record: record.born_on.isoformat(),
    "level_code": lambda record: LEVEL_CODES.get(record.candidate["level"], ""),
    "major_code": _major("digits"),
    "major_full_code": _major("code"),
    "major_name": _major("name"),
    "school_code": _school("examining_university", "code"),
    "school_name": _school("examining_university", "name"),
    "batch": lambda record: record.batch,
    "graduates_on": lambda record: f"{record.batch}30" if record.batch else "",
    "city": lambda record: record.city,
    "office": lambda record: record.office,
    "place": lambda record: full_name(record.place),
    "phone": lambda record: record.phone,
    "status": lambda record: LABELS[record.status],
    "applied_at": lambda record: _minute(record.applied_at),
    "status_since": lambda record: _minute(record.status_since),
    "photo": lambda record: record.photo,
    "photo_sha256": lambda record: record.photo_sha256,
    "serial": lambda record: record.serial,
}
FIELDS: Mapping[str, Callable[[Record], str]] = MappingProxyType(_FIELDS)


class Facts(Mapping[str, str]):
    """The fields of a record, made when they are asked for."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def __getitem__(self, name: str) -> str:
        return FIELDS[name](self._record)

    def __iter__(self) -> Iterator[str]:
        return iter(FIELDS)

    def __len__(self) -> int:
        return len(FIELDS)
