"""Good pictures pass, bad ones are refused in words, and nothing is raised but WrongType."""

import io

import pytest
from PIL import Image, ImageChops, ImageCms, ImageOps, ImageStat

from app.portrait.gate import WrongType
from app.portrait.inspect import inspect
from app.portrait.pack import load
from tests import pictures

PACK = load()


def look(body, declared="image/jpeg"):
    done = inspect(body, declared, PACK)
    assert done.readable == (done.report.finding("readable").verdict == "pass")
    return done


def words(finding):
    """The direction or reason whose advice was given."""
    advice = PACK.checks[finding.check].advice
    return next(key for key, each in advice.items() if each.zh == finding.advice.zh)


def refused_for(done):
    assert done.report.verdict == "refuse"
    return {each.check: words(each) for each in done.report.findings if each.verdict == "refuse"}


def shown(done):
    return Image.open(io.BytesIO(done.preview))


def test_a_good_portrait_passes_every_check():
    done = look(pictures.portrait_jpeg())
    assert done.report.verdict == "pass"
    assert {each.check for each in done.report.findings} >= {"readable", "file_size", "resolution", "luminance_mean"}
    assert (done.width, done.height) == (1200, 1600)


@pytest.mark.parametrize(("width", "height"), [(600, 800), (1080, 1440), (1800, 2400), (3000, 4000), (6000, 8000)])
def test_any_size_from_the_smallest_up_passes_and_shows_a_bounded_preview(width, height):
    done = look(pictures.written(pictures.portrait().resize((width, height)), "JPEG", quality=88))
    assert done.report.verdict == "pass"
    assert (done.width, done.height) == (width, height)
    assert 800 <= max(shown(done).size) <= 1600


@pytest.mark.parametrize(("width", "height"), [(599, 800), (600, 799), (1600, 700), (480, 640)])
def test_too_few_pixels_on_either_side_are_refused(width, height):
    image = pictures.portrait().resize((width, height))
    assert refused_for(look(pictures.written(image, "PNG"), "image/png")) == {"resolution": "too_low"}


def test_too_few_bytes_are_refused_but_the_picture_is_still_judged_and_shown():
    done = look(pictures.portrait_jpeg(600, 800, quality=20))
    assert refused_for(done) == {"file_size": "too_low"}
    assert done.readable


def test_too_many_bytes_are_not_read():
    done = look(pictures.portrait_jpeg() + bytes(PACK.max_bytes))
    assert refused_for(done) == {"readable": "too_large", "file_size": "too_high"}


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "HEIC"])
def test_a_picture_that_breaks_off_is_refused(form, share):
    image = pictures.portrait(600, 800)
    body = pictures.heic(600, 800) if form == "HEIC" else pictures.written(image, form)
    done = look(body[: int(len(body) * share)], f"image/{form.lower()}")
    assert refused_for(done)["readable"] in ("truncated", "damaged")


@pytest.mark.parametrize("missing", [1, 2, 3, 100])
def test_a_jpeg_that_lacks_its_last_bytes_is_refused(missing):
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
def test_bytes_that_are_not_what_they_are_declared_to_be_are_turned_away(body, declared):
    with pytest.raises(WrongType) as turned_away:
        look(body, declared)
    assert turned_away.value.status == 415


def test_the_declared_type_may_carry_parameters():
    assert look(pictures.portrait_jpeg(), "Image/JPEG; charset=binary").readable


@pytest.mark.parametrize("stowaway", [b"PK\x03\x04 a zip", b"<html><script>", b"\0\0\0x", pictures.png(1, 1)])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "HEIC"])
def test_a_stowaway_behind_the_picture_is_refused(form, stowaway):
    body = pictures.heic(600, 800) if form == "HEIC" else pictures.written(pictures.portrait(600, 800), form)
    done = look(body + stowaway, f"image/{form.lower()}")
    assert refused_for(done)["readable"] in ("trailing", "truncated", "damaged")


def test_zeros_behind_the_picture_are_the_padding_of_some_cameras():
    assert look(pictures.portrait_jpeg() + bytes(100)).report.verdict == "pass"


def test_two_pictures_in_one_file_are_refused():
    one = pictures.portrait()
    assert refused_for(look(pictures.portrait_jpeg() * 2)) == {"readable": "frames"}
    mpo = pictures.written(one, "MPO", save_all=True, append_images=[one])
    assert refused_for(look(mpo)) == {"readable": "frames"}
    apng = pictures.written(one, "PNG", save_all=True, append_images=[pictures.tinted(0.5)])
    assert refused_for(look(apng, "image/png")) == {"readable": "frames"}


