"""What tests of the server begin with."""

import shutil
import tempfile
from pathlib import Path

import pytest

from tests.world import World, picture

MEMORY = Path("/dev/shm")  # noqa: S108 — a folder of our own is made in it
ROOM = 4 << 30
FOLDER = pytest.StashKey()


def pytest_configure(config):
    """Worlds live in memory where there is room: databases and stores wait for the disk at every step else."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    if config.option.basetemp is None and not hasattr(config, "workerinput") and roomy:
        config.option.basetemp = config.stash[FOLDER] = tempfile.mkdtemp(prefix="zhengzhao-tests-", dir=MEMORY)


def pytest_unconfigure(config):
    """What was in memory is given back."""
    if folder := config.stash.get(FOLDER, None):
        shutil.rmtree(folder, ignore_errors=True)


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
