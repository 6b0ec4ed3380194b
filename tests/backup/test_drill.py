"""The drill: under load, back up, destroy, restore elsewhere. Nothing acknowledged before it began is missing."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest

from app.base.seal import Sealer
from app.base.store import LocalStore
from app.config import parse_keys
from bench.people import arrive
from tests.backup.line import Line, said
from tests.backup.load import Browser, Load
from tests.e2e.world import World

PEOPLE = 90
TABLES = ("capture", "receipt", "login", "application", "candidate")


def rows(world: World) -> dict[str, set[tuple[Any, ...]]]:
    """What identifies everything that is there."""
    found = {table: set(world.rows(f"SELECT id FROM {table}")) for table in TABLES}
    found["receipt"] = set(world.rows("SELECT id, number, facts, handed_over_at FROM receipt"))
    found["capture"] = set(world.rows("SELECT id, application_id, sha256, original, preview FROM capture"))
    return found


def restored_elsewhere(line: Line, tmp_path: Path) -> Line:
    """Prove it, restore it, look whether all is sound."""
    elsewhere = Line(tmp_path / "elsewhere", store_keys=line.store_keys)
    assert "proved" in said(elsewhere.flask("restore", "--check", tmp_path / "drill.zzb"), 0)
    assert "restored" in said(elsewhere.flask("restore", tmp_path / "drill.zzb"), 0)
    assert "0 broken" in said(elsewhere.flask("verify-audit"), 0)
    assert "store: sound" in said(elsewhere.flask("sweep"), 0)
    return elsewhere


@pytest.mark.timeout(400)
@pytest.mark.parametrize("mode", ["eventlet", "threading"])
def test_nothing_acknowledged_is_lost(request: pytest.FixtureRequest, tmp_path: Path, mode: str) -> None:
    world = World(tmp_path / "data", mode)
    request.addfinalizer(world.kill)
    world.start()
    line = Line(world.folder, store_keys=world.environment["STORE_KEYS"])
    load = Load(world)
    for person in arrive(world, PEOPLE):
        load.waiting.put(person)
    with load.going_on():
        load.wait_for(4)
        acknowledged, before = list(load.pictures), rows(world)
        command = line.begin("backup", tmp_path / "drill.zzb")
        told = command.communicate(timeout=200)
        assert command.returncode == 0, told
        load.wait_for(len(before["receipt"]) + 1)
    world.kill()
    shutil.rmtree(world.folder)

    elsewhere = restored_elsewhere(line, tmp_path)
    again = World(elsewhere.folder, mode)
    request.addfinalizer(again.kill)
    after = rows(again)
    assert {table: before[table] - after[table] for table in before} == {table: set() for table in before}
    assert len(acknowledged) >= 4
    assert len(load.logins) > 0
    store = LocalStore(elsewhere.folder / "store", Sealer(parse_keys(line.store_keys)))
    names = dict(again.rows("SELECT sha256, original FROM capture"))
    assert all(hashlib.sha256(store.get(names[sha256])).hexdigest() == sha256 for _, sha256 in acknowledged)
    assert_the_page_is_the_same(again, load)


def assert_the_page_is_the_same(again: World, load: Load) -> None:
    """Who had handed over finds their receipt, in the login that they had."""
    again.start()
    [[number]] = again.rows(
        "SELECT r.number FROM receipt r JOIN capture c ON c.application_id = r.application_id WHERE c.sha256 = ?",
        load.pictures[0][1],
    )
    page = Browser(again, load.pictures[0][0].desk).ask("GET", "/apply")[1]
    again.stop()
    assert number in page
