"""`/ready`: whether people may come, for anybody who asks, quickly, and nothing else."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from app.base.database import Database
from app.watch.model import Backup
from app.watch.queries import last_backup
from app.watch.readiness import PATIENCE, ClockCheck, Readiness, has_room
from tests import people
from tests.world import NewWorld, World

ALL = {"database": True, "store": True, "inspector": True, "disk": True, "clock": True}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every look is a new one."""
    monkeypatch.setattr("app.watch.readiness.KEPT", 0)


def asked(world: World) -> tuple[int, dict[str, bool]]:
    answer = world.visitor().client.get("/ready")
    said = answer.get_json()
    assert set(said) == {"ready", "checks"}
    assert said["ready"] == (answer.status_code == 200) == all(said["checks"].values())
    return answer.status_code, said["checks"]


def test_all_is_well_at_first(world: World) -> None:
    assert asked(world) == (200, ALL)


@pytest.mark.usefixtures("quick")
def test_a_cold_inspector_is_named_and_comes_back(world: World) -> None:
    world.inspector.warm = False
    assert asked(world) == (503, ALL | {"inspector": False})
    world.inspector.warm = True
    assert asked(world) == (200, ALL)


@pytest.mark.usefixtures("quick")
def test_a_store_that_is_gone_is_named(world: World) -> None:
    (world.folder / "store").rename(world.folder / "away")
    assert asked(world) == (503, ALL | {"store": False, "disk": False})
    (world.folder / "away").rename(world.folder / "store")
    assert asked(world) == (200, ALL)


def test_little_room_is_named(new_world: NewWorld) -> None:
    assert asked(new_world(min_free_mb=1 << 40)) == (503, ALL | {"disk": False})


def test_room_is_counted_in_bytes(tmp_path: Path) -> None:
    assert has_room((tmp_path,), 1)()
    assert not has_room((tmp_path,), 1 << 62)()


@pytest.mark.usefixtures("quick")
def test_records_of_the_future_mean_that_the_clock_went_back(world: World) -> None:
    desk = world.desk(world.add(people.candidate()))
    desk.look()
    world.clock.move(-120)
    assert asked(world) == (503, ALL | {"clock": False})


def test_a_jump_of_the_clock_counts_for_a_minute(world: World) -> None:
    running = 1000.0
    check = ClockCheck(world.dependencies.db, world.clock, lambda: running)
    assert check()
    world.clock.move(3600)
    running += 3600  # slept, with the clock going on
    assert check()
    world.clock.move(30)
    assert not check()
    world.clock.move(61)
    running += 61
    assert check()


def test_it_never_waits_for_longer_than_three_seconds_and_asks_once() -> None:
    begun, go_on = [], threading.Event()

    def stuck() -> None:
        begun.append(1)
        go_on.wait(60)

    made = Readiness({"stuck": stuck, "well": lambda: None})
    assert PATIENCE < 3
    assert made.look() == {"stuck": False, "well": True}
    made._until = 0
    assert made.look() == {"stuck": False, "well": True}
    assert len(begun) == 1
    go_on.set()


def test_of_many_who_ask_one_looks() -> None:
    looks: list[int] = []
    made = Readiness({"one": lambda: looks.append(1)})
    asking = [threading.Thread(target=made.look) for _ in range(20)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert (len(looks), made.look()) == (1, {"one": True})


def test_health_stays_what_it_is(world: World) -> None:
    world.inspector.warm = False
    assert world.visitor().client.get("/health").get_json() == {"status": "ok"}


def test_the_front_page_says_how_old_the_newest_backup_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    operator, now = world.visitor(world.add(people.operator())), world.clock.now()
    counts = {"candidates": 1, "applications": 1, "pictures": 1, "lost": 0, "bytes": 1}
    for minutes, words in (
        (1600, "请查看每晚的定时备份为什么没有做"),
        (120, "是 2 小时前。"),
        (50, "是不到一小时前。"),
    ):
        world.add(Backup(began_at=now - timedelta(minutes=minutes), ended_at=now, **counts))
        assert words in operator.go("/operate").text
    monkeypatch.setattr(Database, "file", None)
    assert "flask backup 只能备份 SQLite" in operator.go("/operate").text


def test_before_the_first_backup_there_is_none(world: World) -> None:
    with world.dependencies.db.reading() as session:
        assert last_backup(session) is None
