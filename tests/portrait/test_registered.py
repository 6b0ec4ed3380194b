"""The picture as it will stand on the certificate: who is shown it, and that exactly it is handed over."""

from __future__ import annotations

import hashlib

import pytest

from app.application.audit_rules import Action
from app.application.model import Receipt
from app.base.audit import AuditRow
from app.pairing.model import Pairing
from app.portrait.model import Capture
from tests.visitors import Pair, reason
from tests.world import World, picture

PHOTO = b"\xff\xd8\xffto be registered"
NAMED = hashlib.sha256(PHOTO).hexdigest()
NAME = hashlib.sha256(picture()).hexdigest()
NEXT = "我已摄像完成，下一步"
ON_PC, ON_PHONE = f"/apply/registered/{NAME}", f"/m/captures/{NAME}/registered"


@pytest.fixture
def pair(world: World) -> Pair:
    """Both, with a picture that was received."""
    world.inspector.made, world.inspector.crop = {"registered_photo": PHOTO}, (0.1, 0.05, 0.8, 0.8)
    desk, phone = world.paired()
    phone.send(picture())
    return desk, phone


def test_both_sides_are_shown_the_server_s_own_file(pair: Pair) -> None:
    desk, phone = pair
    assert f'src="{ON_PC}"' in desk.look().html
    assert '<rect x="0.1" y="0.05" width="0.8" height="0.8"/>' in desk.look().html, "its place in the original"
    capture = phone.state().get_json()["capture"]
    assert (capture["registered_sha256"], capture["crop"]) == (NAMED, [0.1, 0.05, 0.8, 0.8])
    for answer in (desk.get(ON_PC), phone.call("GET", ON_PHONE)):
        assert (answer.status_code, answer.data, answer.mimetype) == (200, PHOTO, "image/jpeg")
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_each_look_is_recorded_with_who_looked(world: World, pair: Pair) -> None:
    desk, phone = pair
    desk.get(ON_PC)
    phone.call("GET", ON_PHONE)
    looks = [row.actor for row in world.rows(AuditRow, action=Action.PICTURE_VIEWED, detail=NAME)]
    assert [each.partition(":")[0] for each in looks] == ["candidate", "pairing"]


def test_another_candidate_is_shown_nothing(world: World, pair: Pair) -> None:
    desk, phone = world.paired()
    assert desk.get(ON_PC).status_code == 404
    assert reason(phone.call("GET", ON_PHONE)) == (404, "no_capture")


def test_a_phone_that_did_not_send_it_is_shown_nothing(world: World, pair: Pair) -> None:
    world.paired()
    [mine, another] = world.rows(Pairing)
    [row] = world.rows(Capture, pairing_id=mine.id)
    with world.dependencies.db.writing() as db:
        db.merge(row).pairing_id = another.id
    assert reason(pair[1].call("GET", ON_PHONE)) == (404, "no_capture")


def test_a_picture_without_a_registered_one_has_none_to_show(world: World) -> None:
    desk, phone = world.paired()
    phone.send(picture())
    assert desk.get(ON_PC).status_code == 404
    assert ON_PC not in desk.look().html
    assert phone.state().get_json()["capture"]["registered_sha256"] is None


def test_what_is_handed_over_is_named_in_the_receipt(world: World, pair: Pair) -> None:
    pair[0].look()
    pair[0].press(NEXT)
    [receipt] = world.rows(Receipt, kind="portrait")
    assert (receipt.facts["sha256"], receipt.facts["registered_sha256"]) == (NAME, NAMED)


def test_another_registered_picture_than_the_one_shown_is_not_handed_over(world: World, pair: Pair) -> None:
    desk, _phone = pair
    desk.look()
    [row] = world.rows(Capture)
    with world.dependencies.db.writing() as db:
        db.merge(row).registered_sha256 = "another"
    assert "手机又传来了新的照片" in desk.press(NEXT).text
    assert world.rows(Receipt, kind="portrait") == []
