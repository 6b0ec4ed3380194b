"""The demo's people: all invented. Their ID numbers carry the sequence 000, which is never issued."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo.study import study_of
from app.identity.actor_rules import StaffRole
from app.identity.model import Candidate, Office, Staff
from app.identity.passwords import HASHER
from app.identity.rules import PERMITS, RESIDENT_ID

PASSWORD = "zikao-demo"  # noqa: S105 — it is printed at the start
HOME_RETURN = PERMITS[0]

STAFF = (
    ("guangzhou", "广州审核员", StaffRole.REVIEWER, "guangzhou"),
    ("shenzhen", "深圳审核员", StaffRole.REVIEWER, "shenzhen"),
    ("province", "省考办审核员", StaffRole.REVIEWER, "province"),
    ("support", "客服", StaffRole.SUPPORT, None),
    ("operator", "管理员", StaffRole.OPERATOR, None),
)
# login, name, sex, document type, document number, city, county
CANDIDATES = (
    ("010126000001", "陈思远", "女", RESIDENT_ID, "44010419990412000X", "广州市", "越秀区"),
    ("010126000002", "林志强", "男", RESIDENT_ID, "440106200007050003", "广州市", "天河区"),
    ("010126000003", "何家明", "男", HOME_RETURN, "H00000003", "广州市", "越秀区"),
    ("010126000004", "黄晓彤", "女", RESIDENT_ID, "440305199811200008", "深圳市", "南山区"),
    ("010126000005", "欧阳婉仪", "女", RESIDENT_ID, "440402200103090006", "珠海市", "香洲区"),
    ("010126000006", "梁伟", "男", RESIDENT_ID, "440604199708180002", "佛山市", "禅城区"),
    ("010126000011", "张敏", "女", RESIDENT_ID, "440105200001150007", "广州市", "海珠区"),
    ("010126000012", "李俊杰", "男", RESIDENT_ID, "440105200102150006", "广州市", "海珠区"),
    ("010126000013", "吴海燕", "女", RESIDENT_ID, "440105200203150005", "广州市", "海珠区"),
    ("010126000014", "郑文博", "男", RESIDENT_ID, "440105200304150004", "广州市", "海珠区"),
    ("010126000015", "周雅琴", "女", RESIDENT_ID, "440105200405150003", "广州市", "海珠区"),
    ("010126000016", "徐浩然", "男", RESIDENT_ID, "440105200506150002", "广州市", "海珠区"),
    ("010126000017", "孙丽华", "女", RESIDENT_ID, "440105200607150001", "广州市", "海珠区"),
    ("010126000018", "马建国", "男", RESIDENT_ID, "440105200708150000", "广州市", "海珠区"),
    ("010126000019", "朱慧敏", "女", RESIDENT_ID, "44010520080915000X", "广州市", "海珠区"),
)

# The population register is never reached for these.
UNREACHED = frozenset({"440604199708180002"})


def add_people(db: Session) -> int:
    """Add whoever is missing; how many that were."""
    offices = {office.code: office for office in db.scalars(select(Office))}
    known = set(db.scalars(select(Staff.login_name))) | set(db.scalars(select(Candidate.exam_number)))
    hashed = HASHER.hash(PASSWORD)
    new = [_staff(row, offices, hashed) for row in STAFF if row[0] not in known]
    candidates = [_candidate(row, hashed) for row in CANDIDATES if row[0] not in known]
    db.add_all([*new, *candidates])
    db.flush()
    return len(new) + len(candidates)


def _staff(row: tuple[str, str, str, str | None], offices: dict[str, Office], hashed: str) -> Staff:
    login, name, role, office = row
    return Staff(
        login_name=login, password_hash=hashed, name=name, role=role, office_id=offices[office].id if office else None
    )


def _candidate(row: tuple[str, str, str, str, str, str, str], hashed: str) -> Candidate:
    login, name, sex, id_type, id_number, city, county = row
    resident = id_type == RESIDENT_ID
    return Candidate(
        exam_number=login,
        password_hash=hashed,
        name=name,
        sex=sex,
        **_household(resident, city, county),
        born_on=_born_on(id_number) if resident else date(1999, 1, 1) + timedelta(days=3),
        id_type=id_type,
        id_number=id_number,
        ethnic_group="汉族",
        political_status="群众",
        native_place="广东" if resident else "香港",
        overseas="否" if resident else "港澳",
        category="社会考生",
        occupation="其他",
        phone="13800000000",
        assisting_school="无",
        address=f"广东省{city}{county}样例路 1 号",
        **study_of(login),
    )


def _household(resident: bool, city: str, county: str) -> dict[str, str]:
    """户口所在地: who has a permit lives here and is registered elsewhere."""
    if resident:
        return {"province": "广东省", "city": city, "county": county}
    return {"province": "香港特别行政区", "city": "", "county": ""}


def _born_on(id_number: str) -> date:
    return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
