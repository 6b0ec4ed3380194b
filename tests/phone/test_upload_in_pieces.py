"""A picture in pieces, over a bad link: nothing that was acknowledged is sent twice."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from app.pairing.model import PairingEvent
from app.portrait.model import Capture
from tests.visitors import Phone, address, reason
from tests.world import NewWorld, World, picture

PIECE = 32_768
LONG = picture(size=90_000)


@pytest.fixture
def phone(world: World) -> Phone:
    return world.paired()[1]


def here(answer: TestResponse) -> tuple[int, int, str]:
    """What the server says it has."""
    return answer.status_code, int(answer.headers["Upload-Offset"]), answer.headers["Upload-Complete"]


def test_the_announcement_names_the_upload(phone: Phone) -> None:
    answer = phone.announce(LONG)
    assert here(answer) == (201, 0, "?0")
    assert answer.headers["Location"] == address(LONG)


def test_all_pieces_make_the_picture_and_the_last_brings_the_verdict(world: World, phone: Phone) -> None:
    phone.announce(LONG)
    for start in range(0, 2 * PIECE, PIECE):
        assert here(phone.append(LONG, start, start + PIECE)) == (204, start + PIECE, "?0")
    last = phone.append(LONG, 2 * PIECE)
    assert last.status_code == 201
    assert last.get_json()["report"]["verdict"] == "pass"
    [row] = world.rows(Capture)
    assert world.dependencies.store.get(str(row.original)) == LONG


def test_the_offset_can_be_asked_for(phone: Phone) -> None:
    phone.announce(LONG)
    phone.append(LONG, 0, PIECE)
    assert here(phone.offset(LONG)) == (204, PIECE, "?0")


@pytest.mark.parametrize("start", [0, PIECE - 1, 2 * PIECE])
def test_a_wrong_offset_is_told_the_right_one(phone: Phone, start: int) -> None:
    phone.announce(LONG)
    phone.append(LONG, 0, PIECE)
    answer = phone.append(LONG, start, start + 100)
    assert reason(answer) == (409, "offset")
    assert answer.headers["Upload-Offset"] == str(PIECE)


def test_an_upload_that_was_never_announced_is_not_here(phone: Phone) -> None:
    assert phone.offset(LONG).status_code == 404
    assert reason(phone.append(LONG, 0, PIECE)) == (404, "no_upload")


def test_announcing_again_goes_on_where_it_was(phone: Phone) -> None:
    phone.announce(LONG)
    phone.append(LONG, 0, PIECE)
    assert here(phone.announce(LONG)) == (201, PIECE, "?0")


def test_after_the_last_piece_every_question_gets_the_final_answer(phone: Phone) -> None:
    phone.announce(LONG)
    phone.append(LONG, 0, PIECE)
    first = phone.append(LONG, PIECE)
    assert here(phone.offset(LONG)) == (204, len(LONG), "?1")
    for again in (phone.append(LONG, PIECE), phone.announce(LONG), phone.send(LONG)):
        assert (again.status_code, again.json) == (200, first.json)


def test_a_last_piece_that_comes_too_early_is_told_what_is_missing(phone: Phone) -> None:
    phone.announce(LONG)
    answer = phone.append(LONG, 0, PIECE, Upload_Complete="?1")
    assert reason(answer) == (409, "offset")
    assert answer.headers["Upload-Offset"] == str(PIECE)


def test_it_goes_on_after_a_new_scan(world: World) -> None:
    desk, phone = world.paired()
    phone.announce(LONG)
    phone.append(LONG, 0, PIECE)
    desk.post("/pairings/renew")
    assert reason(phone.append(LONG, PIECE)) == (410, "replaced")
    phone.claim(desk.token())
    phone.confirm()
    assert here(phone.offset(LONG)) == (204, PIECE, "?0")
    assert phone.append(LONG, PIECE).status_code == 201


def test_it_goes_on_after_the_server_was_restarted(world: World, new_world: NewWorld) -> None:
    phone = world.paired()[1]
    phone.announce(LONG)
    phone.append(LONG, 0, PIECE)
    cookie = phone.client.get_cookie("phone")
    assert cookie
    world.close()

    phone = new_world(clock=world.clock).phone()
    phone.client.set_cookie("phone", cookie.value)
    assert here(phone.offset(LONG)) == (204, PIECE, "?0")
    assert phone.append(LONG, PIECE).status_code == 201


def test_another_persons_phone_does_not_see_it(world: World) -> None:
    phone, other = world.paired()[1], world.paired()[1]
    phone.announce(LONG)
    phone.append(LONG, 0, PIECE)
    assert other.offset(LONG).status_code == 404
    assert here(other.announce(LONG)) == (201, 0, "?0")


def test_nothing_of_it_lies_open_on_the_disk(world: World, phone: Phone) -> None:
    phone.announce(LONG)
    phone.append(LONG, 0, PIECE)
    assert not [path for path in world.folder.rglob("*") if path.is_file() and LONG[:50] in path.read_bytes()]


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Content_Type": "image/jpeg"}, (400, "bad_request")),
        ({"Upload_Offset": None}, (400, "bad_request")),
        ({"Upload_Offset": "x"}, (400, "bad_request")),
        ({"Upload_Complete": "maybe"}, (400, "bad_request")),
    ],
)
def test_a_piece_with_wrong_headers_is_a_bad_request(
    phone: Phone, headers: dict[str, None] | dict[str, str], expected: tuple[int, str]
) -> None:
    phone.announce(LONG)
    assert reason(phone.append(LONG, 0, PIECE, **headers)) == expected


def test_a_piece_past_the_end_is_a_bad_request(phone: Phone) -> None:
    phone.announce(LONG)
    phone.append(LONG, 0, 60_000)
    said = {"Upload_Offset": "60000", "Upload_Complete": "?0", "Content_Type": "application/partial-upload"}
    assert reason(phone.call("PATCH", address(LONG), bytes(30_001), **said)) == (400, "bad_request")


def test_a_piece_over_64_kib_is_too_large(phone: Phone) -> None:
    phone.announce(LONG)
    assert reason(phone.append(LONG, 0, 65_537)) == (413, "too_large")


def test_pieces_that_do_not_make_what_was_announced_begin_afresh(world: World, phone: Phone) -> None:
    other = picture(2, size=len(LONG))
    phone.announce(LONG)
    said = {"Upload_Offset": "0", "Content_Type": "application/partial-upload"}
    phone.call("PATCH", address(LONG), other[:50_000], **said | {"Upload_Complete": "?0"})
    answer = phone.call("PATCH", address(LONG), other[50_000:], **said | {"Upload_Offset": "50000"})
    assert reason(answer) == (400, "digest")
    assert here(phone.announce(LONG)) == (201, 0, "?0")


def test_a_stranger_among_types_begins_afresh_too(world: World, phone: Phone) -> None:
    body = b"GIF89a".ljust(40_000)
    phone.announce(body)
    assert reason(phone.append(body, 0)) == (415, "wrong_type")
    assert phone.offset(body).status_code == 404


def test_while_the_server_is_busy_the_pieces_stay(world: World, phone: Phone) -> None:
    phone.announce(LONG)
    phone.append(LONG, 0, PIECE)
    world.inspector.busy = True
    answer = phone.append(LONG, PIECE)
    assert (reason(answer), answer.headers["Retry-After"]) == ((503, "busy"), "2")
    world.inspector.busy = False
    assert here(phone.offset(LONG)) == (204, len(LONG), "?0")
    assert phone.append(LONG, len(LONG)).status_code == 201


def test_a_refused_picture_leaves_no_pieces(world: World, phone: Phone) -> None:
    body = picture(damaged=True)
    phone.announce(body)
    assert reason(phone.append(body, 0)) == (422, "refused")
    assert phone.offset(body).status_code == 404


def test_over_ten_megabytes_is_refused_at_the_announcement(phone: Phone) -> None:
    assert reason(phone.announce(b"", Upload_Length=str((10 << 20) + 1))) == (413, "too_large")


def test_one_phone_cannot_fill_the_disk_with_beginnings(world: World, phone: Phone) -> None:
    answers = [phone.announce(picture(seed)) for seed in range(11)]
    assert [each.status_code for each in answers] == [201] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) <= 3600
    assert phone.announce(picture(9)).status_code == 201


def test_the_history_says_once_that_a_picture_comes_in_pieces(world: World, phone: Phone) -> None:
    for _ in range(5):
        phone.announce(LONG)
    assert [row.detail for row in world.rows(PairingEvent, code="in_pieces")] == ["90000"]
