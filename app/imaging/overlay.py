"""The overlay for the preview: a PNG of the view's size with background, landmarks and crop; mostly transparent."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageDraw

from app.imaging.scene.background import CERTAIN
from app.imaging.scene.scene import Scene

NOTHING, BACKGROUND, POINT, CROP = range(4)
PALETTE = (0, 0, 0, 30, 110, 220, 0, 200, 90, 240, 60, 40)
ALPHA = bytes((0, 70, 255, 255))
DOT = np.array([(0, 0), (1, 0), (0, 1), (1, 1)])


def overlay(scene: Scene) -> bytes:
    """Background tinted, landmarks as dots, the crop as a rectangle."""
    image = Image.new("P", scene.view.size, NOTHING)
    image.putpalette(PALETTE)
    image.paste(BACKGROUND, mask=scene.silhouette.point(lambda level: 255 if level <= CERTAIN else 0))
    draw = ImageDraw.Draw(image)
    left, top, right, bottom = scene.crop.box(scene.pack)
    draw.rectangle((left, top, right - 1, bottom - 1), outline=CROP, width=2)
    if scene.landmarks:
        corners = scene.landmarks.points[:, None, :2].round().astype(int)
        draw.point((corners + DOT).ravel().tolist(), fill=POINT)
    into = io.BytesIO()
    image.save(into, "PNG", transparency=ALPHA, bits=2, compress_level=2)
    return into.getvalue()
