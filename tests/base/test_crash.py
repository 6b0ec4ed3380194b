"""`kill -9` at any moment: what was acknowledged is there and whole, what was not is nowhere or a stray."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from app.base.clock import SystemClock
from app.base.sweep import sweep
from tests.base.crash import KEY, PIECE, append, body, pieces, put, told
from tests.base.vault import BOTH, local

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "3"))


def every_row_has_its_blob_and_every_blob_opens(folder: Path) -> None:
    store = local(folder / "store", BOTH)
    rows = dict(text.split() for text in told(folder))
    for number, name in rows.items():
        assert store.get(name) == body(int(number))
    assert sweep(store, rows.values, SystemClock().now()).sound


def every_acknowledged_piece_is_there(folder: Path) -> None:
    uploads = pieces(folder)
    acknowledged = int(told(folder)[-1]) if told(folder) else 0
    here = uploads.offset(KEY) or 0
    assert here - acknowledged in (0, PIECE)
    if here:
        assert uploads.read(KEY) == b"".join(body(offset, PIECE) for offset in range(0, here, PIECE))


def crash(*arguments: str | Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "tests.base.crash", *arguments], cwd=Path(__file__).parents[2])


CHECKS = {"put": every_row_has_its_blob_and_every_blob_opens, "append": every_acknowledged_piece_is_there}


def killed_at_every_step(deed: str, folder: Path) -> list[Path]:
    assert crash(deed, folder, "steps").wait() == 0
    assert any(path.suffix == ".part" for path in folder.rglob("*"))
    return list(folder.iterdir())


def test_a_picture_survives_a_kill_at_every_step_and_strays_are_swept(tmp_path: Path) -> None:
    folders = killed_at_every_step("put", tmp_path)
    assert len(folders) > 50
    for folder in folders:
        every_row_has_its_blob_and_every_blob_opens(folder)
        for number in range(2):
            put(folder, number)
        every_row_has_its_blob_and_every_blob_opens(folder)
        sweep(local(folder / "store", BOTH), tuple, SystemClock().now() + timedelta(hours=25))
        assert not [path for path in (folder / "store").rglob("*") if path.is_file()]


def test_a_piece_survives_a_kill_at_every_step_and_the_upload_goes_on(tmp_path: Path) -> None:
    folders = killed_at_every_step("append", tmp_path)
    assert len(folders) > 50
    for folder in folders:
        every_acknowledged_piece_is_there(folder)
        append(folder, 0)
        every_acknowledged_piece_is_there(folder)


@pytest.mark.faults
@pytest.mark.parametrize("deed", CHECKS)
@pytest.mark.parametrize("round_", range(ROUNDS))
def test_killed_at_some_moment(tmp_path: Path, deed: str, round_: int) -> None:
    enough = random.randrange(1, 40)
    with crash(deed, tmp_path) as process:
        while len(told(tmp_path)) < enough:
            assert process.poll() is None
        process.kill()
    assert len(told(tmp_path)) >= enough
    CHECKS[deed](tmp_path)
