"""The offices with what they have, what they lack, and how much they have in hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.application.model import Application
from app.application.place_rules import City, cities
from app.application.workflow import OVER
from app.base.errors import N_
from app.identity.actor_rules import Role, StaffRole
from app.identity.model import Office, OfficeCounty, Staff
from app.offices.rules import NO_PROVINCE, Advisory, Owners, Serving, owners, place_names

EVERY_PLACE = tuple(place.code for city in cities() for place in city.places)


@dataclass(frozen=True)
class OfficeLine:
    """One office in the list: its counties by name, its reviewers, its applications that are not submitted yet."""

    office: Office
    places: tuple[str, ...]
    staff: int
    cases: int

    @property
    def is_province(self) -> bool:
        """Whether it reviews what the cities have approved, and has no places."""
        return self.office.level == Role.PROVINCE

    @property
    def territory(self) -> list[tuple[City, str]]:
        """What it has, city by city; no names where it has all of one."""
        mine = set(self.places)
        split = [(city, [each for each in city.places if each.code in mine]) for city in cities()]
        return [
            (city, "" if len(had) == len(city.places) else "、".join(each.name for each in had))
            for city, had in split
            if had
        ]

    @property
    def lacks(self) -> list[str]:
        """What candidates or reviewers would miss, in words."""
        office = self.office
        if not office.active:
            return []
        asked = [(N_("没有联系方式"), office.contact), (N_("没有审核员"), self.staff)]
        if office.level == Role.CITY:  # nobody brings anything to the province
            asked += [(N_("没有地址"), office.address), (N_("没有办公时间"), office.hours)]
            asked += [(N_("没有现场材料说明"), office.bring), (N_("没有负责的地方"), self.places)]
        return [words for words, there in asked if not there]


@dataclass(frozen=True)
class OfficeList:
    """All offices, those that are closed last, and who has which place."""

    lines: tuple[OfficeLine, ...]
    owners: Owners

    @cached_property
    def of(self) -> dict[int, OfficeLine]:
        """The lines by the number of the office."""
        return {line.office.id: line for line in self.lines}

    @property
    def remarks(self) -> list[Advisory]:
        """What is missing or stands twice, over all offices."""
        return [*self._unserved(), *self._doubled(), *self._left_behind()]

    def _unserved(self) -> list[Advisory]:
        absent = [city for city in cities() if not any(place.code in self.owners for place in city.places)]
        apart = [city.code for city in absent]
        counties = [code for city in cities() if city.code not in apart for code in _without(city, self.owners)]
        found = []
        if absent:
            words = N_("%(n)s 个市没有考办，那里的考生现在不能选择办理地点：%(cities)s。")
            found.append(Advisory("warn", words, {"n": len(absent), "cities": "、".join(each.name for each in absent)}))
        if counties:
            words = N_("这些区县没有考办，那里的考生现在不能选择：%(places)s。")
            found.append(Advisory("warn", words, {"places": place_names(counties)}))
        if not any(line.office.level == Role.PROVINCE and line.office.active for line in self.lines):
            found.append(Advisory("warn", NO_PROVINCE))
        return found

    def _doubled(self) -> list[Advisory]:
        found = []
        for city in cities():
            of_it = [line.office for line in self.lines if line.office.active and line.office.city == city.code]
            if len(of_it) > 1:
                words = N_("%(city)s有 %(n)s 个考办负责全市。没有单独指定的区县都归%(first)s；请给其他考办指定区县。")
                first = min(of_it, key=lambda each: each.id)
                found.append(Advisory("warn", words, {"city": city.name, "n": len(of_it), "first": first.name}))
        return found

    def _left_behind(self) -> list[Advisory]:
        words = N_("%(office)s已关闭，还有 %(n)s 份申请没有办完。")
        closed = [line for line in self.lines if line.cases and not line.office.active]
        return [Advisory("warn", words, {"office": line.office.name, "n": line.cases}) for line in closed]


def _without(city: City, owned: Owners) -> list[str]:
    return [place.code for place in city.places if place.code not in owned]


def counties_of(session: Session) -> dict[str, int]:
    """The counties that an office has by itself → that office."""
    return {row.county: row.office_id for row in session.scalars(select(OfficeCounty))}


def serving(offices: list[Office], counties: dict[str, int]) -> list[Serving]:
    """What the open city offices are given."""
    given = [each for each in offices if each.active and each.level == Role.CITY]
    return [
        Serving(each.id, each.city, frozenset(code for code, office in counties.items() if office == each.id))
        for each in given
    ]


def office_list(session: Session) -> OfficeList:
    """Every office: the province's first, then by city; the closed ones last."""
    order = (Office.active.desc(), Office.level.desc(), Office.city, Office.id)
    offices = list(session.scalars(select(Office).order_by(*order)))
    owned = owners(serving(offices, counties_of(session)), EVERY_PLACE)
    staff, cases = _staff(session), _cases(session)
    lines = [
        OfficeLine(
            each,
            tuple(place for place in EVERY_PLACE if owned.get(place) == each.id),
            staff.get(each.id, 0),
            cases.get(each.id, 0),
        )
        for each in offices
    ]
    return OfficeList(tuple(lines), owned)


def _staff(session: Session) -> dict[int | None, int]:
    working = (Staff.role == StaffRole.REVIEWER, Staff.disabled_at.is_(None))
    reviewers = select(Staff.office_id, func.count()).where(*working).group_by(Staff.office_id)
    return {office: count for office, count in session.execute(reviewers)}


def _cases(session: Session) -> dict[int | None, int]:
    under_way = select(Application.office_id, func.count()).where(Application.status.not_in(OVER))
    return {office: count for office, count in session.execute(under_way.group_by(Application.office_id))}
