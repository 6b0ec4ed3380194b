"""What tests of the server begin with."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from app import ROOT
from app.base.store import Store
from app.register.port import Register
from tests.visitors import Pair
from tests.world import ORIGIN, FakeClock, NewWorld, Setting, World, picture

MEMORY = Path("/dev/shm")  # noqa: S108 — a folder of our own is made in it
ROOM = 4 << 30
FOLDER = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """Browsers get what the scripts are now. Worlds live in memory where there is room: the disk is slow."""
    if not hasattr(config, "workerinput"):
        subprocess.run(["node", "bundle.js"], cwd=ROOT, check=True)
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    if config.option.basetemp is None and not hasattr(config, "workerinput") and roomy:
        config.option.basetemp = config.stash[FOLDER] = tempfile.mkdtemp(prefix="zhengzhao-tests-", dir=MEMORY)


def pytest_unconfigure(config: pytest.Config) -> None:
    """What was in memory is given back."""
    if folder := config.stash.get(FOLDER, None):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One driver of browsers for all modules: a second one in the same process is refused."""
    with sync_playwright() as running:
        yield running


@pytest.fixture
def new_world(tmp_path: Path) -> Iterator[NewWorld]:
    """Makes worlds with settings of their own; they share nothing."""
    made: list[World] = []

    def make(
        name: str = "world",
        *,
        clock: FakeClock | None = None,
        store: Store | None = None,
        register: Register | None = None,
        origin: str = ORIGIN,
        **settings: Setting,
    ) -> World:
        made.append(World(tmp_path / name, None, clock, store, register, origin, **settings))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def world(new_world: NewWorld) -> World:
    """The server with its usual settings."""
    return new_world()


@pytest.fixture
def clock(world: World) -> FakeClock:
    """The time of day in this world."""
    return world.clock


@pytest.fixture
def pair(world: World) -> Pair:
    """A desk and a phone; the phone has sent a picture, the desk shows it."""
    desk, phone = world.paired()
    phone.send(picture())
    desk.look()
    return desk, phone