def test_a_bomb_of_scans_is_refused_without_decoding():
    bomb = pictures.scan_bomb(3000)
    assert 51_200 < len(bomb) < 200_000
    assert refused_for(look(bomb)) == {"readable": "scans"}


def test_an_ordinary_progressive_jpeg_passes():
    assert look(pictures.portrait_jpeg(progressive=True)).report.verdict == "pass"


def test_a_png_of_169_megapixels_is_refused_without_decoding():
    assert refused_for(look(pictures.png(13_000, 13_000), "image/png")) == {"readable": "pixels"}


def test_a_png_that_promises_more_pixels_than_any_memory_holds_is_refused():
    honest = pictures.png(600, 800)
    header = b"IHDR" + (2**31 - 1).to_bytes(4, "big") * 2 + honest[24:29]
    liar = honest[:8] + pictures.chunk(b"IHDR", header[4:]) + honest[33:] + bytes(60_000)
    assert refused_for(look(liar, "image/png"))["readable"] in ("pixels", "damaged")


@pytest.mark.parametrize("colour", [0, 2, 6])
def test_16_bit_png_is_refused(colour):
    done = look(pictures.png(600, 800, depth=16, colour=colour), "image/png")
    assert refused_for(done)["readable"] == "depth"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_turned_by_its_exif_is_shown_upright_and_measured_so(orientation):
    done = look(pictures.turned_jpeg(orientation))
    assert done.report.verdict == "pass"
    assert (done.width, done.height) == (1200, 1600)
    assert _apart(shown(done), pictures.portrait()) < 3
    assert _apart(shown(done), ImageOps.mirror(pictures.portrait())) > 10
    assert _apart(shown(done), ImageOps.flip(pictures.portrait())) > 10


def _apart(one, other):
    """Mean difference of two pictures, of 255."""
    difference = ImageChops.difference(*(image.convert("L").resize((60, 80)) for image in (one, other)))
    return ImageStat.Stat(difference).mean[0]


def test_a_landscape_picture_that_exif_turns_upright_is_not_too_low():
    assert look(pictures.turned_jpeg(6, 600, 800)).report.finding("resolution").value == 600


def test_nothing_of_the_metadata_is_left_in_the_preview():
    body = pictures.portrait_jpeg(
        exif=pictures.exif(), comment=b"forget me", icc_profile=pictures.srgb_profile(), xmp=b"<x:xmpmeta/>", dpi=(1, 1)
    )
    preview = shown(look(body))
    assert not preview.getexif()
    assert not {"exif", "comment", "icc_profile", "xmp", "dpi"} & preview.info.keys()
    assert b"forgotten" not in look(body).preview


def test_heic_passes():
    done = look(pictures.heic(), "image/heic")
    assert done.report.verdict == "pass"
    assert shown(done).format == "JPEG"


@pytest.mark.parametrize(
    ("mode", "form"), [("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("L", "PNG"), ("LA", "PNG"), ("RGBA", "PNG")]
)
def test_other_colour_modes_become_the_same_picture_in_rgb(mode, form):
    body = pictures.written(pictures.portrait().convert(mode), form)
    done = look(body, f"image/{form.lower()}")
    assert done.report.verdict == "pass"
    assert shown(done).mode == "RGB"
    assert done.report.finding("luminance_mean").value == pytest.approx(0.64, abs=0.03)


def test_what_is_transparent_is_shown_on_white():
    image = pictures.portrait().copy()
    image.putalpha(0)
    assert shown(look(pictures.written(image, "PNG"), "image/png")).getpixel((600, 800)) == (255, 255, 255)


def test_colours_go_through_the_profile_of_the_picture():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    plain, odd = (shown(look(pictures.portrait_jpeg(icc_profile=profile))) for profile in (None, lab))
    assert plain.getpixel((600, 800)) == odd.getpixel((600, 800)), "a profile for other channels is ignored"


@pytest.mark.parametrize(("factor", "check"), [(0.1, "under_exposure"), (1.6, "over_exposure")])
def test_a_face_that_is_too_dark_or_too_bright_is_refused(factor, check):
    done = look(pictures.written(pictures.tinted(factor), "JPEG", quality=98))
    assert refused_for(done) == {check: "too_high"}


def test_a_face_that_is_rather_dark_is_a_warning():
    done = look(pictures.written(pictures.tinted(0.28), "JPEG", quality=98))
    assert done.report.verdict == "warn"
    assert words(done.report.finding("luminance_mean")) == "too_low"
