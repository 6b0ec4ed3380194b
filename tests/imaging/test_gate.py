"""Bad files are refused in words, and nothing is raised but WrongType."""

from __future__ import annotations

import pytest

from app.imaging.intake.gate import WrongType
from tests import pictures
from tests.imaging.looking import PACK, look, refused_for


@pytest.mark.parametrize(("width", "height"), [(599, 800), (600, 799), (480, 640)])
def test_too_few_pixels_on_either_side_are_refused(width: int, height: int) -> None:
    image = pictures.portrait().resize((width, height))
    assert refused_for(look(pictures.written(image, "PNG"), "image/png")) == {"resolution": "too_low"}


def test_too_few_bytes_are_refused_but_the_picture_is_still_judged_and_shown() -> None:
    done = look(pictures.portrait_jpeg(600, 800, quality=20))
    assert refused_for(done) == {"file_size": "too_low"}
    assert done.readable


def test_too_many_bytes_are_not_read() -> None:
    done = look(pictures.portrait_jpeg() + bytes(PACK.max_bytes))
    assert refused_for(done) == {"readable": "too_large", "file_size": "too_high"}


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "HEIC"])
def test_a_picture_that_breaks_off_is_refused(form: str, share: float) -> None:
    image = pictures.portrait(600, 800)
    body = pictures.heic(600, 800) if form == "HEIC" else pictures.written(image, form)
    done = look(body[: int(len(body) * share)], f"image/{form.lower()}")
    assert refused_for(done)["readable"] in ("truncated", "damaged")


@pytest.mark.parametrize("missing", [1, 2, 3, 100])
def test_a_jpeg_that_lacks_its_last_bytes_is_refused(missing: int) -> None:
    assert refused_for(look(pictures.portrait_jpeg()[:-missing])) == {"readable": "truncated"}


@pytest.mark.parametrize(
    ("body", "declared"),
    [
        (pictures.portrait_jpeg(), "image/png"),
        (pictures.portrait_jpeg(), "image/heic"),
        (pictures.portrait_jpeg(), "text/html"),
        (pictures.portrait_jpeg(), ""),
        (b"", "image/jpeg"),
        (b"<html><script>alert(1)</script>" * 2000, "image/jpeg"),
        (b"GIF89a" + bytes(60_000), "image/gif"),
        (b"%PDF-1.7" + bytes(60_000), "image/jpeg"),
    ],
    ids=["jpeg as png", "jpeg as heic", "jpeg as html", "undeclared", "nothing", "html", "gif", "pdf"],
)
def test_bytes_that_are_not_what_they_are_declared_to_be_are_turned_away(body: bytes, declared: str) -> None:
    with pytest.raises(WrongType) as turned_away:
        look(body, declared)
    assert turned_away.value.status == 415


def test_the_declared_type_may_carry_parameters() -> None:
    assert look(pictures.portrait_jpeg(), "Image/JPEG; charset=binary").readable


@pytest.mark.parametrize("stowaway", [b"PK\x03\x04 a zip", b"<html><script>", b"\0\0\0x", pictures.png(1, 1)])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "HEIC"])
def test_a_stowaway_behind_the_picture_is_refused(form: str, stowaway: bytes) -> None:
    body = pictures.heic(600, 800) if form == "HEIC" else pictures.written(pictures.portrait(600, 800), form)
    done = look(body + stowaway, f"image/{form.lower()}")
    assert refused_for(done)["readable"] in ("trailing", "truncated", "damaged")


def test_zeros_behind_the_picture_are_the_padding_of_some_cameras() -> None:
    assert look(pictures.portrait_jpeg() + bytes(100)).report.verdict == "pass"


def test_two_pictures_in_one_file_are_refused() -> None:
    one = pictures.portrait()
    assert refused_for(look(pictures.portrait_jpeg() * 2)) == {"readable": "frames"}
    mpo = pictures.written(one, "MPO", save_all=True, append_images=[one])
    assert refused_for(look(mpo)) == {"readable": "frames"}
    apng = pictures.written(one, "PNG", save_all=True, append_images=[pictures.tinted(0.5)])
    assert refused_for(look(apng, "image/png")) == {"readable": "frames"}


def test_a_bomb_of_scans_is_refused_without_decoding() -> None:
    bomb = pictures.scan_bomb(3000)
    assert 51_200 < len(bomb) < 200_000
    assert refused_for(look(bomb)) == {"readable": "scans"}


def test_an_ordinary_progressive_jpeg_passes() -> None:
    assert look(pictures.portrait_jpeg(progressive=True)).report.verdict == "pass"


def test_a_png_of_169_megapixels_is_refused_without_decoding() -> None:
    assert refused_for(look(pictures.png(13_000, 13_000), "image/png")) == {"readable": "pixels"}


def test_a_png_that_promises_more_pixels_than_any_memory_holds_is_refused() -> None:
    honest = pictures.png(600, 800)
    header = b"IHDR" + (2**31 - 1).to_bytes(4, "big") * 2 + honest[24:29]
    liar = honest[:8] + pictures.chunk(b"IHDR", header[4:]) + honest[33:] + bytes(60_000)
    assert refused_for(look(liar, "image/png"))["readable"] in ("pixels", "damaged")


@pytest.mark.parametrize("colour", [0, 2, 6])
def test_16_bit_png_is_refused(colour: int) -> None:
    done = look(pictures.png(600, 800, depth=16, colour=colour), "image/png")
    assert refused_for(done)["readable"] == "depth"
