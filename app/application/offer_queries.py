"""What the application form offers: the open batches, and the cities that have an office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy.orm import Session

from app.application.batch_rules import is_for, is_open, next_to_open, open_months
from app.application.place_rules import City, cities, place_in, place_of_household
from app.application.queries import OfficesByPlace, batches, offices_by_place
from app.application.rules import Filled
from app.base.errors import N_
from app.identity.model import Candidate


@dataclass(frozen=True)
class Offer:
    """`months` newest first; without any, `opens_at` says when to come again (None: nobody knows yet), and `for_others`
    whether those of other universities may apply meanwhile."""

    months: list[str]
    opens_at: datetime | None
    for_others: bool
    offices: OfficesByPlace

    @cached_property
    def cities(self) -> list[City]:
        """Those with an office, with the places that have one."""
        return places_served(self.offices)

    @property
    def places(self) -> set[str]:
        """The codes of the places that have an office."""
        return {place.code for city in self.cities for place in city.places}


def places_served(offices: OfficesByPlace) -> list[City]:
    """The cities in which a place has an office, each with those places."""
    served = [
        City(city.code, city.name, tuple(each for each in city.places if offices.of(each.code))) for city in cities()
    ]
    return [city for city in served if city.places]


def offer(session: Session, university: str, now: datetime) -> Offer:
    """What a candidate of a programme of this university can choose now."""
    every = batches(session)
    calendar = [batch for batch in every if is_for(batch, university)]
    months = open_months(calendar, now)
    for_others = not months and bool(open_months(every, now))
    return Offer(months, next_to_open(calendar, now), for_others, offices_by_place(session))


def may_apply_now(session: Session, candidate: Candidate, now: datetime) -> bool:
    """Whether a batch is open for this candidate, who would have to begin anew after a withdrawal."""
    university = candidate.programme_university
    return any(is_for(batch, university) and is_open(batch, now) for batch in batches(session))


def prefilled(candidate: Candidate, offered: Offer) -> Filled:
    """The form before anybody touched it: the newest batch, the place of the household, of the postal address
    where the household has none on the mainland, as far as it has an office, and the telephone of the records."""
    place = household_of(candidate) if candidate.city else place_in(candidate.address)
    return Filled(
        offered.months[0] if offered.months else "", place if place in offered.places else "", candidate.phone
    )


def household_of(candidate: Candidate) -> str:
    """The place of the candidate's household; empty when that is not one of Guangdong's."""
    return place_of_household(candidate.province, candidate.city, candidate.county)


def place_hint(candidate: Candidate, filled: Filled, offered: Offer, is_wrong: bool) -> str:
    """What is said below the place: how it was chosen, and what it decides."""
    if not filled.place and (own := household_of(candidate)) and own not in offered.places:
        return N_("您户口所在地的考办还没有开通网上办理。请选择其他地点，或联系当地考办。")
    if not filled.place:
        return N_("请选择您办理毕业的区县。审核和现场提交材料都由这里的市考办办理。")
    if is_wrong:
        return N_("请核对：审核和现场提交材料都由这里的市考办办理。")
    if filled.place == household_of(candidate):
        return N_("已按户口所在地预先选择。请核对：审核和现场提交材料都由这里的市考办办理。")
    return N_("已按通讯地址预先选择。请核对：审核和现场提交材料都由这里的市考办办理。")
