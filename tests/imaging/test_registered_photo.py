"""The picture that is registered, and the one that shows what the checks saw."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageStat
from skimage import data

from app.imaging.packs.pack import load
from app.imaging.registered_photo import encode, fits
from tests import pictures, spoilt
from tests.imaging.looking import finding, look, measure, words

PACK = load()


def opened(body: bytes | None) -> Image.Image:
    return Image.open(io.BytesIO(body or b""))


@pytest.mark.parametrize("size", [(600, 800), (1200, 1600), (3000, 4000), (4000, 3000)])
def test_it_has_the_size_resolution_format_and_bytes_that_the_rules_want(size: tuple[int, int]) -> None:
    image = spoilt.placed(size=size) if size[0] > size[1] else pictures.portrait().resize(size)
    derived = look(pictures.written(image, "JPEG", quality=92)).registered_photo
    image = opened(derived)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (480, 640))
    assert image.info["dpi"] == (300, 300)
    assert 20_480 <= len(derived or b"") <= 40_000
    assert not image.getexif()
    assert "icc_profile" not in image.info


def test_it_shows_what_was_photographed_and_nothing_else() -> None:
    shown = opened(look(pictures.portrait_jpeg()).registered_photo)
    difference = ImageChops.difference(shown, pictures.portrait().resize((480, 640), Image.Resampling.BOX))
    assert max(ImageStat.Stat(difference).mean) < 4


def noisy(sigma: float) -> Image.Image:
    noise = np.random.default_rng(3).normal(128, sigma, (640, 480, 3)).clip(0, 255).astype(np.uint8)
    return Image.fromarray(noise)


def test_noise_takes_a_low_quality_and_still_fits() -> None:
    assert fits(encode(noisy(12), PACK), PACK)
    assert fits(encode(pictures.portrait().resize((480, 640)), PACK), PACK)


def test_what_cannot_fit_is_not_bent_until_it_does() -> None:
    assert not fits(encode(noisy(90), PACK), PACK)
    assert not fits(encode(Image.new("RGB", (480, 640), "white"), PACK), PACK)


def test_what_cannot_fit_is_refused_in_words_and_not_registered() -> None:
    done = look(pictures.written(spoilt.grained(pictures.portrait(600, 800), 40), "JPEG", quality=92))
    found = finding(done, "derived_size")
    assert (found.verdict, words(found)) == ("refuse", "too_high"), found.value
    assert done.registered_photo is None


def test_what_is_registered_has_the_bytes_that_the_report_says() -> None:
    done = look(pictures.portrait_jpeg())
    assert finding(done, "derived_size").value == len(done.registered_photo or b"")


def test_without_a_face_there_is_nothing_to_register() -> None:
    image = Image.fromarray(data.chelsea()).resize((1200, 1600))
    done = look(pictures.written(image, "JPEG", quality=95))
    assert done.registered_photo is None
    assert done.overlay is not None


def test_the_overlay_is_small_lies_over_the_picture_and_marks_background_points_and_crop() -> None:
    done = look(pictures.portrait_jpeg())
    overlay = opened(done.overlay).convert("RGBA")
    assert overlay.size == (480, 640)
    assert len(done.overlay or b"") < 20_000
    assert overlay.getpixel((30, 60)) == (30, 110, 220, 70)
    pixels = np.asarray(overlay)
    assert pixels[560, 240, 3] == 0
    assert tuple(pixels[0, 0, :3]) == (240, 60, 40)
    assert sum(pixel == (0, 200, 90, 255) for pixel in overlay.get_flattened_data()) > 478


def test_a_deep_cut_into_a_large_picture_is_made_of_real_pixels() -> None:
    far = spoilt.placed(0.62, down=-250).resize((3000, 4000), Image.Resampling.LANCZOS)
    done = look(pictures.written(far, "JPEG", quality=90))
    assert measure(finding(done, "sharpness")) > 0.3
    assert opened(done.registered_photo).size == (480, 640)
