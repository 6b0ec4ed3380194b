"""A face that is small in the view is read from near: what the checks measure does not hang on a few pixels."""

from __future__ import annotations

from functools import cache

import pytest
from PIL import Image

from app.imaging.inspect import Inspection
from app.imaging.networks import networks
from app.imaging.scene.closer import close_up
from tests.e2e import films
from tests.imaging.looking import finding, look, measure
from tests.pictures import portrait, written

WITHIN = {"roll": 0.5, "yaw": 1.0, "pitch": 2.0, "eyes_open": 0.1}


def inspected(picture: Image.Image) -> Inspection:
    return look(written(picture, "JPEG", quality=90))


@cache
def near() -> Inspection:
    """The same person at arm's length."""
    return inspected(portrait())


@pytest.mark.parametrize("cm", [70, 90, 115, 120])
def test_who_stands_further_away_is_measured_as_from_near(cm: int) -> None:
    far = inspected(films.standing(cm, (1800, 2400)))
    for check, within in WITHIN.items():
        wanted = measure(finding(near(), check))
        assert measure(finding(far, check)) == pytest.approx(wanted, abs=within), check


def test_where_there_are_no_more_pixels_none_are_made() -> None:
    assert measure(finding(inspected(films.standing(90, (600, 800))), "face_width")) < 90


def test_the_face_that_was_found_is_read_and_not_a_larger_one_near_it() -> None:
    view = films.standing(120, (480, 640))
    small = networks().faces(view)[0]
    left, top, right, bottom = small.box
    beside = films.standing(90, (480, 640))
    larger = networks().faces(beside)[0]
    view.paste(beside.crop(tuple(larger.box.round().astype(int))), (round(float(right)), round(float(top))))
    found = close_up(view, view.resize((960, 1280)), small).landmarks(small)
    across, down = found.points[:, :2].mean(axis=0)
    assert left < across < right
    assert top < down < bottom
