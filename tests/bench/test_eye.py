"""The bench of both eyes: people stand where it says, its figures count what happened, and one is tried for real."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Playwright

from app.imaging.report import NONE, Finding, Report, Verdict
from bench.accuracy import eye_tables
from bench.accuracy.eye import Trial, Trials, tried
from bench.accuracy.phone import Phone, Seen, phone
from bench.accuracy.sitters import Sitter, sitters
from bench.accuracy.stand import FACE, SPREAD, Camera, Stand, TooFewPixels

CAMERA = Camera(1512, 2016, 53)
PORTRAIT = next(each for each in sitters() if each.name == "astronaut")  # the one that needs no download


@pytest.fixture(scope="module")
def hand(playwright: Playwright) -> Iterator[Phone]:
    """A phone, by the driver that other modules use too."""
    with phone(playwright) as running:
        yield running


def test_a_camera_sees_twice_as_much_at_twice_the_distance() -> None:
    assert CAMERA.across(90) == pytest.approx(89.7, abs=0.1)
    assert CAMERA.across(180) == pytest.approx(2 * CAMERA.across(90))


def test_a_person_stands_as_far_away_as_is_said() -> None:
    head = PORTRAIT.cut.head
    frame = Stand(PORTRAIT, CAMERA, 80).image()
    person = Sitter("again", "", frozenset(), lambda: frame, enlarged=True).cut.head
    expected = FACE / CAMERA.across(80) * CAMERA.width
    assert frame.size == (CAMERA.width, CAMERA.height)
    assert person.width == pytest.approx(expected, rel=SPREAD + 0.05)
    assert person.width != pytest.approx(head.width, rel=0.05)


def test_a_photograph_is_never_enlarged() -> None:
    small = Sitter("small", "", frozenset(), PORTRAIT.photograph)
    with pytest.raises(TooFewPixels):
        Stand(small, Camera(3024, 4032, 53), 60).image()


def test_a_head_that_is_cut_off_a_little_is_made_whole() -> None:
    cut = PORTRAIT.cut
    top = round((cut.head.hair or 0) + 0.05 * cut.head.width)
    short = cut.image.crop((0, top, cut.image.width, cut.image.height))
    again = Sitter("short", "", frozenset(), lambda: short).cut
    assert again.image.height > short.height
    assert again.mask[0].sum() < 0.3 * again.mask[again.image.height - short.height].sum()


def trial(
    green: bool,
    verdict: str,
    *,
    check: str = "roll",
    prompt: str = "roll",
    phone: str = "pass",
    swayed: bool = False,
) -> Trial:
    there = Finding(check, 9.0, "degrees", -8, 8, Verdict(verdict), NONE)
    found = {check: {"check": check, "value": 8.5, "verdict": phone}}
    seen = Seen(green=green, prompt="" if green else prompt, live={}, findings=found, sent=b"", unsure=False)
    return Trial(Stand(PORTRAIT, CAMERA, 90), seen, Report("guangdong", "1", "", Verdict(verdict), (there,)), swayed)


def test_the_figures_count_both_kinds_of_error() -> None:
    done = [trial(True, "pass"), trial(True, "refuse"), trial(False, "warn", prompt="yaw"), trial(False, "refuse")]
    done += [trial(False, "pass", prompt="yaw", swayed=True), trial(True, "pass")]
    [found] = eye_tables.figures(Trials(done))["live"]["distance"].values()
    assert (found["n"], found["passes"], found["both"]) == (6, 4, 2)
    assert found["green_refused"] == {"n": 1, "by": {"roll": 1}}
    assert found["red_passes"] == {"n": 2, "by": {"yaw": 2}}
    assert found["red_for_ever"] == 1
    assert "| 50.0 % |" in eye_tables.live(eye_tables.figures(Trials(done)))


def test_after_the_shutter_the_phone_may_be_wrong_in_two_ways() -> None:
    done = [trial(True, "pass", phone="refuse"), trial(True, "refuse"), trial(True, "refuse", phone="refuse")]
    found = eye_tables.figures(Trials(done))
    assert found["after"]["bad_passes"]["n"] == 1
    assert found["after"]["quiet_refused"] == {"n": 1, "by": {"roll": 1}}
    assert found["checks"]["roll"]["mean"] == -0.5


def test_a_person_is_seen_alike_by_phone_and_server(hand: Phone) -> None:
    done = tried(hand, [PORTRAIT], [CAMERA], [60, 120]).done
    near, far = done
    assert (near.phone.green, near.passes) == (True, True)
    assert (far.phone.green, far.passes) == (False, False)
    assert far.phone.prompt == "face_width"
    assert far.bad == ["face_width"]
    for check, within in (("face_width", 5), ("eye_line", 8), ("roll", 1.5), ("yaw", 2), ("inter_eye_distance", 5)):
        there = near.server.finding(check)
        assert there, check
        assert near.phone.findings[check]["value"] == pytest.approx(there.value, abs=within), check
    assert near.phone.findings["eyes_open"]["verdict"] == "pass"
    assert near.phone.findings["derived_size"]["verdict"] == "pass"


def test_an_empty_wall_is_nobody(hand: Phone) -> None:
    wall = Image.new("RGB", (300, 400), "white")
    ImageDraw.Draw(wall).rectangle((100, 100, 200, 300), "grey")
    assert tried(hand, [Sitter("wall", "", frozenset(), lambda: wall)]).left_out == {"no face": 1}
