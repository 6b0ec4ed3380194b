"""The faults are as large as they say, and the figures are what statistics means by them."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from bench.accuracy import light, place
from bench.accuracy.figures import Rate, fitted, ranked

GREY = Image.new("RGB", (90, 120), (100, 120, 140))


def values(image: Image.Image) -> NDArray[np.float64]:
    return np.asarray(image.convert("RGB"), float)


def dot(x: int, y: int, size: tuple[int, int] = (90, 120)) -> Image.Image:
    """One white px on black."""
    image = Image.new("RGB", size)
    image.putpixel((x, y), (255, 255, 255))
    return image


def middle(image: Image.Image) -> tuple[float, float]:
    """Where the light is, x and y."""
    weights = values(image).sum(axis=2)
    ys, xs = np.mgrid[: image.height, : image.width]
    return (xs * weights).sum() / weights.sum(), (ys * weights).sum() / weights.sum()


@pytest.mark.parametrize(("factor", "red"), [(0.5, 50), (1, 100), (3, 255)])
def test_exposure_multiplies_and_clips(factor: float, red: int) -> None:
    assert values(light.exposed(GREY, factor))[5, 5, 0] == red


def test_side_light_leaves_the_left_and_takes_its_share_from_the_right() -> None:
    lit = values(light.from_the_side(GREY, 0.7))[60, :, 0]
    assert lit[0] == 100
    assert lit[-1] == 30
    assert lit[45] == pytest.approx(65, abs=1)
    assert (np.diff(lit) <= 0).all()


def test_a_blur_has_the_width_it_was_given() -> None:
    blurred = values(light.blurred(dot(45, 60).resize((90, 120)), 4)).sum(axis=2)
    xs = np.arange(90) - 45
    assert np.sqrt((blurred.sum(axis=0) * xs**2).sum() / blurred.sum()) == pytest.approx(4, abs=0.5)


def test_shaking_smears_along_rows_only() -> None:
    line = Image.new("RGB", (90, 120))
    line.paste((255, 255, 255), (45, 0, 46, 120))
    smeared = values(light.shaken(line, 10))[60, :, 0]
    assert (smeared > 0).sum() == 10
    assert smeared.sum() == pytest.approx(255, abs=10)
    flat = Image.new("RGB", (90, 120))
    flat.paste((255, 255, 255), (0, 60, 90, 61))
    assert values(light.shaken(flat, 10)).tolist() == values(flat).tolist()


def test_haze_takes_its_share_of_the_contrast() -> None:
    picture = Image.new("RGB", (2, 1))
    picture.putpixel((1, 0), (200, 200, 200))
    dark, bright = values(light.hazy(picture, 0.75))[0, :, 0]
    assert bright - dark == pytest.approx(50, abs=1)


def test_turning_is_clockwise_about_the_head() -> None:
    picture = dot(45 + 30, round(0.39 * 120))
    x, y = middle(place.turned(picture, 30, (0, 0, 0)))
    assert np.degrees(np.arctan2(y - 0.39 * 120, x - 45)) == pytest.approx(30, abs=2)


def test_a_person_is_moved_by_shares_of_the_frame() -> None:
    person = dot(30, 40).convert("RGBA")
    assert middle(place.moved(person, 0.2, -0.1)) == pytest.approx((30 + 18, 40 - 12), abs=0.1)


def test_a_person_grows_about_the_head() -> None:
    person = dot(45 + 10, 46).convert("RGBA")
    assert middle(place.sized(person, 2))[0] == pytest.approx(45 + 20, abs=1)


def test_a_gradient_and_stripes_are_as_deep_as_they_say() -> None:
    graded, striped = (values(make(GREY, 40))[60, :, 0] for make in (place.graded, place.striped))
    assert (graded[0], graded[-1]) == (100, 60)
    assert (striped.max(), striped.min()) == (100, 60)


def test_a_shadow_takes_its_share_beside_the_person_and_nothing_elsewhere() -> None:
    wall, person = Image.new("RGB", (900, 1200), (200, 200, 200)), Image.new("RGBA", (900, 1200))
    person.paste((1, 1, 1, 255), (300, 300, 600, 1200))
    dark = values(place.shadowed(wall, person, 0.3))[800, :, 0]
    assert dark[640] == pytest.approx(140, abs=1)
    assert dark[100] == dark[850] == 200


def test_a_colour_between_two_is_mixed_evenly() -> None:
    assert place.mixed((0, 100, 200), (100, 0, 0), 0.25) == (25, 75, 150)


def test_under_thirty_pictures_there_is_no_rate() -> None:
    assert str(Rate(12, 12)) == "n = 12: no rate"
    assert str(Rate(30, 30)) == "30/30 = 100 % (89–100)"


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"), [(0, 32, 0, 0.107), (16, 32, 0.336, 0.664), (81, 263, 0.255, 0.366)]
)
def test_intervals_are_wilsons(hits: int, n: int, low: float, high: float) -> None:
    assert Rate(hits, n).interval == pytest.approx((low, high), abs=0.001)


def test_a_fit_tells_slope_bias_and_the_worst() -> None:
    line = fitted([(0, 1), (10, 6), (20, 11)])
    assert (line.slope, line.bias, line.worst, line.n) == (0.5, -4, -9, 3)


def test_ranks_are_nearest() -> None:
    assert [ranked(range(1, 101), share) for share in (0.5, 0.95, 1)] == [50, 95, 100]
