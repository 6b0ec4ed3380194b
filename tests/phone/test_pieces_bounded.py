"""What one application may leave on the disk: two unfinished uploads, their bytes and their files, a few rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.pairing.model import PairingEvent
from tests.visitors import Phone, reason
from tests.world import World, picture

PIECE = 32_768
SMALLEST = 4096  # what a phone on the worst link sends


@pytest.fixture
def phone(world: World) -> Phone:
    return world.paired()[1]


def files(world: World) -> list[Path]:
    """What lies among the unfinished uploads."""
    return [path for path in (world.folder / "pieces").rglob("*") if path.is_file()]


def size(world: World) -> int:
    return sum(path.stat().st_size for path in files(world))


def test_two_unfinished_uploads_at_a_time_and_the_oldest_gives_way(world: World, phone: Phone) -> None:
    bodies = [picture(seed, size=90_000) for seed in range(4)]
    for body in bodies:
        phone.announce(body)
        phone.append(body, 0, PIECE)
    assert [phone.offset(body).status_code for body in bodies] == [404, 404, 204, 204]
    assert size(world) < 3 * PIECE
    assert phone.append(bodies[2], PIECE).status_code == 201


def test_an_upload_in_crumbs_is_begun_again_instead_of_filling_the_disk_with_files(world: World, phone: Phone) -> None:
    body = picture(size=60_000)
    phone.announce(body)
    answers = [phone.append(body, start, start + 1) for start in range(100)]
    assert reason(next(each for each in answers if each.status_code != 204)) == (404, "no_upload")
    assert len(files(world)) < 80
    assert phone.send(body).status_code == 201


def test_pieces_as_small_as_a_phone_ever_sends_are_not_too_many(world: World, phone: Phone) -> None:
    body = picture(size=600_000)
    phone.announce(body)
    whole = len(body) // SMALLEST * SMALLEST
    for start in range(0, whole, SMALLEST):
        assert phone.append(body, start, start + SMALLEST).status_code == 204
    assert phone.append(body, whole).status_code == 201


def test_two_of_the_largest_are_too_many_bytes(world: World, phone: Phone) -> None:
    first, second = picture(1, size=10 << 20), picture(2, size=10 << 20)
    for body in (first, second):
        phone.announce(body)
        phone.append(body, 0, 65_536)
    assert [phone.offset(body).status_code for body in (first, second)] == [404, 204]


def test_begun_again_and_again_under_other_lengths_it_stays_one_row_and_one_upload(world: World, phone: Phone) -> None:
    body = picture(size=90_000)
    for length in range(90_000, 90_050):
        assert phone.announce(body, Upload_Length=str(length)).status_code == 201
    assert len(world.rows(PairingEvent, code="in_pieces")) == 1
    assert len(files(world)) == 1


def test_what_another_person_sends_makes_nobody_give_way(world: World, phone: Phone) -> None:
    mine = picture(size=90_000)
    phone.announce(mine)
    phone.append(mine, 0, PIECE)
    other = world.paired()[1]
    for seed in range(3):
        other.announce(picture(seed, size=90_000))
    assert phone.append(mine, PIECE).status_code == 201
