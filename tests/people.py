"""Candidates and staff with defaults: a test names only what it is about."""

from __future__ import annotations

import itertools
from datetime import date

from argon2 import PasswordHasher

from app.identity.model import Candidate, Office, Staff
from app.identity.rules import RESIDENT_ID

PASSWORD = "zikao-demo"
# One weak hash for everybody: a test of what follows a login should not pay for Argon2 at full strength.
WEAK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
HASHED = WEAK.hash(PASSWORD)

_numbers = itertools.count(1)
Person = Candidate | Staff
Field = str | bool | date | Office | None


USUAL: dict[str, Field] = {
    "password_hash": HASHED,
    "name": "陈思远",
    "sex": "女",
    "province": "广东省",
    "city": "广州市",
    "county": "越秀区",
    "born_on": date(1999, 4, 12),
    "id_type": RESIDENT_ID,
    "id_number": "44010419990412000X",
    "ethnic_group": "汉族",
    "political_status": "群众",
    "level": "专科",
    "native_place": "广东",
    "overseas": "否",
    "education": "高中毕业",
    "category": "社会考生",
    "occupation": "其他",
    "phone": "13800138000",
    "assisting_school": "无",
    "address": "广东省广州市越秀区样例路 1 号",
    "major": "A050226 商务英语(专科)",
    "programme_university": "619 广东外语外贸大学",
    "course_group": "0",
    "examining_university": "619 广东外语外贸大学",
}


def candidate(**fields: Field) -> Candidate:
    """Somebody who studies, under a 准考证号 of their own."""
    return Candidate(**USUAL | {"exam_number": f"0301{next(_numbers):08d}"} | fields)


def support(**fields: Field) -> Staff:
    """Somebody who answers the telephone."""
    return _staff({"name": "客服", "role": "support", **fields})


def operator(**fields: Field) -> Staff:
    """Somebody who runs the service."""
    return _staff({"name": "管理员", "role": "operator", **fields})


def reviewer(**fields: Field) -> Staff:
    """Somebody of a city office who looks at pictures."""
    office = Office(code=f"office{next(_numbers)}", name="广州市考办", level="city", contact="020-00000000")
    return _staff({"name": "广州审核员", "role": "reviewer", "office": office, **fields})


def _staff(fields: dict[str, Field]) -> Staff:
    return Staff(**{"login_name": f"staff{next(_numbers)}", "password_hash": HASHED} | fields)


def login_name(person: Person) -> str:
    """What this person types into the first field."""
    return person.exam_number if isinstance(person, Candidate) else person.login_name
