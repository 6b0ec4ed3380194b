"""What tests of the application begin with."""

import pytest

from tests import procedure, records


@pytest.fixture
def season(world):
    """The world at a time when one may apply: a batch is open, every city has its office."""
    procedure.open_batch(world)
    procedure.open_offices(world)
    return world


@pytest.fixture
def person(season):
    """Somebody whose forecast passes, and whom the register knows."""
    someone = records.ready(season)
    procedure.known(season, someone)
    return someone


@pytest.fixture
def desk(season, person):
    """Their PC; they have not applied yet."""
    return season.newcomer(person)
