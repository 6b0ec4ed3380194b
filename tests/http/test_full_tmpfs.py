"""A real disk that is really full, where the tester may mount one; tests/e2e/test_full_disk.py needs no such right."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.base.audit import AuditRow
from app.portrait.model import Capture
from tests.visitors import reason
from tests.world import World, picture

LONG = picture(size=90_000)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 24 MB of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("mounting is for root")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


@pytest.fixture
def world(disk: Path) -> Iterator[World]:
    made = World(disk / "world")
    yield made
    made.close()


@pytest.fixture
def fill(disk: Path) -> Callable[[bool], None]:
    """Fills the disk to the last byte, and empties it again."""
    stuffing = disk / "stuffing"

    def change(full: bool) -> None:
        if not full:
            return stuffing.unlink()
        with stuffing.open("wb", buffering=0) as file:
            for size in (1 << 20, 4096, 1):
                try:
                    while file.write(os.urandom(size)):
                        pass
                except OSError:
                    continue

    return change


def test_on_a_full_disk_every_change_is_refused_in_words_and_afterwards_all_goes_on(
    world: World, fill: Callable[[bool], None]
) -> None:
    desk, phone = world.paired()
    phone.announce(LONG)
    phone.append(LONG, 0, 32_768)
    before = len(world.rows(AuditRow))
    fill(True)
    refusals = [
        phone.send(picture()),
        phone.append(LONG, 32_768, 65_536),
        phone.announce(picture(3)),
        phone.report("camera_ready"),
        phone.call("POST", "/m/transfer"),
    ]
    for answer in refusals:
        assert reason(answer) in [(507, "full"), (503, "unavailable")]
        assert int(answer.headers["Retry-After"]) > 0
    assert desk.post("/pairings/renew").status_code in (503, 507)
    assert desk.get("/apply").status_code == 200
    assert desk.get("/health").status_code == 507
    left = phone.state().get_json()["uploads_left"]
    assert (left, world.rows(Capture), len(world.rows(AuditRow))) == (10, [], before)
    fill(False)
    assert desk.get("/health").status_code == 200
    assert phone.append(LONG, 32_768).status_code == 201
    assert phone.send(picture()).status_code == 201
    assert desk.post("/pairings/renew").status_code == 303
