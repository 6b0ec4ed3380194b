"""Pose of the head, and expression: eyes open, mouth closed."""

from __future__ import annotations

import math

import numpy as np

from app.imaging.checks.check import Check
from app.imaging.measuring import MEASURING
from app.imaging.networks import Floats
from app.imaging.scene import regions
from app.imaging.scene.scene import Scene

EYES = MEASURING.eyes


def roll(scene: Scene) -> float | None:
    """Degrees that the line of the eyes falls to the right in the picture."""
    if scene.landmarks is None:
        return None
    left, right = scene.landmarks.points[[regions.LEFT_IRIS, regions.RIGHT_IRIS], :2]
    return math.degrees(math.atan2(right[1] - left[1], right[0] - left[0]))


def eyes_open(scene: Scene) -> float | None:
    """How far the more closed eye is closed, 0 to 1; None when the distance of the lids contradicts the network."""
    if scene.landmarks is None:
        return None
    points, blink = scene.landmarks.points, scene.landmarks.blink
    opening = min(_apart(points, *lids) for lids in (regions.LEFT_LIDS, regions.RIGHT_LIDS)) / _eye_to_chin(points)
    return blink if (blink > EYES.half_closed) == (opening < EYES.narrow) else None


def mouth_closed(scene: Scene) -> float | None:
    """The gap between the lips over the distance from eyes to chin."""
    if scene.landmarks is None:
        return None
    points = scene.landmarks.points
    return _apart(points, regions.UPPER_LIP, regions.LOWER_LIP) / _eye_to_chin(points)


def _apart(points: Floats, one: int, other: int) -> float:
    return float(np.linalg.norm(points[one, :2] - points[other, :2]))


def _eye_to_chin(points: Floats) -> float:
    eyes = points[[regions.LEFT_IRIS, regions.RIGHT_IRIS], :2].mean(axis=0)
    return float(np.linalg.norm(points[regions.CHIN, :2] - eyes))


CHECKS = (
    Check("roll", roll),
    Check("yaw", lambda scene: scene.pose.yaw if scene.pose else None),
    Check("pitch", lambda scene: scene.pose.pitch if scene.pose else None),
    Check("eyes_open", eyes_open),
    Check("mouth_closed", mouth_closed),
)
