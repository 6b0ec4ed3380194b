"""What the checks saw, to be laid over the preview: a PNG of four colours, mostly transparent, of the view's size."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from app.portrait.scene import Scene

NOTHING, WALL, POINT, CUT = range(4)
PALETTE = (0, 0, 0, 30, 110, 220, 0, 200, 90, 240, 60, 40)
ALPHA = bytes((0, 70, 255, 255))
BACKGROUND = 25  # as the checks take it


def overlay(scene: Scene) -> bytes:
    """Background tinted, landmarks as dots, the cut as a frame."""
    image = Image.new("P", scene.view.size, NOTHING)
    image.putpalette(PALETTE)
    image.paste(WALL, mask=scene.person.point(lambda level: 255 if level <= BACKGROUND else 0))
    draw = ImageDraw.Draw(image)
    left, top, right, bottom = scene.frame.box(scene.pack)
    draw.rectangle((left, top, right - 1, bottom - 1), outline=CUT, width=2)
    if scene.landmarks:
        for x, y, _depth in scene.landmarks.points.round().astype(int).tolist():
            draw.rectangle((x, y, x + 1, y + 1), fill=POINT)
    into = io.BytesIO()
    image.save(into, "PNG", transparency=ALPHA, bits=2, compress_level=3)
    return into.getvalue()
