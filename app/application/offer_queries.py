"""What the application form offers: the open batches, and the cities that have an office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.application.batch_rules import next_to_open, open_months
from app.application.place_rules import City, cities, city_of, place_in, place_of_household
from app.application.queries import batches, city_offices
from app.application.rules import Filled
from app.base.errors import N_
from app.identity.model import Candidate, Office


@dataclass(frozen=True)
class Offer:
    """`months` newest first; without any, `opens_at` says when to come again (None: nobody knows yet)."""

    months: list[str]
    opens_at: datetime | None
    offices: dict[str, Office]

    @property
    def cities(self) -> list[City]:
        """Those with an office, with their places."""
        return [city for city in cities() if city.code in self.offices]

    def office(self, place: str) -> Office | None:
        """The office that a place belongs to."""
        return self.offices.get(city_of(place))


def offer(session: Session, now: datetime) -> Offer:
    """What can be chosen now."""
    calendar = batches(session)
    return Offer(open_months(calendar, now), next_to_open(calendar, now), city_offices(session))


def prefilled(candidate: Candidate, offered: Offer) -> Filled:
    """The form before anybody touched it: the newest batch, the place of the household, of the postal address
    where the household has none on the mainland, and the telephone of the records."""
    place = household_of(candidate) if candidate.city else place_in(candidate.address)
    return Filled(offered.months[0] if offered.months else "", place, candidate.phone)


def household_of(candidate: Candidate) -> str:
    """The place of the candidate's household; empty when that is not one of Guangdong's."""
    return place_of_household(candidate.province, candidate.city, candidate.county)


def place_hint(candidate: Candidate, filled: Filled, is_wrong: bool) -> str:
    """What is said below the place: how it was chosen, and what it decides."""
    if not filled.place:
        return N_("请选择您办理毕业的区县。审核和现场提交材料都由这里的市考办办理。")
    if is_wrong:
        return N_("请核对：审核和现场提交材料都由这里的市考办办理。")
    if filled.place == household_of(candidate):
        return N_("已按户口所在地预先选择。请核对：审核和现场提交材料都由这里的市考办办理。")
    return N_("已按通讯地址预先选择。请核对：审核和现场提交材料都由这里的市考办办理。")
