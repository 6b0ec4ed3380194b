"""What tests of the statistics begin with."""

from __future__ import annotations

import pytest

from tests import people
from tests.statistics.history import History, tell
from tests.visitors import Visitor
from tests.world import World


@pytest.fixture
def history(world: World) -> History:
    """What happened until the 22nd of November."""
    made = History(world)
    tell(made)
    return made


@pytest.fixture
def operator(world: World) -> Visitor:
    """Whoever runs the service, at a PC."""
    return world.visitor(world.add(people.operator()))
