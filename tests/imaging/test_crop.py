"""The crop: the largest in which the face fills its place, and a finding where no crop can."""

from __future__ import annotations

import pytest

from app.imaging.packs.pack import load
from app.imaging.scene.crop import Head, best_crop, largest_crop
from tests import pictures, spoilt
from tests.imaging.looking import finding, look, refused_for

PACK = load()
GOOD = Head(hair=80, eyes=250, width=230, centre=240)


def cut(head: Head, size: tuple[int, int] = (480, 640), finest: float = 2.0) -> tuple[float, float, float, float]:
    """What the registered picture shows: hair, eyes, width, distance from the middle."""
    crop = best_crop(size, head, finest, PACK)
    left, top, right, bottom = crop.box(PACK)
    assert left >= -0.01
    assert top >= -0.01
    assert right <= size[0] + 0.01
    assert bottom <= size[1] + 0.01
    assert head.hair is not None
    hair, eyes = ((each - crop.top) * crop.scale for each in (head.hair, head.eyes))
    return hair, eyes, head.width * crop.scale, (head.centre - crop.left) * crop.scale - 240


def test_a_picture_that_is_right_is_taken_largest_crop() -> None:
    assert best_crop((480, 640), GOOD, 2.0, PACK) == largest_crop((480, 640), PACK)


def test_a_face_that_is_far_away_fills_the_oval_and_no_more() -> None:
    hair, eyes, width, off = cut(Head(hair=160, eyes=270, width=140, centre=240))
    assert 210 <= width <= 222
    assert 50 <= hair <= 110
    assert 200 <= eyes <= 300
    assert abs(off) < 29


def test_a_face_beside_the_middle_of_a_wide_picture_is_centred() -> None:
    assert abs(cut(Head(hair=80, eyes=250, width=230, centre=420), size=(853, 640))[3]) < 1


def test_with_few_pixels_a_face_is_brought_as_near_as_they_allow() -> None:
    assert cut(Head(hair=160, eyes=270, width=140, centre=240), finest=1.35)[2] == pytest.approx(189)


def test_exactly_in_the_middle_is_no_worse_than_beside_it() -> None:
    _hair, _eyes, width, off = cut(Head(hair=80, eyes=250, width=190, centre=254))
    assert abs(off) < 1
    assert width >= 210


@pytest.mark.parametrize("width", [60, 320, 400])
def test_nothing_is_enlarged_beyond_its_pixels_or_shown_that_is_not_there(width: int) -> None:
    assert not 180 <= cut(Head(hair=80, eyes=250, width=width, centre=240), finest=1.5)[2] <= 300


def test_a_second_limit_is_not_missed_in_order_to_miss_the_first_by_less() -> None:
    _hair, eyes, width, _off = cut(Head(hair=340, eyes=500, width=230, centre=240))
    assert eyes > 300
    assert width <= 300


def test_geometry_that_no_cut_reaches_is_refused_in_words() -> None:
    assert refused_for(look(pictures.written(spoilt.placed(0.3), "JPEG", quality=92)))["face_width"] == "too_low"


def test_geometry_that_a_cut_reaches_is_no_finding() -> None:
    done = look(pictures.written(spoilt.placed(0.75, down=-150), "JPEG", quality=92))
    assert [each.check for each in done.report.findings if each.verdict != "pass"] == []
    assert finding(done, "face_width").value == pytest.approx(216, abs=6)
