"""What tests of the server begin with."""

import pytest

from tests.world import World, picture


@pytest.fixture
def new_world(tmp_path):
    """Makes worlds with settings of their own; they share nothing."""
    made = []

    def make(name="world", **settings):
        made.append(World(tmp_path / name, **settings))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def world(new_world):
    """The server with its usual settings."""
    return new_world()


@pytest.fixture
def clock(world):
    """The time of day in this world."""
    return world.clock


@pytest.fixture
def pair(world):
    """A desk and a phone; the phone has sent a picture, the desk shows it."""
    desk, phone = world.paired()
    phone.send(picture())
    desk.look()
    return desk, phone
