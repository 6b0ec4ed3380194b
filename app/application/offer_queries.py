"""What the application form offers: the open batches, and the cities that have an office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.application.batch_rules import next_to_open, open_months
from app.application.place_rules import City, cities, city_of, place_of_household
from app.application.queries import batches, city_offices
from app.application.rules import Filled
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
    """The form before anybody touched it: the newest batch, the household's place, the telephone of the records."""
    household = place_of_household(candidate.province, candidate.city, candidate.county)
    return Filled(offered.months[0] if offered.months else "", household, candidate.phone)
