"""A picture in one piece: every answer of docs/api.md."""

from __future__ import annotations

import hashlib

import pytest

from app.base.audit import AuditRow
from app.pairing.model import Pairing
from app.portrait.model import Capture
from tests.visitors import Phone, reason
from tests.world import FakeClock, NewWorld, World, picture


@pytest.fixture
def phone(world: World) -> Phone:
    """A phone that may send."""
    return world.paired()[1]


def test_a_picture_is_received(world: World, phone: Phone, clock: FakeClock) -> None:
    answer = phone.send(picture())
    assert answer.status_code == 201
    capture = answer.get_json()["capture"]
    assert capture["sha256"] == hashlib.sha256(picture()).hexdigest()
    assert (capture["bytes"], capture["width"], capture["height"]) == (60_000, 1200, 1600)
    assert capture["received_at"] == "2026-11-22T17:00:00+08:00"
    assert answer.get_json()["report"]["verdict"] == "pass"
    assert phone.state().get_json()["capture"] == capture


def test_the_same_picture_again_is_the_same_answer_and_one_row(world: World, phone: Phone) -> None:
    first, again = phone.send(picture()), phone.send(picture())
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    assert (len(world.rows(Capture)), len(world.blobs()), world.inspector.seen) == (1, 2, 1)
    assert phone.state().get_json()["uploads_left"] == 9


def test_what_the_checks_made_is_sealed_beside_the_picture_and_goes_with_it(world: World, phone: Phone) -> None:
    world.inspector.made = {"registered_photo": b"to be registered", "overlay": b"what the checks saw"}
    phone.send(picture())
    [row] = world.rows(Capture)
    assert world.dependencies.store.get(str(row.derived)) == b"to be registered"
    assert world.dependencies.store.get(str(row.overlay)) == b"what the checks saw"
    assert len(world.blobs()) == 4
    assert phone.delete(picture()).status_code == 204
    assert world.blobs() == set()


def test_the_store_keeps_the_bytes_as_they_were_sent(world: World, phone: Phone) -> None:
    phone.send(picture())
    [row] = world.rows(Capture)
    assert world.dependencies.store.get(str(row.original)) == picture()
    assert picture()[:100] not in b"".join(path.read_bytes() for path in world.folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Repr_Digest", None),
        ("Repr_Digest", "sha-256=:nonsense:"),
        ("Repr_Digest", "md5=:AAAA:"),
        ("Upload_Complete", "yes"),
        ("Upload_Length", "many"),
        ("Upload_Length", "-1"),
        ("Upload_Length", "59999"),
    ],
)
def test_a_missing_or_wrong_header_is_a_bad_request(world: World, phone: Phone, header: str, value: str | None) -> None:
    assert reason(phone.send(picture(), "image/jpeg", **{header: value})) == (400, "bad_request")
    assert world.rows(Capture) == []


def test_bytes_that_changed_on_the_way_are_noticed(world: World, phone: Phone) -> None:
    changed = picture()[:-1] + b"!"
    announced = {"Repr_Digest": "sha-256=:" + "A" * 43 + "=:"}
    assert reason(phone.send(changed, **announced)) == (400, "digest")
    assert world.inspector.seen == 0


def test_without_a_pairing_nothing_is_taken(world: World) -> None:
    assert reason(world.phone().send(picture())) == (401, "no_pairing")


def test_nothing_is_taken_before_the_person_confirmed(world: World) -> None:
    desk, phone = world.desk(), world.phone()
    desk.to_code()
    phone.claim(desk.token())
    assert reason(phone.send(picture())) == (409, "not_confirmed")


def test_an_ended_pairing_takes_nothing(world: World, phone: Phone, clock: FakeClock) -> None:
    clock.move(minutes=60)
    assert reason(phone.send(picture())) == (410, "expired")


@pytest.mark.parametrize("size", [(10 << 20) + 1, 12 << 20])
def test_over_ten_megabytes_is_too_large(phone: Phone, size: int) -> None:
    answer = phone.send(picture(size=size))
    assert reason(answer) == (413, "too_large")
    assert "10 MB" in answer.get_json()["error"]["text"] or "太大" in answer.get_json()["error"]["text"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (picture(), "image/gif"),
        (picture(), "text/html"),
        (picture(), "image/png"),
        (b"GIF89a".ljust(60_000), "image/jpeg"),
        (b"<svg/>".ljust(60_000), "image/png"),
    ],
)
def test_what_is_not_what_it_says_is_the_wrong_type(world: World, phone: Phone, body: bytes, kind: str) -> None:
    assert reason(phone.send(body, kind)) == (415, "wrong_type")
    assert (world.rows(Capture), world.blobs()) == ([], set())


