"""Servers in both modes, browsers with and without a camera, a fresh candidate for each test."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.e2e import browsers, films
from tests.e2e.beside import WATCHED
from tests.e2e.filming import Filmed, filming
from tests.e2e.wire import Wire
from tests.e2e.world import World

# Machines that test are busy; nothing waits longer than it has to.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser whose camera films a face."""
    running = browsers.launch(playwright, browsers.film(tmp_path_factory.mktemp("film")))
    yield running
    running.close()


@pytest.fixture(scope="session")
def blind_browser(playwright: Playwright) -> Iterator[Browser]:
    """A browser on a machine without a camera."""
    running = browsers.launch(playwright, None)
    yield running
    running.close()


@pytest.fixture
def filmed(playwright: Playwright, tmp_path: Path) -> Filmed:
    """`with filmed(scene, …) as (desk, hand)`."""
    return filming(playwright, tmp_path)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The server most tests share; each test takes a candidate of its own."""
    running = World(tmp_path_factory.mktemp("world")).start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def _wire() -> Iterator[Wire]:
    running = Wire()
    yield running
    running.close()


@pytest.fixture(scope="session")
def far_world(tmp_path_factory: pytest.TempPathFactory, _wire: Wire) -> Iterator[World]:
    """A server that phones reach through a bad network, and desktops directly."""
    plenty = {"UPLOADS_PER_PAIRING": "1000", "UPLOADS_PER_DAY": "1000"}
    running = World(tmp_path_factory.mktemp("far"), PUBLIC_URL=f"http://localhost:{_wire.port}", **plenty)
    _wire.target = running.port
    yield running.start()
    running.stop()


@pytest.fixture
def wire(far_world: World, _wire: Wire) -> Iterator[Wire]:
    """The network between the phones and `far_world`: good, until a test spoils it."""
    _wire.mend()
    yield _wire
    _wire.mend()


_numbers = itertools.count(1)


@pytest.fixture
def candidate(world: World) -> str:
    """A candidate whom no other test knows: a copy of a demo person under a new number."""
    return newcomer(world)


def newcomer(world: World, like: str = "010126000001") -> str:
    """Add a candidate to this world, with the records of the one they are `like`; the 准考证号."""
    number = f"0201{next(_numbers):08d}"
    _copy(world, "candidate", "exam_number", number, "exam_number = ?", like)
    theirs = "(SELECT id FROM candidate WHERE exam_number = ?)"
    [(new,)] = world.rows(f"SELECT id FROM candidate WHERE exam_number = {number!r}")
    for table in ("score", "certificate", "penalty"):
        _copy(world, table, "candidate_id", new, f"candidate_id = {theirs}", like)
    return number


def _copy(world: World, table: str, column: str, value: str | int, having: str, like: str) -> None:
    """The rows again, with another value in one column."""
    kept = ", ".join(row[1] for row in world.rows(f"PRAGMA table_info({table})") if row[1] not in ("id", column))
    world.change(f"INSERT INTO {table} ({column}, {kept}) SELECT ?, {kept} FROM {table} WHERE {having}", value, like)


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A page on a PC."""
    with browsers.desktop(browser) as context:
        yield context.new_page()


@pytest.fixture
def phone(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on a phone with a camera."""
    workers: Literal["allow", "block"] = "block" if request.node.get_closest_marker("between") else "allow"
    with browsers.phone(browser, service_workers=workers) as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def moving(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser whose camera films a face in light that comes and goes."""
    film = films.shown(tmp_path_factory.mktemp("film") / "camera.mjpeg", films.good(), films.dark(), seconds=3)
    running = browsers.launch(playwright, film)
    yield running
    running.close()


@pytest.fixture
def pair(moving: Browser) -> Iterator[tuple[Page, Page]]:
    """A PC, and a phone with that camera, whose connections are watched."""
    with browsers.desktop(moving) as office, browsers.phone(moving) as pocket:
        for context in (office, pocket):
            context.add_init_script(f"({WATCHED})()")
        yield office.new_page(), pocket.new_page()
