"""A server's folder with people and pictures, and a backup of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.backup.line import SECRET_KEY, STORE_KEYS, Line
from tests.world import World, picture

PEOPLE = 6


@dataclass(frozen=True)
class Lived:
    """A folder as it is after some days, its commands, and a backup of it."""

    line: Line
    backup: Path


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: people with pictures; half of them have handed theirs over."""
    folder = tmp_path_factory.mktemp("kept") / "data"
    world = World(folder, secret_key=SECRET_KEY, store_keys=STORE_KEYS)
    for number in range(PEOPLE):
        desk, phone = world.paired()
        phone.send(picture(number, size=200_000))
        if number % 2:
            desk.look()
            desk.press("我已摄像完成，下一步")
    world.close()
    return folder


@pytest.fixture(scope="session")
def kept_backup(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Line(kept).backed_up(tmp_path_factory.mktemp("backups") / "kept.zzb")


@pytest.fixture
def lived(kept: Path, kept_backup: Path, tmp_path: Path) -> Lived:
    """A copy that a test may do anything with."""
    shutil.copytree(kept, tmp_path / "data")
    shutil.copy(kept_backup, tmp_path / "one.zzb")
    return Lived(Line(tmp_path / "data"), tmp_path / "one.zzb")


@pytest.fixture
def bare(tmp_path: Path) -> Line:
    """Another machine, on which nothing is."""
    return Line(tmp_path / "elsewhere")
