"""Decode bytes that passed the gate into an upright sRGB picture of bounded size. Runs in worker processes only."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

from PIL import Image, ImageCms

from app.imaging.intake import Unreadable, gate
from app.imaging.packs.pack import Pack

ENOUGH = 800  # px of the longest side; the registered picture has 640
QUALITY = 88
SRGB = ImageCms.createProfile("sRGB")
ORIENTATION = 0x0112
TRANSPOSITIONS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SIDES_SWAPPED = range(5, 9)
PLUGINS = (  # of Pillow, which it would import on first use
    "BmpImagePlugin",
    "GifImagePlugin",
    "JpegImagePlugin",
    "PpmImagePlugin",
    "PngImagePlugin",
    "MpoImagePlugin",
    "TiffImagePlugin",
    "ImageColor",
    "ImageFilter",
    "ImagePalette",
)


@dataclass(frozen=True)
class Picture:
    """An upright RGB image, longest side 800 to 1,600 px (less if it had less), and the original's sides once turned.

    `tables` are the quantisation tables of a JPEG. `again(px)` decodes it once more with at least this longest side.
    """

    image: Image.Image
    width: int
    height: int
    tables: Mapping[int, Sequence[int]] = field(default_factory=dict)
    again: Callable[[int], Picture] | None = None

    @property
    def reduced(self) -> bool:
        """Whether the image has fewer px than the original."""
        return self.image.width < self.width

    def detailed(self, width: float) -> Image.Image:
        """The image with at least this many px across, if the original has them."""
        if self.image.width >= width or not self.reduced or self.again is None:
            return self.image
        return self.again(math.ceil(width * max(self.width, self.height) / self.width)).image


def decode(body: bytes, kind: str, pack: Pack, enough: int = ENOUGH) -> Picture:
    """The picture, its longest side at least `enough` px. Raises Unreadable; MemoryError, which ends the worker."""
    with _decoder_errors(), Image.open(io.BytesIO(body), formats=[_format(kind)]) as opened:
        width, height = opened.size
        gate.measure(width, height, getattr(opened, "n_frames", 1), pack)
        tables = getattr(opened, "quantization", None) or {}
        image = _srgb(_small(opened, enough))
        orientation = _orientation(opened)
        if orientation in TRANSPOSITIONS:
            image = image.transpose(TRANSPOSITIONS[orientation])
        sides = (height, width) if orientation in SIDES_SWAPPED else (width, height)
        return Picture(image, *sides, tables, lambda more: decode(body, kind, pack, more))


def preview(picture: Picture) -> bytes:
    """The picture as JPEG."""
    written = io.BytesIO()
    picture.image.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


@contextmanager
def _decoder_errors() -> Iterator[None]:
    """Raise any error of a decoder as Unreadable and suppress warnings."""
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    except (Unreadable, MemoryError):
        raise
    except Image.DecompressionBombError:
        raise Unreadable("pixels") from None
    except Exception as error:
        raise Unreadable("damaged") from error


def _format(kind: str) -> str:
    """Pillow's name for the format of a content type."""
    return _heif() if kind.startswith("image/hei") else kind.removeprefix("image/").upper()


def warm() -> None:
    """Import all that decoding needs: a worker process can open no file later."""
    for name in PLUGINS:
        import_module(f"PIL.{name}")
    Image.preinit()
    _heif()


@cache
def _heif() -> str:
    """Register libheif on first use, with one thread, since memory is limited; returns its name in Pillow."""
    import pillow_heif

    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener(thumbnails=False)
    return "HEIF"


def _orientation(opened: Image.Image) -> int:
    """EXIF orientation, 1 to 8; 1 (upright) when the metadata is broken."""
    with suppress(Exception):
        return int(opened.getexif().get(ORIENTATION, 1))
    return 1


def _small(opened: Image.Image, enough: int) -> Image.Image:
    """Decode and reduce; a JPEG is decoded at 1/2, 1/4 or 1/8 of its size, which saves memory and time."""
    part = 1
    while max(opened.size) >= enough * part * 2:
        part *= 2
    width = opened.width
    opened.draft(None, (max(1, opened.width // part), max(1, opened.height // part)))
    image: Image.Image = opened
    if image.mode in ("1", "P", "PA") or "transparency" in image.info:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.load()
    rest = part * image.width // width
    return image.reduce(rest) if rest > 1 else image


def _srgb(image: Image.Image) -> Image.Image:
    """Composite on white, apply the colour profile, convert to RGB, drop the metadata."""
    profile = image.info.get("icc_profile")
    if image.has_transparency_data:
        image = _on_white(image.convert("RGBA"))
    if profile:
        with suppress(ImageCms.PyCMSError, OSError):  # a profile for other channels: taken as sRGB
            image = _through(profile, image)
    image = image.convert("RGB")
    image.info = {}
    return image


def _on_white(image: Image.Image) -> Image.Image:
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white


def _through(profile: bytes, image: Image.Image) -> Image.Image:
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    if image.mode == "RGB" and "sRGB" in ImageCms.getProfileDescription(source):
        return image
    return ImageCms.profileToProfile(image, source, SRGB, outputMode="RGB") or image
