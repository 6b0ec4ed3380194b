"""What tests of the offices begin with."""

import pytest

from tests.review.waiting import office, reviewer


@pytest.fixture
def city(world):
    """A city's office."""
    return office(world)


@pytest.fixture
def province(world):
    """The provincial office."""
    return office(world, "province", "省考办", city="")


@pytest.fixture
def officer(world, city):
    """Somebody of the city's office at a PC."""
    return world.visitor(reviewer(world, city))


@pytest.fixture
def provincial(world, province):
    """Somebody of the provincial office at a PC."""
    return world.visitor(reviewer(world, province))
