"""Everything that the checks measure in a picture; each property is computed once, when it is first read.

Three scales: the *original*, the *view* (at most 640 px, the input of the networks), the *portrait* (480×640, the crop
that would be registered). Faces, landmarks and the crop are in px of the view; colours and textures are measured in the
portrait, so that they are comparable between cameras.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter

from app.imaging.intake.decode import Picture
from app.imaging.measuring import MEASURING
from app.imaging.networks import Face, Floats, Landmarks, Pose, networks
from app.imaging.packs.pack import Pack
from app.imaging.registered_photo import encode
from app.imaging.scene import regions
from app.imaging.scene.background import Background
from app.imaging.scene.closer import SMALL, close_up
from app.imaging.scene.crop import Crop, Head, best_crop, largest_crop
from app.imaging.scene.regions import Mask
from app.imaging.scene.silhouette import PERSON, hair_top

VIEW = 640
PRESENT = 0.5
FILLING = 256  # px of the portrait: about the width of a face's box there
LIGHT = MEASURING.light


class Scene:
    """One picture under one rule pack."""

    def __init__(self, size: int, picture: Picture, pack: Pack) -> None:
        self.size = size
        self.picture = picture
        self.pack = pack

    @property
    def usable_width(self) -> float:
        """Width, in px of the original, of the largest upright part with the proportions of the registered picture."""
        width, height = self.pack.crop.size
        return min(self.picture.width, self.picture.height * width / height)

    @cached_property
    def view(self) -> Image.Image:
        """The input of the networks."""
        image = self.picture.image
        share = VIEW / max(image.size)
        size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
        return image.resize(size, Image.Resampling.BILINEAR, reducing_gap=1)

    @property
    def scale(self) -> float:
        """Px of the original for one of the view."""
        return max(self.picture.width, self.picture.height) / VIEW

    @cached_property
    def faces(self) -> list[Face]:
        """All faces, largest first."""
        return networks().faces(self.view)

    @property
    def largest_face(self) -> Face | None:
        """The largest certain face."""
        return next((face for face in self.faces if face.certain), next(iter(self.faces), None))

    @cached_property
    def detailed(self) -> Image.Image:
        """The whole picture with px enough for that face, if the original has them."""
        if self.largest_face is None or self.largest_face.width >= SMALL:
            return self.picture.image
        return self.picture.detailed(self.view.width * FILLING / self.largest_face.width)

    @cached_property
    def landmarks(self) -> Landmarks | None:
        """Those of the largest certain face, in px of the view; None without a face."""
        if self.largest_face is None:
            return None
        if self.largest_face.width < SMALL and self.picture.width > self.view.width:
            found = close_up(self.view, self.detailed, self.largest_face).landmarks(self.largest_face)
        else:
            found = networks().landmarks(self.view, self.largest_face)
        return found if found.presence >= PRESENT else None

    @cached_property
    def pose(self) -> Pose | None:
        """How the head is turned."""
        return networks().mesh.pose(self.landmarks.points) if self.landmarks else None

    @cached_property
    def silhouette(self) -> Image.Image:
        """Where people are, in px of the view: an "L" picture, 255 where it is certain."""
        return networks().silhouette(self.view)

    @cached_property
    def head(self) -> Head | None:
        """Where the head is, in px of the view."""
        if self.landmarks is None:
            return None
        points = self.landmarks.points[:, :2]
        eyes = float(points[[regions.LEFT_IRIS, regions.RIGHT_IRIS], 1].mean())
        sides = points[[regions.LEFT_SIDE, regions.RIGHT_SIDE]]
        width, centre = float(np.linalg.norm(sides[1] - sides[0])), float(sides[:, 0].mean())
        return Head(hair_top(np.asarray(self.silhouette) > PERSON, centre, eyes, width), eyes, width, centre)

    @cached_property
    def crop(self) -> Crop:
        """The part that would be registered; without a face the middle of the picture."""
        if self.head is None:
            return largest_crop(self.view.size, self.pack)
        finest = self.pack.crop.width.value * self.scale / self.pack.least_sides[0]
        return best_crop(self.view.size, self.head, finest, self.pack)

    @cached_property
    def portrait(self) -> Image.Image:
        """The crop at the registered size, 480×640."""
        size = self.pack.crop.size
        box = self.crop.box(self.pack)
        if self.view.size == size and np.allclose(box, (0, 0, *size), atol=0.1):
            return self.view
        needed = size[0] * self.view.width / (box[2] - box[0])
        image = self.detailed if self.detailed.width >= needed else self.picture.detailed(needed)
        within = _clipped(self.crop.box(self.pack, image.width / self.view.width), image.size)
        return image.resize(size, Image.Resampling.BILINEAR, box=within, reducing_gap=1)

    @cached_property
    def registered_photo(self) -> bytes | None:
        """The JPEG to be registered, with a size as near to the limits as possible; None without a face."""
        return encode(self.portrait, self.pack) if self.head else None

    @cached_property
    def points(self) -> Floats | None:
        """The landmarks in px of the portrait."""
        if self.landmarks is None:
            return None
        shifted = self.landmarks.points - np.array([self.crop.left, self.crop.top, 0], np.float32)
        scaled: Floats = shifted * np.float32(self.crop.scale)
        return scaled

    @cached_property
    def colours(self) -> npt.NDArray[np.uint8]:
        """The portrait: height × width × 3."""
        return np.asarray(self.portrait)

    @cached_property
    def grey(self) -> Image.Image:
        """The portrait's luminance."""
        return self.portrait.convert("L")

    @cached_property
    def cropped_silhouette(self) -> Image.Image:
        """Where people are, in px of the portrait."""
        box = _clipped(self.crop.box(self.pack), self.silhouette.size)
        return self.silhouette.resize(self.portrait.size, Image.Resampling.BILINEAR, box=box)

    @cached_property
    def background(self) -> Background:
        """What is behind the person."""
        return Background(self.portrait, self.cropped_silhouette)

    @cached_property
    def face(self) -> Image.Image | None:
        """The box around the face in the portrait, in grey; None without a face."""
        if self.points is None:
            return None
        box = regions.drawn(self.portrait.size, self.points, regions.OVAL).getbbox()
        return self.grey.crop(box) if box else None

    @cached_property
    def face_area(self) -> tuple[slice, slice]:
        """Rows and columns of the portrait that hold all landmarks; empty slices without a face."""
        if self.points is None:
            return slice(0), slice(0)
        left, top = np.maximum(self.points[:, :2].min(axis=0), 0).astype(int)
        right, bottom = np.maximum(self.points[:, :2].max(axis=0) + 2, 0).astype(int)
        return slice(top, min(bottom, self.portrait.height)), slice(left, min(right, self.portrait.width))

    @cached_property
    def blurred(self) -> tuple[Floats, Floats] | None:
        """The face in grey after the fine and after the coarse blur; None without a face."""
        if self.face is None:
            return None
        fine, coarse = (self.face.filter(ImageFilter.GaussianBlur(radius)) for radius in (LIGHT.fine, LIGHT.coarse))
        return np.asarray(fine, np.float32), np.asarray(coarse, np.float32)

    @cached_property
    def levels(self) -> Floats:
        """The share of px at each of 256 levels of luminance in the face below the brows (hair over it is left out)."""
        counts = np.array(self.grey.histogram(self._below_brows), np.float32)
        shares: Floats = counts / max(counts.sum(), 1)
        return shares

    @property
    def _below_brows(self) -> Image.Image:
        """A mask in px of the portrait; without a face, of the oval in which the guide puts one."""
        if self.points is not None:
            return regions.drawn(self.portrait.size, self.points, regions.BELOW_BROWS)
        mask = Image.new("L", self.portrait.size)
        ImageDraw.Draw(mask).ellipse(self.pack.guide_oval, fill=255)
        return mask

    def part(self, *polygons: tuple[int, ...]) -> Mask | None:
        """Which px of the portrait, within `face_area`, lie in these parts of the face; None without a face."""
        if self.points is None:
            return None
        rows, columns = self.face_area
        size = max(0, columns.stop - columns.start), max(0, rows.stop - rows.start)
        return regions.inside(size, self.points - np.array([columns.start, rows.start, 0], np.float32), *polygons)


def _clipped(box: tuple[float, float, float, float], size: tuple[int, int]) -> tuple[float, float, float, float]:
    """The box within a picture of this size; rounding may have put it outside."""
    return max(0.0, box[0]), max(0.0, box[1]), min(float(size[0]), box[2]), min(float(size[1]), box[3])
