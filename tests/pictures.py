"""Pictures for tests, made on the spot: a good portrait, and every way to spoil it."""

from __future__ import annotations

import io
import struct
import zlib
from functools import cache

import numpy as np
from PIL import Image, ImageCms, ImageDraw, ImageFilter
from skimage import data

Colour = tuple[int, int, int]
SaveOption = int | bytes | Image.Exif | tuple[int, int] | list[Image.Image] | None  # of Pillow's `save`
Layer = tuple[Image.Image, tuple[int, int, int, int]]  # with the box that fills the frame

WALL = (226, 230, 234)
FACE = (127, -12, 319, 244)  # the part of the astronaut that fills 480×640: hair at 70, eyes at 285, face 215 px wide
OUTLINE = [
    (186, 150),
    (176, 131),
    (171, 120),
    (158, 105),
    (154, 85),
    (154, 70),
    (160, 53),
    (180, 41),
    (192, 31),
    (210, 21),
    (235, 16),
    (255, 21),
    (275, 36),
    (289, 51),
    (298, 71),
    (299, 90),
    (293, 110),
    (280, 127),
    (272, 136),
    (265, 137),
    (262, 150),
    (258, 172),
    (255, 194),
    (190, 194),
]
CLOTHES = [(184, 174), (152, 190), (112, 208), (100, 260), (346, 260), (334, 208), (294, 190), (260, 174), (223, 192)]
CLOTH = (44, 52, 76)  # level shoulders instead of the spacesuit's ring, which leans to one side


@cache
def portrait(width: int = 1200, height: int = 1600, wall: Colour = WALL) -> Image.Image:
    """An RGB image: one face, large and centred in the middle 3:4, before a plain wall. Do not change it: copy."""
    image = Image.new("RGB", (width, height), wall)
    scale = min(width / 192, height / 256)
    size = (round(192 * scale), round(256 * scale))
    corner = ((width - size[0]) // 2, height - size[1])
    face, outline, clothes = (layer.resize(size, Image.Resampling.BICUBIC, box=box) for layer, box in _layers())
    image.paste(face, corner, outline)
    image.paste(CLOTH, corner, clothes)
    return _grain(image)


def portrait_jpeg(width: int = 1200, height: int = 1600, quality: int = 90, **options: SaveOption) -> bytes:
    """The portrait as JPEG bytes; `options` go to Pillow's `save`."""
    return written(portrait(width, height), "JPEG", quality=quality, **options)


def written(image: Image.Image, form: str, **options: SaveOption) -> bytes:
    """The image as bytes."""
    into = io.BytesIO()
    image.save(into, form, **options)
    return into.getvalue()


def tinted(factor: float) -> Image.Image:
    """The portrait with every value multiplied: below 1 darker, above 1 brighter."""
    return portrait().point(lambda value: min(255, round(value * factor)))


def turned_jpeg(orientation: int, width: int = 1200, height: int = 1600) -> bytes:
    """A JPEG whose EXIF says `orientation` (1 to 8) and which is upright once that is obeyed."""
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    image = portrait(width, height)
    stored = image.transpose(undo[orientation]) if orientation in undo else image
    return written(stored, "JPEG", quality=90, exif=exif(orientation))


def exif(orientation: int = 1) -> Image.Exif:
    """EXIF with an orientation, a maker, and a place on earth."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F] = "a maker to be forgotten"
    tags.get_ifd(0x8825).update({1: "N", 2: (23.0, 7.0, 45.0)})
    return tags


def heic(width: int = 1200, height: int = 1600, lying: bool = False) -> bytes:
    """The portrait as HEIC; `lying`: stored on its side, as `irot` and EXIF of a phone tell."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    image = portrait(width, height).copy()
    if lying:
        image = image.transpose(Image.Transpose.ROTATE_90)
        image.info = {"exif": exif(6).tobytes(), "original_orientation": 6}
    return written(image, "HEIF", quality=90)


def scan_bomb(scans: int = 3000) -> bytes:
    """A small progressive JPEG that repeats one scan `scans` times: little to send, seconds to decode."""
    body = written(Image.new("RGB", (3000, 4000), WALL), "JPEG", progressive=True)
    last = body.rindex(b"\xff\xda")
    return body[:last] + body[last:-2] * scans + body[-2:]


def png(width: int, height: int, depth: int = 8, colour: int = 2) -> bytes:
    """A PNG of zeros of any size, a few KB however many pixels it has."""
    channels = {0: 1, 2: 3, 6: 4}[colour]
    row = bytes(1 + width * channels * depth // 8)
    press = zlib.compressobj(1)
    packed = b"".join(press.compress(row) for _ in range(height)) + press.flush()
    header = struct.pack("!IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def chunk(name: bytes, content: bytes) -> bytes:
    """One PNG chunk."""
    return struct.pack("!I", len(content)) + name + content + struct.pack("!I", zlib.crc32(name + content))


def srgb_profile() -> bytes:
    """An ICC profile for RGB."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@cache
def _layers() -> tuple[Layer, Layer, Layer]:
    """The face, its outline, the clothes, each with the box that fills the frame; wall where the photograph ends."""
    photograph = Image.new("RGB", (512, 524), WALL)
    photograph.paste(Image.fromarray(data.astronaut()), (0, 12))
    box = (FACE[0], FACE[1] + 12, FACE[2], FACE[3] + 12)
    return (photograph, box), (_shape(photograph.size, OUTLINE), box), (_shape(photograph.size, CLOTHES), box)


def _shape(size: tuple[int, int], outline: list[tuple[int, int]]) -> Image.Image:
    """A polygon with a soft edge, as a mask."""
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).polygon([(x, y + 12) for x, y in outline], fill=255)
    return mask.filter(ImageFilter.GaussianBlur(1))


def _grain(image: Image.Image) -> Image.Image:
    """The noise of a sensor, always the same: without it a wall is smaller than any camera writes."""
    noise = np.random.default_rng(1).normal(0, 2.5, (image.height, image.width, 1))
    return Image.fromarray(np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8))
