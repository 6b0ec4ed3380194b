"""What tests of offices and batches begin with."""

from __future__ import annotations

import pytest

from tests import people, procedure
from tests.visitors import Visitor
from tests.world import World


@pytest.fixture
def operator(world: World) -> Visitor:
    """A browser of whoever runs the service, in a province with all its offices."""
    procedure.open_offices(world)
    return world.visitor(world.add(people.operator()))


@pytest.fixture
def other(world: World, operator: Visitor) -> Visitor:
    """A second operator's browser."""
    return world.visitor(world.add(people.operator()))
