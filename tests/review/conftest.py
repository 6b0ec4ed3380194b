"""What tests of the offices begin with."""

from __future__ import annotations

import pytest

from app.identity.model import Office
from tests.review.waiting import office, reviewer
from tests.visitors import Visitor
from tests.world import World


@pytest.fixture
def city(world: World) -> Office:
    """A city's office."""
    return office(world)


@pytest.fixture
def province(world: World) -> Office:
    """The provincial office."""
    return office(world, "province", "省考办", city="")


@pytest.fixture
def officer(world: World, city: Office) -> Visitor:
    """Somebody of the city's office at a PC."""
    return world.visitor(reviewer(world, city))


@pytest.fixture
def provincial(world: World, province: Office) -> Visitor:
    """Somebody of the provincial office at a PC."""
    return world.visitor(reviewer(world, province))