def test_a_refused_picture_leaves_its_report_and_no_blob(world: World, phone: Phone) -> None:
    answer = phone.send(picture(damaged=True))
    assert reason(answer) == (422, "refused")
    assert [each["check"] for each in answer.get_json()["report"]["findings"] if each["verdict"] == "refuse"] == [
        "readable"
    ]
    [row] = world.rows(Capture)
    assert (row.verdict, row.original, row.preview, row.end_reason) == ("refuse", None, None, "refused")
    assert row.report == answer.get_json()["report"]
    assert world.blobs() == set()


def test_a_refused_picture_does_not_replace_a_good_one(world: World, phone: Phone) -> None:
    good = phone.send(picture()).get_json()["capture"]
    phone.send(picture(2, damaged=True))
    assert phone.state().get_json()["capture"] == good


def test_the_tenth_picture_is_the_last_of_a_pairing(world: World) -> None:
    desk, phone = world.paired()
    answers = [phone.send(picture(seed)) for seed in range(11)]
    assert [each.status_code for each in answers] == [201] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert "重新生成二维码" in answers[-1].get_json()["error"]["text"]
    desk.post("/pairings/renew")
    assert phone.claim(desk.token()).status_code == 200
    phone.confirm()
    assert phone.send(picture(11)).status_code == 201


def test_thirty_pictures_a_day_and_no_more(new_world: NewWorld) -> None:
    world = new_world(uploads_per_pairing=100)
    phone = world.paired()[1]
    for seed in range(30):
        world.clock.move(60)
        assert phone.send(picture(seed, damaged=seed % 2 == 0)).status_code in (201, 422)
    answer = phone.send(picture(99))
    assert reason(answer) == (429, "too_many")
    assert "明天再试" in answer.get_json()["error"]["text"]


def test_a_busy_server_says_when_to_come_back(world: World, phone: Phone) -> None:
    world.inspector.busy = True
    answer = phone.send(picture())
    assert reason(answer) == (503, "busy")
    assert answer.headers["Retry-After"] == "2"
    world.inspector.busy = False
    assert phone.send(picture()).status_code == 201


def test_a_new_picture_replaces_the_draft(world: World, phone: Phone) -> None:
    phone.send(picture(1))
    assert phone.send(picture(2)).status_code == 201
    assert [(row.sha256[:6], row.end_reason) for row in world.rows(Capture)] == [
        (hashlib.sha256(picture(1)).hexdigest()[:6], "replaced"),
        (hashlib.sha256(picture(2)).hexdigest()[:6], None),
    ]


def test_a_phone_withdraws_its_own_draft(world: World, phone: Phone) -> None:
    phone.send(picture())
    answer = phone.delete(picture())
    assert (answer.status_code, answer.data) == (204, b"")
    assert phone.state().get_json()["capture"] is None
    assert reason(phone.delete(picture())) == (404, "no_capture")


def test_it_cannot_withdraw_what_another_phone_sent(world: World) -> None:
    mine, other = world.paired()[1], world.paired()[1]
    mine.send(picture())
    assert reason(other.delete(picture())) == (404, "no_capture")
    assert mine.state().get_json()["capture"]


def test_every_change_is_in_the_audit_and_none_of_it_is_personal(world: World, phone: Phone) -> None:
    phone.send(picture(1))
    phone.send(picture(2, damaged=True))
    phone.delete(picture(1))
    rows = world.rows(AuditRow)
    assert [row.action for row in rows][-3:] == ["capture_received", "capture_refused", "capture_withdrawn"]
    [pairing] = world.rows(Pairing)
    assert {row.actor for row in rows[-3:]} == {f"pairing:{pairing.id}"}
    assert not [row for row in rows if "陈" in row.detail or "44010419990412000X" in row.detail]


def test_two_people_may_send_the_same_bytes(world: World) -> None:
    mine, other = world.paired()[1], world.paired()[1]
    assert (mine.send(picture()).status_code, other.send(picture()).status_code) == (201, 201)
    assert len(world.blobs()) == 4
    mine.delete(picture())
    [row] = world.rows(Capture, ended_at=None)
    assert world.dependencies.store.get(str(row.original)) == picture()


@pytest.mark.parametrize("name", ["abc", "A" * 64, "..%2f..%2fetc"])
@pytest.mark.parametrize("method", ["HEAD", "PATCH", "DELETE"])
def test_a_strange_name_is_no_upload(phone: Phone, method: str, name: str) -> None:
    assert phone.call(method, f"/m/captures/{name}").status_code == 404
