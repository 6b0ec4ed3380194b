"""A disk that forgets or garbles: told in plain words, never as a bare error, and mended where it can be."""

from __future__ import annotations

from pathlib import Path

from app.portrait.model import Capture
from tests.visitors import reason
from tests.world import World, picture

PIECE = 32_768
LONG = picture(size=90_000)


def garble(folder: Path) -> int:
    """Flip a bit in every file below the folder; how many."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.stat().st_size > 60]
    for path in files:
        body = bytearray(path.read_bytes())
        body[-1] ^= 1
        path.write_bytes(body)
    return len(files)


def test_garbled_pieces_are_begun_again(world: World) -> None:
    _desk, phone = world.paired()
    phone.announce(LONG)
    phone.append(LONG, 0, PIECE)
    assert garble(world.folder / "pieces") >= 1
    while phone.offset(LONG).status_code != 404:
        start = int(phone.offset(LONG).headers["Upload-Offset"])
        answer = phone.append(LONG, start, start + PIECE if start + PIECE < len(LONG) else None)
        assert answer.status_code in (204, 404)
    assert reason(answer) == (404, "no_upload")
    assert phone.send(LONG).status_code == 201


def test_a_garbled_picture_is_told_and_its_row_stays(world: World) -> None:
    desk, phone = world.paired()
    phone.send(LONG)
    assert garble(world.folder / "store") == 2
    desk.go("/apply/capture")
    answer = desk.get(f"/apply/picture/{world.rows(Capture)[0].sha256}")
    assert answer.status_code == 404
    assert "照片暂时无法显示" in desk.page.text
    assert len(world.rows(Capture, ended_at=None)) == 1
