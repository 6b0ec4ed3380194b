"""What the phone asks on a slow link before it sends a picture: every answer of docs/api.md; nothing is kept."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from app.pairing.model import Pairing
from app.portrait.model import Capture
from tests.visitors import Phone, reason
from tests.world import FakeClock, NewWorld, World, picture

CROP = picture(7, 30_000)
FACTS = {"Picture_Length": "300000", "Picture_Width": "1200", "Picture_Height": "1600", "Crop_Width": "1200"}


@pytest.fixture
def phone(world: World) -> Phone:
    """A phone that may send."""
    return world.paired()[1]


def ask(phone: Phone, crop: bytes, kind: str = "image/jpeg", **headers: str | None) -> TestResponse:
    """What would be said of a picture of 1200×1600 px, by its crop alone."""
    return phone.call("POST", "/m/probes", crop, None, Content_Type=kind, **FACTS | headers)


def test_the_answer_is_a_report_and_nothing_is_kept_counted_or_ended(world: World, phone: Phone) -> None:
    before = phone.state().get_json()
    good, bad = ask(phone, CROP), ask(phone, picture(8, 30_000, damaged=True))
    assert (good.status_code, good.get_json()["report"]["verdict"]) == (200, "pass")
    assert (bad.status_code, bad.get_json()["report"]["verdict"]) == (200, "refuse")
    assert phone.state().get_json() == before
    assert (world.rows(Capture), world.blobs()) == ([], set())


def test_a_probe_that_was_refused_does_not_keep_the_picture_from_being_judged_anew(phone: Phone) -> None:
    ask(phone, picture(8, 30_000, damaged=True))
    assert phone.send(picture()).status_code == 201


def test_without_a_pairing_nothing_is_told(world: World) -> None:
    assert reason(ask(world.phone(), CROP)) == (401, "no_pairing")


def test_nothing_is_told_before_the_person_confirmed(world: World) -> None:
    desk, phone = world.desk(), world.phone()
    desk.to_code()
    phone.claim(desk.token())
    assert reason(ask(phone, CROP)) == (409, "not_confirmed")


def test_an_ended_pairing_is_told_so(phone: Phone, clock: FakeClock) -> None:
    clock.move(minutes=60)
    assert reason(ask(phone, CROP)) == (410, "expired")


@pytest.mark.parametrize("missing", [{"X_Zhengzhao": None}, {"Origin": "https://elsewhere.example"}])
def test_a_foreign_page_is_turned_away(phone: Phone, missing: dict[str, str | None]) -> None:
    assert reason(ask(phone, CROP, "image/jpeg", **missing)) == (403, "origin")


def test_a_phone_that_may_send_no_more_is_told_before_it_asks(new_world: NewWorld) -> None:
    world = new_world(uploads_per_pairing=1)
    phone = world.paired()[1]
    phone.send(picture(damaged=True))
    assert reason(ask(phone, CROP)) == (429, "too_many")


def test_questions_are_bounded_and_those_that_the_server_could_not_answer_are_free(new_world: NewWorld) -> None:
    world = new_world(uploads_per_pairing=1)
    phone = world.paired()[1]
    world.inspector.busy = True
    assert [reason(ask(phone, CROP)) for _ in range(3)] == [(503, "busy")] * 3
    world.inspector.busy = False
    assert [ask(phone, CROP).status_code for _ in range(3)] == [200, 200, 429]
    assert world.rows(Pairing)[0].uploads == 0


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Picture_Length", None),
        ("Picture_Width", "0"),
        ("Picture_Height", "100001"),
        ("Crop_Width", "1201"),
        ("Crop_Width", "wide"),
    ],
)
def test_a_missing_or_impossible_fact_is_a_bad_request(
    world: World, phone: Phone, header: str, value: str | None
) -> None:
    answer = ask(phone, CROP, "image/jpeg", **{header: value})
    assert reason(answer) == (400, "bad_request")
    assert answer.get_json()["error"]["header"] == header.replace("_", "-")
    assert world.inspector.seen == 0


@pytest.mark.parametrize(("body", "kind"), [(CROP, "image/png"), (CROP, "text/html"), (b"GIF89a", "image/jpeg")])
def test_what_is_not_what_it_says_is_the_wrong_type(phone: Phone, body: bytes, kind: str) -> None:
    answer = ask(phone, body, kind)
    assert reason(answer) == (415, "wrong_type")
    assert "sha256" not in answer.get_json()["error"], "no picture is given up for a probe"


def test_a_crop_is_small(phone: Phone) -> None:
    assert reason(ask(phone, picture(7, 65_537))) == (413, "too_large")
