"""Where the face is, in px of the registered picture, in the best crop."""

from __future__ import annotations

import numpy as np

from app.imaging.checks.check import Check
from app.imaging.scene import regions
from app.imaging.scene.scene import Scene
from app.imaging.scene.silhouette import PERSON, shoulder_slope


def single_face(scene: Scene) -> float | None:
    """How many faces; None when one may be a pattern."""
    certain = sum(face.certain for face in scene.faces)
    return certain if certain == len(scene.faces) or certain > 1 else None


def hair_line(scene: Scene) -> float | None:
    """Top of the hair below the upper edge."""
    if scene.head is None or scene.head.hair is None:
        return None
    return (scene.head.hair - scene.crop.top) * scene.crop.scale


def eye_line(scene: Scene) -> float | None:
    """Middle of the eyes below the upper edge."""
    return (scene.head.eyes - scene.crop.top) * scene.crop.scale if scene.head else None


def face_width(scene: Scene) -> float | None:
    """From side to side, before the ears."""
    return scene.head.width * scene.crop.scale if scene.head else None


def centring(scene: Scene) -> float | None:
    """Distance of the face's middle from the middle, as a share of the width."""
    if scene.head is None:
        return None
    middle = (scene.head.centre - scene.crop.left) * scene.crop.scale
    return abs(middle / scene.pack.crop.width.value - 0.5)


def inter_eye_distance(scene: Scene) -> float | None:
    """Between the irises, in px of the original."""
    if scene.landmarks is None:
        return None
    left, right = scene.landmarks.points[[regions.LEFT_IRIS, regions.RIGHT_IRIS], :2]
    return float(np.linalg.norm(right - left)) * scene.scale


def shoulders(scene: Scene) -> float | None:
    """Degrees by which one is lower than the other; above 0 the right one in the picture."""
    if scene.head is None:
        return None
    silhouette = np.asarray(scene.cropped_silhouette) > PERSON
    crop, head = scene.crop, scene.head
    centre, eyes, width = (head.centre - crop.left), (head.eyes - crop.top), head.width
    return shoulder_slope(silhouette, *(each * crop.scale for each in (centre, eyes, width)))


CHECKS = (
    Check("single_face", single_face),
    Check("hair_line", hair_line),
    Check("eye_line", eye_line),
    Check("face_width", face_width),
    Check("centring", centring),
    Check("inter_eye_distance", inter_eye_distance),
    Check("shoulders", shoulders),
)
