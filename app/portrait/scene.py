"""Everything the checks may ask about a picture, computed once and only when asked: no order to keep by hand."""

from __future__ import annotations

from functools import cached_property

from PIL import Image, ImageDraw, ImageOps

from app.portrait.decode import Picture
from app.portrait.pack import Pack

LEVELS = 256


class Scene:
    """One picture under one rule pack."""

    def __init__(self, size: int, picture: Picture, pack: Pack) -> None:
        self.size = size
        self.picture = picture
        self._pack = pack

    @property
    def usable_width(self) -> float:
        """Width in px, in the original, of the largest upright part that has the proportions of the registered one."""
        width, height = self._frame
        return min(self.picture.width, self.picture.height * width / height)

    @cached_property
    def crop(self) -> Image.Image:
        """The middle of the picture at the size of the registered one (480×640)."""
        image, (width, height) = self.picture.image, self._frame
        spare = min(image.width // width, image.height // height)
        return ImageOps.fit(image.reduce(spare) if spare > 1 else image, self._frame, Image.Resampling.BILINEAR)

    @cached_property
    def face_histogram(self) -> list[int]:
        """Luminance of the face: 256 counts."""
        return self.crop.convert("L").histogram(self._face_mask)

    def luminance_share(self, low: int, high: int) -> float:
        """Share of the face whose luminance is in low..high, both inclusive."""
        return sum(self.face_histogram[low : high + 1]) / sum(self.face_histogram)

    @property
    def luminance_mean(self) -> float:
        """Mean luminance of the face, 0 to 1."""
        weighted = sum(level * count for level, count in enumerate(self.face_histogram))
        return weighted / sum(self.face_histogram) / (LEVELS - 1)

    @cached_property
    def _face_mask(self) -> Image.Image:
        """Where the guide puts the face: from the brows to the chin, as a black fringe is not a dark face."""
        hair, eyes, face = (self._middle(check) for check in ("hair_line", "eye_line", "face_width"))
        chin, brows = 2 * eyes - hair, (hair + 2 * eyes) / 3
        centre, reach = self._frame[0] / 2, 0.4 * face
        mask = Image.new("L", self._frame)
        ImageDraw.Draw(mask).ellipse((centre - reach, brows, centre + reach, chin), fill=255)
        return mask

    def _middle(self, check: str) -> float:
        low, high = self._pack.checks[check].limits
        return ((low or 0) + (high or 0)) / 2

    @cached_property
    def _frame(self) -> tuple[int, int]:
        return int(self._pack.crop.width.value), int(self._pack.crop.height.value)
