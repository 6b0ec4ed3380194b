"""Face detection: BlazeFace short range and full range, and the combination of both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from app.imaging.measuring import MEASURING
from app.imaging.networks.network import Floats, Network, pixels, sigmoid
from app.imaging.networks.weights import FULL_RANGE, SHORT_RANGE

SEARCH = MEASURING.faces


@dataclass(frozen=True, eq=False)
class Face:
    """A face in px of the view: `box` left, top, right, bottom; `points` 6×2: eyes (left in the picture first), nose,
    mouth, ears; `score` 0 to 1; `seen_by` one or both detectors."""

    box: Floats
    points: Floats
    score: float
    seen_by: int = 1

    @property
    def certain(self) -> bool:
        """Whether it is a face rather than a pattern that looks like one."""
        return self.seen_by > 1 or self.score >= SEARCH.certain

    def is_same(self, other: Face) -> bool:
        """Whether both boxes are around one face."""
        return bool(_overlap(self.box, other.box[None])[0] > SEARCH.same)

    @property
    def width(self) -> float:
        """Of the box."""
        return float(self.box[2] - self.box[0])


class FaceDetector:
    """A network with its anchors; `grids` are pairs: cells per side, anchors per cell."""

    def __init__(self, name: str, *grids: tuple[int, int]) -> None:
        self.network = Network(name)
        self._anchors = np.concatenate([_centres(cells, each) for cells, each in grids])

    def find(self, view: Image.Image) -> list[Face]:
        """The faces in a picture, surest first."""
        side = self.network.side
        square, scale, offset = _letterboxed(view, side)
        places, scores = self.network(pixels(square) * 2 - 1)
        places, chances = places[0], sigmoid(scores[0, :, 0])
        likely = chances > SEARCH.least_score
        shape = places[likely].reshape(-1, 8, 2) / side
        shape[:, 0] += self._anchors[likely]
        shape[:, 2:] += self._anchors[likely, None]
        shape *= side
        shape[:, 1] /= scale
        shape[:, 0] = (shape[:, 0] - offset) / scale
        shape[:, 2:] = (shape[:, 2:] - offset) / scale
        boxes = np.concatenate([shape[:, 0] - shape[:, 1] / 2, shape[:, 0] + shape[:, 1] / 2], axis=1)
        return list(_merged(boxes, shape[:, 2:], chances[likely]))


class FaceDetectors:
    """Short range finds large faces, full range small ones behind; each misses faces that the other finds.

    Short range is also run on the two upper corners: a face of a sixth of the candidate's size is found only there.
    """

    def __init__(self) -> None:
        self.near = FaceDetector(SHORT_RANGE, *((cells, each) for cells, each in SEARCH.anchors))
        self.far = FaceDetector(FULL_RANGE, (48, 1))

    def find(self, view: Image.Image) -> list[Face]:
        """The faces that at least one finds, largest first."""
        near, far, small = self.near.find(view), self.far.find(view), self._in_corners(view)
        found = near + [face for face in far if not _seen(face, near)]
        found += [face for face in small if not _seen(face, found)]
        counted = (replace(face, seen_by=_seen(face, near + small) + _seen(face, far)) for face in found)
        return sorted(counted, key=lambda face: -face.width)

    def _in_corners(self, view: Image.Image) -> list[Face]:
        side = round(SEARCH.corner * min(view.size))
        lefts = (0, view.width - side)
        return [
            _moved(face, left) for left in lefts for face in self.near.find(view.crop((left, 0, left + side, side)))
        ]


def _moved(face: Face, right: float) -> Face:
    by = np.array([right, 0], np.float32)
    return replace(face, box=face.box + np.tile(by, 2), points=face.points + by)


def _seen(face: Face, others: Iterable[Face]) -> bool:
    return any(face.is_same(other) for other in others)


def _centres(cells: int, each: int) -> Floats:
    """The middles of a grid's cells, 0 to 1, row by row, each repeated."""
    steps = (np.arange(cells, dtype=np.float32) + 0.5) / cells
    grid = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    return np.repeat(grid, each, axis=0)


def _letterboxed(view: Image.Image, side: int) -> tuple[Image.Image, float, Floats]:
    """The picture in the middle of a black square, its scale, and its upper left corner there."""
    scale = side / max(view.size)
    size = (round(view.width * scale), round(view.height * scale))
    small = view.resize(size, Image.Resampling.BILINEAR, reducing_gap=1)
    corner = ((side - small.width) // 2, (side - small.height) // 2)
    square = Image.new("RGB", (side, side))
    square.paste(small, corner)
    return square, scale, np.array(corner, np.float32)


def _merged(boxes: Floats, points: Floats, scores: Floats) -> Iterable[Face]:
    """Boxes of one face become their mean, weighted by score."""
    left = np.argsort(-scores)
    while left.size:
        same = _overlap(boxes[left[0]], boxes[left]) > SEARCH.same
        group = left[same]
        share = scores[group] / scores[group].sum()
        yield Face(share @ boxes[group], np.tensordot(share, points[group], 1), float(scores[group[0]]))
        left = left[~same]


def _overlap(box: Floats, boxes: Floats) -> Floats:
    """How much of the smaller box lies in the other, for one box with several."""
    sides = np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2])
    areas = (boxes[:, 2:] - boxes[:, :2]).prod(axis=1)
    shared: Floats = np.clip(sides, 0, None).prod(axis=1) / np.minimum((box[2:] - box[:2]).prod(), areas)
    return shared
