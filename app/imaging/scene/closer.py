"""A closer look at a small face: landmarks that are read from few pixels are wrong by degrees."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from app.imaging.networks import Face, Landmarks, networks

SMALL = 160  # px of the view: a narrower face is looked at so large
AROUND = 1.6  # widths of the face to every side of its middle


@dataclass(frozen=True)
class CloseUp:
    """A part of a view: its upper left corner there, and how many times as large it is shown in `image`."""

    image: Image.Image
    left: float
    top: float
    times: float

    def landmarks(self, face: Face) -> Landmarks:
        """Those of a face of the view, found anew from near, in px of the view."""
        shift = np.array([self.left, self.top], np.float32)
        box, points = (face.box - np.tile(shift, 2)) * self.times, (face.points - shift) * self.times
        moved = replace(face, box=box, points=points)
        nearer = next((each for each in networks().near(self.image) if each.is_same(moved)), moved)
        found = networks().landmarks(self.image, nearer)
        points = found.points / np.float32(self.times)
        points[:, :2] += shift
        return replace(found, points=points)


def close_up(view: Image.Image, detailed: Image.Image, face: Face) -> CloseUp:
    """The surroundings of a face, out of a more detailed picture of the same."""
    share = detailed.width / view.width
    times = min(SMALL / face.width, share)
    x, y = (face.box[:2] + face.box[2:]) / 2
    reach = AROUND * face.width
    left, top = max(0.0, float(x - reach)), max(0.0, float(y - reach))
    right, bottom = min(float(view.width), float(x + reach)), min(float(view.height), float(y + reach))
    size = max(1, round((right - left) * times)), max(1, round((bottom - top) * times))
    box = (left * share, top * share, min(right * share, detailed.width), min(bottom * share, detailed.height))
    image = detailed.resize(size, Image.Resampling.BILINEAR, box=box, reducing_gap=1)
    return CloseUp(image, left, top, times)
