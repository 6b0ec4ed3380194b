"""What tests of the application begin with."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

import pytest

from app.application.contributions import Contribution, Opinion, ReviewSummary
from app.identity.model import Candidate
from tests import procedure, records
from tests.seams import contribute
from tests.visitors import Desk
from tests.world import World


@pytest.fixture
def season(world: World) -> World:
    """The world at a time when one may apply: a batch is open, every city has its office."""
    procedure.open_batch(world)
    procedure.open_offices(world)
    return world


@pytest.fixture
def person(season: World) -> Candidate:
    """Somebody whose forecast passes, and whom the register knows."""
    someone = records.ready(season)
    procedure.known(season, someone)
    return someone


@pytest.fixture
def desk(season: World, person: Candidate) -> Desk:
    """Their PC; they have not applied yet."""
    return season.newcomer(person)


class Decided(Protocol):
    """Makes an office's decision known."""

    def __call__(self, last_review: str, *opinions: Opinion) -> None: ...


@pytest.fixture
def decided(season: World) -> Decided:
    """Makes an office's decision known, as the review slice does."""

    def make(last_review: str, *opinions: Opinion) -> None:
        told = ReviewSummary(tuple(replace(each, decided_at=season.clock.now()) for each in opinions))
        assert told.last_review == last_review
        contribute(season, Contribution(review=lambda _db, _application: told))

    return make
