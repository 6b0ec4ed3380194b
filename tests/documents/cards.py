"""Pictures of cards for tests: drawn, of nobody. A code is printed on them that a machine can read back."""

from __future__ import annotations

import io

import numpy as np
import qrcode
from PIL import Image, ImageDraw, ImageFont
from pyzbar import pyzbar

from tests.pictures import exif, portrait, written

PRINTED = "zhengzhao test card 000"
PAPER, INK, TABLE = (232, 240, 238), (40, 44, 60), (120, 96, 74)


def card(width: int = 1585, title: str = "ID card, front", printed: str = PRINTED) -> Image.Image:
    """A card of 1.585 : 1 with a drawn head, lines of print and the code."""
    image = Image.new("RGB", (width, round(width / 1.585)), PAPER)
    pen, unit = ImageDraw.Draw(image), width / 100
    pen.rounded_rectangle((unit, unit, width - unit, image.height - unit), 3 * unit, outline=INK, width=round(unit / 3))
    pen.text((6 * unit, 6 * unit), title, INK, ImageFont.load_default(round(5 * unit)))
    for line in range(4):
        words = ImageFont.load_default(round(2.6 * unit))
        pen.text((6 * unit, (18 + 6 * line) * unit), f"line {line}: 44010419990412000X", INK, words)
    pen.ellipse((74 * unit, 8 * unit, 86 * unit, 22 * unit), (214, 176, 150))
    pen.pieslice((68 * unit, 22 * unit, 92 * unit, 46 * unit), 180, 360, (70, 84, 120))
    image.paste(_code(printed, round(18 * unit)), (round(6 * unit), round(43 * unit)))
    return image


def on_a_table(width: int, height: int, front: Image.Image | None = None) -> Image.Image:
    """The card as a camera sees it: lying on a table, with a sensor's grain over all of it."""
    image = Image.new("RGB", (width, height), TABLE)
    front = front or card(round(width * 0.86))
    image.paste(front, ((width - front.width) // 2, (height - front.height) // 2))
    grain = np.random.default_rng(7).integers(-16, 17, (height, width, 1), dtype=np.int16)
    return Image.fromarray(np.clip(np.asarray(image, dtype=np.int16) + grain, 0, 255).astype(np.uint8))


def held(width: int = 1200, height: int = 1600) -> Image.Image:
    """A person before a wall with a card in the lower part of the picture."""
    image = portrait(width, height).copy()
    front = card(round(width * 0.5))
    image.paste(front, ((width - front.width) // 2, height - front.height - 20))
    return image


def jpeg(image: Image.Image, quality: int = 85, orientation: int = 1) -> bytes:
    """As a phone writes it."""
    return written(image, "JPEG", quality=quality, exif=exif(orientation))


def large(megabytes: int = 6) -> bytes:
    """A 12-megapixel JPEG of at least so many MB, stored lying on its side as phones do."""
    picture = on_a_table(4000, 3000).transpose(Image.Transpose.ROTATE_90)
    quality = next(q for q in range(90, 101, 2) if len(jpeg(picture, q, 6)) >= megabytes << 20)
    return jpeg(picture, quality, 6)


def print_on(body: bytes) -> str | None:
    """What a machine reads off the picture, or None."""
    found = pyzbar.decode(Image.open(io.BytesIO(body)), [pyzbar.ZBarSymbol.QRCODE])
    return found[0].data.decode() if found else None


def _code(text: str, size: int) -> Image.Image:
    made: Image.Image = qrcode.make(text, border=2).get_image()
    return made.convert("RGB").resize((size, size), Image.Resampling.NEAREST)
