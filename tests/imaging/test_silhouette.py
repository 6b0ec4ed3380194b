"""Where the shoulders are, on drawn outlines of people."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from app.imaging.scene.silhouette import shoulder_slope

CENTRE, EYES = 240, 250


def slope(person: NDArray[np.bool_]) -> float:
    """Of a person whose shoulders are seen."""
    found = shoulder_slope(person, CENTRE, EYES, 200)
    assert found is not None
    return found


def outline(left: int, right: int, face: int = 200) -> NDArray[np.bool_]:
    """A head, a neck, and shoulders whose tops are at these rows."""
    person = np.zeros((640, 480), np.bool_)
    person[80:420, int(CENTRE - face / 2) : int(CENTRE + face / 2)] = True
    person[left:, :CENTRE] = person[right:, CENTRE:] = True
    return person


def test_level_shoulders_are_level() -> None:
    assert shoulder_slope(outline(480, 480), CENTRE, EYES, 200) == 0


def test_a_slope_is_told_in_degrees_and_by_its_side() -> None:
    assert shoulder_slope(outline(460, 500), CENTRE, EYES, 200) == pytest.approx(math.degrees(math.atan2(40, 380)))
    assert slope(outline(500, 460)) < 0


@pytest.mark.parametrize("face", [240, 260, 300])
def test_of_faces_as_wide_as_the_rules_allow_the_shoulders_are_seen_too(face: int) -> None:
    assert shoulder_slope(outline(500, 500, face), CENTRE, EYES, face) == 0


def test_where_the_picture_ends_at_the_neck_nothing_is_said() -> None:
    assert shoulder_slope(outline(500, 500), 120, EYES, 200) is None


def test_shoulders_below_the_picture_are_not_seen() -> None:
    assert shoulder_slope(outline(640, 640), CENTRE, EYES, 200) is None
