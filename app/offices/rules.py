"""What is told about offices and batches, and which office has which place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.application.place_rules import city_of, full_name
from app.base.errors import N_, Fact

NO_PROVINCE = N_("没有省考办：要省里复审的申请没有人审核。")
NO_CHANGE = N_("没有改动，不用保存。")
OFFICE, BATCH = N_("考办"), N_("批次")
SHOWN = 6  # places that are named one by one


@dataclass(frozen=True)
class Advisory:
    """Something that an operator should know: `tone` is good, inform, warn or bad."""

    tone: str
    words: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class Serving:
    """What an open city office is given: a city as a whole (a code, or empty), and counties before that."""

    id: int
    city: str
    counties: frozenset[str]


Owners = Mapping[str, int]  # place → office


def owners(offices: Iterable[Serving], places: Collection[str]) -> dict[str, int]:
    """Which office has which place: the one that has this county, else the first of its city."""
    in_order = sorted(offices, key=lambda each: each.id)
    by_county = {county: each.id for each in in_order for county in each.counties}
    by_city = {each.city: each.id for each in reversed(in_order) if each.city}
    had = {place: by_county.get(place) or by_city.get(city_of(place)) for place in places}
    return {place: office for place, office in had.items() if office is not None}


@dataclass(frozen=True)
class Move:
    """Places that go from one office to another; None: to or from nobody."""

    former: int | None
    new: int | None
    places: tuple[str, ...]


def moves(before: Owners, after: Owners) -> list[Move]:
    """What a change moves, in the order of the places."""
    found: dict[tuple[int | None, int | None], list[str]] = {}
    for place in sorted({*before, *after}):
        way = (before.get(place), after.get(place))
        if way[0] != way[1]:
            found.setdefault(way, []).append(place)
    return [Move(former, new, tuple(places)) for (former, new), places in found.items()]


def place_names(places: Sequence[str]) -> str:
    """Their names in one line; of many the first ones, and how many there are."""
    named = "、".join(full_name(place) for place in places[:SHOWN])
    return named if len(places) <= SHOWN else f"{named} …（{len(places)}）"
