"""The demo's offices: one in each of the 21 cities, and the province's. Their contacts are samples."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.application.place_rules import cities
from app.identity.actor_rules import Role
from app.identity.model import Office

PROVINCE = ("province", "省考办", "广东省教育考试院，电话 020-00000001（样例）")
# GB/T 2260 code of the city: name of the office's code, area code
CITIES = {
    "440100": ("guangzhou", "020"),
    "440200": ("shaoguan", "0751"),
    "440300": ("shenzhen", "0755"),
    "440400": ("zhuhai", "0756"),
    "440500": ("shantou", "0754"),
    "440600": ("foshan", "0757"),
    "440700": ("jiangmen", "0750"),
    "440800": ("zhanjiang", "0759"),
    "440900": ("maoming", "0668"),
    "441200": ("zhaoqing", "0758"),
    "441300": ("huizhou", "0752"),
    "441400": ("meizhou", "0753"),
    "441500": ("shanwei", "0660"),
    "441600": ("heyuan", "0762"),
    "441700": ("yangjiang", "0662"),
    "441800": ("qingyuan", "0763"),
    "441900": ("dongguan", "0769"),
    "442000": ("zhongshan", "0760"),
    "445100": ("chaozhou", "0768"),
    "445200": ("jieyang", "0663"),
    "445300": ("yunfu", "0766"),
}

HOURS = "周一至周五 9:00–11:30，14:30–17:00（样例）"
BRING = "身份证复印件一份（样例）\n前置学历证书原件和复印件（专升本考生，样例）"


def add_offices(db: Session) -> None:
    """Add those that are missing; one of an earlier version learns its city."""
    known = {office.code: office for office in db.scalars(select(Office))}
    code, name, contact = PROVINCE
    if code not in known:
        db.add(Office(code=code, name=name, level=Role.PROVINCE, contact=contact, city=""))
    for city in cities():
        code, area = CITIES[city.code]
        if code in known:
            known[code].city = city.code
        else:
            db.add(_city_office(code, city.code, city.name, area))
    db.flush()


def _city_office(code: str, city: str, name: str, area: str) -> Office:
    contact = f"{name}招生考试办公室，电话 {area}-00000000（样例）"
    made = Office(code=code, name=f"{name}考办", level=Role.CITY, contact=contact, city=city)
    made.address, made.hours, made.bring = f"{name}样例路 1 号（样例）", HOURS, BRING
    return made
