"""From bytes that passed the gate to an upright sRGB picture of bounded size. Runs in worker processes only."""

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

ENOUGH = 800  # px of the longest side: what is registered has 640
QUALITY = 88
SRGB = ImageCms.createProfile("sRGB")
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
LYING = range(5, 9)
LATE = (
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

    `tables` are the quantisation tables of a JPEG. `again` decodes the same picture with another least longest side.
    """

    image: Image.Image
    width: int
    height: int
    tables: Mapping[int, Sequence[int]] = field(default_factory=dict)
    again: Callable[[int], Picture] | None = None

    @property
    def reduced(self) -> bool:
        """The image has fewer px than the original."""
        return self.image.width < self.width

    def detailed(self, width: float) -> Image.Image:
        """The image with at least this many px across, as far as the original has them."""
        if self.image.width >= width or not self.reduced or self.again is None:
            return self.image
        return self.again(math.ceil(width * max(self.width, self.height) / self.width)).image


def decode(body: bytes, kind: str, pack: Pack, enough: int = ENOUGH) -> Picture:
    """The picture. Raises Unreadable; MemoryError, which should end the worker."""
    with _hostile(), Image.open(io.BytesIO(body), formats=[_format(kind)]) as opened:
        width, height = opened.size
        gate.measure(width, height, getattr(opened, "n_frames", 1), pack)
        tables = getattr(opened, "quantization", None) or {}
        image = _srgb(_small(opened, enough))
        orientation = _orientation(opened)
        if orientation in TURNS:
            image = image.transpose(TURNS[orientation])
        sides = (height, width) if orientation in LYING else (width, height)
        return Picture(image, *sides, tables, lambda more: decode(body, kind, pack, more))


def preview(picture: Picture) -> bytes:
    """The picture as JPEG."""
    written = io.BytesIO()
    picture.image.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


@contextmanager
def _hostile() -> Iterator[None]:
    """Decoders raise almost anything, and warn, over damaged bytes; all of it means the same to the person."""
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
    """Pillow's name for it."""
    return _heif() if kind.startswith("image/hei") else kind.removeprefix("image/").upper()


def warm() -> None:
    """Load all that decoding needs and would import in the middle of a picture: a worker opens no file afterwards."""
    for name in LATE:
        import_module(f"PIL.{name}")
    Image.preinit()
    _heif()


@cache
def _heif() -> str:
    """libheif is loaded where it is needed; one thread, as memory is counted."""
    import pillow_heif

    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener(thumbnails=False)
    return "HEIF"


def _orientation(opened: Image.Image) -> int:
    """EXIF's 1 to 8. Broken metadata does not make a picture unreadable: it is taken as upright."""
    with suppress(Exception):
        return int(opened.getexif().get(ORIENTATION, 1))
    return 1


def _small(opened: Image.Image, enough: int) -> Image.Image:
    """Decoded and reduced; a JPEG is decoded at 1/2, 1/4 or 1/8 of its size, which bounds memory and saves time."""
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
    """On white where it is transparent, through its colour profile, without metadata."""
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
