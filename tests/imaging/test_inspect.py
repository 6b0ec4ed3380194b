"""Good pictures pass and are shown upright, in sRGB and without metadata; dark and bright faces are told."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageCms, ImageOps, ImageStat

from tests import pictures
from tests.imaging.looking import finding, look, refused_for, shown, words


def test_a_good_portrait_passes_every_check() -> None:
    done = look(pictures.portrait_jpeg())
    assert done.report.verdict == "pass"
    assert {each.check for each in done.report.findings} >= {"readable", "file_size", "resolution", "luminance_mean"}
    assert (done.width, done.height) == (1200, 1600)


@pytest.mark.parametrize(("width", "height"), [(600, 800), (1080, 1440), (1800, 2400), (3000, 4000), (6000, 8000)])
def test_any_size_from_the_smallest_up_passes_and_shows_a_bounded_preview(width: int, height: int) -> None:
    done = look(pictures.written(pictures.portrait().resize((width, height)), "JPEG", quality=92))
    assert done.report.verdict == "pass"
    assert (done.width, done.height) == (width, height)
    assert 800 <= max(shown(done).size) <= 1600


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_turned_by_its_exif_is_shown_upright_and_measured_so(orientation: int) -> None:
    done = look(pictures.turned_jpeg(orientation))
    assert done.report.verdict == "pass"
    assert (done.width, done.height) == (1200, 1600)
    assert _apart(shown(done), pictures.portrait()) < 3
    assert _apart(shown(done), ImageOps.mirror(pictures.portrait())) > 10
    assert _apart(shown(done), ImageOps.flip(pictures.portrait())) > 10


def _apart(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of two pictures, of 255."""
    difference = ImageChops.difference(*(image.convert("L").resize((60, 80)) for image in (one, other)))
    return float(ImageStat.Stat(difference).mean[0])


def test_a_landscape_picture_that_exif_turns_upright_is_not_too_low() -> None:
    assert finding(look(pictures.turned_jpeg(6, 600, 800)), "resolution").value == 600


def test_nothing_of_the_metadata_is_left_in_the_preview() -> None:
    body = pictures.portrait_jpeg(
        exif=pictures.exif(), comment=b"forget me", icc_profile=pictures.srgb_profile(), xmp=b"<x:xmpmeta/>", dpi=(1, 1)
    )
    preview = shown(look(body))
    assert not preview.getexif()
    assert not {"exif", "comment", "icc_profile", "xmp", "dpi"} & preview.info.keys()
    assert b"forgotten" not in (look(body).preview or b"")


def test_heic_passes() -> None:
    done = look(pictures.heic(), "image/heic")
    assert done.report.verdict == "pass"
    assert shown(done).format == "JPEG"


def test_heic_is_turned_once_not_twice() -> None:
    done = look(pictures.heic(600, 800, lying=True), "image/heic")
    assert (done.width, done.height) == (600, 800)
    assert _apart(shown(done), pictures.portrait(600, 800)) < 3


@pytest.mark.parametrize(
    ("mode", "form"), [("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("L", "PNG"), ("LA", "PNG"), ("RGBA", "PNG")]
)
def test_other_colour_modes_become_the_same_picture_in_rgb(mode: str, form: str) -> None:
    body = pictures.written(pictures.portrait().convert(mode), form)
    done = look(body, f"image/{form.lower()}")
    grey = mode in ("L", "LA")
    assert [each.check for each in done.report.findings if each.verdict != "pass"] == ["natural_colour"] * grey
    assert shown(done).mode == "RGB"
    assert finding(done, "luminance_mean").value == pytest.approx(0.68, abs=0.03)


def test_what_is_transparent_is_shown_on_white() -> None:
    image = pictures.portrait().copy()
    image.putalpha(0)
    assert shown(look(pictures.written(image, "PNG"), "image/png")).getpixel((300, 400)) == (255, 255, 255)


def test_colours_go_through_the_profile_of_the_picture() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    plain, odd = (shown(look(pictures.portrait_jpeg(icc_profile=profile))) for profile in (None, lab))
    assert plain.getpixel((300, 400)) == odd.getpixel((300, 400)), "a profile for other channels is ignored"


@pytest.mark.parametrize(("factor", "check"), [(0.1, "under_exposure"), (1.6, "over_exposure")])
def test_a_face_that_is_too_dark_or_too_bright_is_refused(factor: float, check: str) -> None:
    done = look(pictures.written(pictures.tinted(factor), "JPEG", quality=98))
    assert refused_for(done) == {check: "too_high"}


def test_a_face_that_is_rather_dark_is_a_warning() -> None:
    done = look(pictures.written(pictures.tinted(0.28), "JPEG", quality=98))
    assert done.report.verdict == "warn"
    assert words(finding(done, "luminance_mean")) == "too_low"
