"""Where people stand: from 60 to 120 cm they are cut out and taken, and nothing is said that is not so."""

from __future__ import annotations

from functools import partial

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests import pictures
from tests.e2e import films
from tests.e2e.filming import FEW, GOOD, LATE, OFF, PLAIN, PRESS, TAKEN, Filmed, framing, hears
from tests.e2e.scenes import USE, arrived, listen, shown
from tests.e2e.steps import button
from tests.e2e.world import World

STANDING = [(60, (1080, 1440)), (90, (1440, 1920)), (120, (2160, 2880))]
FILLING = 0.45  # of the width is a face that fills the oval
WALL = "背景杂乱，请换一面白墙"
# A phone that is held upright turns its camera's sides; the film does not.
UPRIGHT = """(() => {
    const turned = ({ width, height, ...others }) => ({ ...others, width: height, height: width });
    const [{ getUserMedia }, { applyConstraints }] = [MediaDevices.prototype, MediaStreamTrack.prototype];
    MediaDevices.prototype.getUserMedia = function ({ video, audio }) {
        return getUserMedia.call(this, { video: turned(video), audio });
    };
    MediaStreamTrack.prototype.applyConstraints = function (wanted) {
        return applyConstraints.call(this, turned(wanted));
    };
})()"""


def shown_larger(hand: Page) -> float:
    """How many times larger than its frame the video is drawn."""
    return float(hand.evaluate("new DOMMatrix(getComputedStyle(document.querySelector('video')).transform).a"))


@pytest.mark.parametrize(("cm", "size"), STANDING)
def test_who_stands_where_the_page_says_fills_the_frame_and_is_taken(
    filmed: Filmed, world: World, candidate: str, cm: int, size: tuple[int, int]
) -> None:
    with filmed(partial(films.standing, cm, size), auto=False, setup=UPRIGHT) as (desk, hand):
        framing(desk, hand, world, candidate)
        listen(hand)
        hears(hand, PRESS)
        hand.wait_for_function("() => document.querySelector('video').getAnimations().length === 0")
        assert 0.8 < shown_larger(hand) * films.share(cm) / FILLING < 1.1
        button(hand, OFF).click()
        expect(button(hand, USE)).to_be_visible(timeout=LATE)
        assert set(hand.evaluate("[...said]")) <= {PLAIN, PRESS, GOOD}
        button(hand, USE).click()
        arrived(hand)
        shown(desk)
        expect(desk.locator(".received .verdict")).to_have_text([TAKEN])


@pytest.mark.parametrize(("cm", "size"), [(90, (1536, 2048)), (90, (1080, 1440))])
def test_in_front_of_a_street_the_wall_is_said_first(
    filmed: Filmed, world: World, candidate: str, cm: int, size: tuple[int, int]
) -> None:
    with filmed(partial(films.standing, cm, size, films.street()), setup=UPRIGHT) as (desk, hand):
        framing(desk, hand, world, candidate)
        listen(hand)
        assert hears(hand, WALL) <= {PLAIN, WALL}


def test_a_bright_face_that_is_small_is_not_called_dark(filmed: Filmed, world: World, candidate: str) -> None:
    night = Image.new("RGB", films.SIZE, (12, 12, 14))
    with filmed(partial(films.standing, 150, (810, 1080), night), setup=UPRIGHT) as (desk, hand):
        framing(desk, hand, world, candidate)
        listen(hand)
        assert [text for text in hears(hand, FEW) if "暗" in text] == []


def test_a_head_three_degrees_off_is_straight_enough(filmed: Filmed, world: World, candidate: str) -> None:
    def other_way() -> Image.Image:  # the portrait itself leans by three degrees
        return films.standing(60, (1080, 1440)).rotate(6, Image.Resampling.BICUBIC, fillcolor=pictures.WALL)

    with filmed(other_way) as (desk, hand):
        framing(desk, hand, world, candidate)
        listen(hand)
        expect(button(hand, USE)).to_be_visible(timeout=LATE)
        assert set(hand.evaluate("[...said]")) <= {PLAIN, GOOD}
