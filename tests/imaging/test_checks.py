"""Each check sees the fault it is for, by the amount that was put in, and leaves the good portrait alone."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image, ImageOps
from skimage import data

from app.imaging import checks
from app.imaging.report import Finding
from tests import pictures, spoilt
from tests.imaging.looking import finding, look, measure, words


def seen(image: Image.Image, check: str, quality: int = 92, **options: int) -> Finding:
    return finding(look(pictures.written(image, "JPEG", quality=quality, **options)), check)


def values(image: Image.Image) -> dict[str, float]:
    """What was measured, by check."""
    found = look(pictures.written(image, "JPEG", quality=92)).report.findings
    return {each.check: each.value for each in found if each.value is not None}


FAULTS = [
    ("single_face", spoilt.with_second_face(), "refuse", "too_high"),
    ("roll", spoilt.rolled(14), "refuse", "too_high"),
    ("roll", spoilt.rolled(-14), "refuse", "too_low"),
    ("face_width", spoilt.placed(0.3), "refuse", "too_low"),
    ("face_width", spoilt.placed(1.5, down=700), "refuse", "too_high"),
    ("eye_line", spoilt.placed(1, down=340), "refuse", "too_high"),
    ("hair_line", spoilt.placed(1, down=-200), "warn", "too_low"),
    ("centring", spoilt.placed(1, right=300), "warn", "too_high"),
    ("under_exposure", pictures.tinted(0.1), "refuse", "too_high"),
    ("over_exposure", pictures.tinted(1.6), "refuse", "too_high"),
    ("luminance_mean", pictures.tinted(0.28), "warn", "too_low"),
    ("illumination_uniformity", spoilt.side_lit(0.7), "refuse", "too_low"),
    ("background_uniformity", spoilt.on(spoilt.patterned(0.6)), "refuse", "too_high"),
    ("background_colour", spoilt.on((150, 60, 60)), "warn", "too_high"),
    ("background_colour", spoilt.on(spoilt.fading(90)), "warn", "too_high"),
    ("background_shadow", spoilt.on(spoilt.shadowed(0.5)), "warn", "too_high"),
    ("natural_colour", ImageOps.grayscale(pictures.portrait()).convert("RGB"), "warn", "too_high"),
    ("sharpness", spoilt.blurred(3), "refuse", "too_low"),
    ("motion_blur", spoilt.shaken(14), "warn", "too_low"),
    ("recapture", spoilt.rastered(0.08), "warn", "too_high"),
    ("upscaled", pictures.portrait().resize((150, 200)).resize((1200, 1600)), "warn", "too_low"),
    ("occlusion", spoilt.masked(), "inform", "too_high"),
]


@pytest.mark.parametrize(
    ("check", "image", "verdict", "direction"),
    FAULTS,
    ids=[f"{each[0]} {each[3]} {i}" for i, each in enumerate(FAULTS)],
)
def test_a_fault_is_told_by_its_own_check_in_its_own_words(
    check: str, image: Image.Image, verdict: str, direction: str
) -> None:
    found = seen(image, check)
    assert (found.verdict, words(found)) == (verdict, direction), found.value


def test_strong_compression_is_told_by_the_tables() -> None:
    assert seen(pictures.portrait(), "compression", quality=40).verdict == "warn"
    assert seen(pictures.portrait(), "compression", quality=60).verdict == "pass"
    for quality in (60, 75, 90):
        assert seen(pictures.portrait(), "compression", quality=quality).value == pytest.approx(quality, abs=3)


def test_blocks_in_a_file_that_claims_to_be_fine_go_to_a_reviewer() -> None:
    poor = Image.open(io.BytesIO(pictures.written(pictures.portrait(600, 800), "JPEG", quality=8)))
    found = seen(poor.convert("RGB"), "compression", quality=98)
    assert (found.value, found.verdict, words(found)) == (None, "warn", "unsure")


@pytest.mark.parametrize("degrees", [-12, -6, 6, 12])
def test_roll_grows_as_the_picture_is_turned(degrees: int) -> None:
    upright = measure(seen(pictures.portrait(), "roll"))
    assert measure(seen(spoilt.rolled(degrees), "roll")) - upright == pytest.approx(degrees, abs=1)


def test_yaw_is_symmetric_under_mirroring_and_pitch_does_not_care() -> None:
    one, other = values(pictures.portrait()), values(ImageOps.mirror(pictures.portrait()))
    assert one["yaw"] + other["yaw"] == pytest.approx(0, abs=1.3)
    assert one["pitch"] == pytest.approx(other["pitch"], abs=2)


@pytest.mark.parametrize("size", [(600, 800), (3000, 4000)])
def test_what_is_measured_does_not_depend_on_the_camera(size: tuple[int, int]) -> None:
    usual, other = values(pictures.portrait()), values(pictures.portrait().resize(size, Image.Resampling.LANCZOS))
    for check, tolerance in {
        "eye_line": 2,
        "face_width": 2,
        "hair_line": 4,
        "roll": 0.5,
        "luminance_mean": 0.01,
    }.items():
        assert other[check] == pytest.approx(usual[check], abs=tolerance), check
    assert other["inter_eye_distance"] == pytest.approx(usual["inter_eye_distance"] * size[0] / 1200, rel=0.02)


@pytest.mark.parametrize("scale", [0.2, 0.3, 0.5])
def test_somebody_behind_is_seen_however_small(scale: float) -> None:
    small = pictures.portrait().resize((round(1200 * scale), round(1600 * scale)), Image.Resampling.LANCZOS)
    picture = pictures.portrait().copy()
    picture.paste(small.crop((0, 0, small.width, round(0.6 * small.height))), (1040 - small.width // 2, 80))
    assert seen(picture, "single_face").verdict in ("refuse", "unsure")


@pytest.mark.parametrize("made", [lambda image: image, ImageOps.mirror])
def test_light_from_either_side_is_told_and_darkness_is_not_taken_for_it(
    made: Callable[[Image.Image], Image.Image],
) -> None:
    even = seen(pictures.portrait(), "illumination_uniformity").value
    assert seen(made(spoilt.side_lit(0.4)), "illumination_uniformity").verdict == "refuse"
    assert seen(made(pictures.tinted(0.5)), "illumination_uniformity").value == pytest.approx(even, abs=3)


def test_a_black_fringe_is_not_a_dark_face() -> None:
    fringed = pictures.portrait().copy()
    fringed.paste((12, 12, 14), (380, 300, 820, 590))
    assert seen(fringed, "under_exposure").verdict == "pass"


@pytest.mark.parametrize(
    ("factor", "check"), [(0.4, "luminance_mean"), (0.15, "under_exposure"), (1.5, "over_exposure")]
)
def test_too_dark_and_too_bright_are_told_where_anybody_would_see_it(factor: float, check: str) -> None:
    assert seen(pictures.tinted(factor), check).verdict in ("warn", "refuse")


@pytest.mark.parametrize("noise", [2, 5, 8])
def test_noise_is_not_detail_and_does_not_hide_a_blur(noise: int) -> None:
    sharp, blurry = seen(pictures.portrait(), "sharpness"), seen(spoilt.blurred(3), "sharpness")
    assert seen(spoilt.grained(pictures.portrait(), noise), "sharpness").value == pytest.approx(sharp.value, abs=0.03)
    assert seen(spoilt.grained(spoilt.blurred(3), noise), "sharpness").value == pytest.approx(blurry.value, abs=0.03)


@pytest.mark.parametrize("scale", [0.85, 1.25])
def test_sharpness_is_that_of_the_lens_not_of_the_face_s_size_or_shade(scale: float) -> None:
    usual = seen(pictures.portrait(), "sharpness").value
    assert seen(spoilt.placed(scale), "sharpness").value == pytest.approx(usual, abs=0.06)
    assert seen(pictures.tinted(0.5), "sharpness").value == pytest.approx(usual, abs=0.03)


@pytest.mark.parametrize("turn", [None, Image.Transpose.ROTATE_90])
def test_shaking_to_any_side_is_told_whatever_the_noise(turn: Image.Transpose | None) -> None:
    shaken = spoilt.shaken(12, turn)
    assert [seen(each, "motion_blur").verdict for each in (shaken, spoilt.grained(shaken, 6))] == ["warn", "warn"]


@pytest.mark.parametrize("name", ["chelsea", "coffee", "rocket"])
def test_without_a_face_that_is_what_is_refused_and_the_rest_is_not_guessed(name: str) -> None:
    image = Image.fromarray(getattr(data, name)()).convert("RGB").resize((1200, 1600))
    done = look(pictures.written(image, "JPEG", quality=95))
    assert finding(done, "single_face").value == 0
    assert done.report.verdict == "refuse"
    for check in ("eye_line", "roll", "eyes_open", "sharpness", "hair_line", "mouth_closed", "illumination_uniformity"):
        found = finding(done, check)
        assert found.value is None
        assert found.verdict != "pass"
        assert words(found) == "unsure"


def test_every_check_of_the_list_runs_once_and_says_at_most_what_its_rule_allows() -> None:
    found = [each.check for each in look(pictures.portrait_jpeg()).report.findings]
    assert found == ["readable", *(check.name for check in checks.ALL)]
    assert len(set(found)) == 31
