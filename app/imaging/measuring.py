"""The numbers of `measuring.toml`, by which the server and the phone measure the same."""

from __future__ import annotations

import tomllib
from pathlib import Path

from app.imaging.packs.pack_schema import Strict


class CropSearch(Strict):
    """How the crop is chosen."""

    steps: int
    inset: float
    serious: float
    aim: float
    filling: float


class FaceSearch(Strict):
    """Which faces count."""

    least_score: float
    certain: float
    same: float
    corner: float
    anchors: list[list[int]]


class SilhouetteReading(Strict):
    """Where people are; `person` as a share of the network's scale."""

    person: float
    band: float
    filled: float


class BackgroundReading(Strict):
    """How the background is measured; `certain` as a share of the network's scale, `clear` in px."""

    reduction: int
    certain: float
    clear: int
    least: float
    few: int
    columns: int


class LightReading(Strict):
    """Bands of luminance (0–255), fewest px of a part, and the sigmas in px of two blurs."""

    dark: int
    bright: int
    black: int
    few: int
    fine: float
    coarse: float


class EyesReading(Strict):
    """When eyes count as closed: `half_closed` of a scale from 0 to 1, `narrow` as a share of eyes to chin."""

    half_closed: float
    narrow: float


class ColourSpace(Strict):
    """`to_xyz`: linear sRGB to XYZ over the white point, 3×3."""

    to_xyz: list[list[float]]


class Measuring(Strict):
    """All of them; the comments stand in the file."""

    crop: CropSearch
    faces: FaceSearch
    silhouette: SilhouetteReading
    background: BackgroundReading
    light: LightReading
    eyes: EyesReading
    colour: ColourSpace


MEASURING = Measuring.model_validate(tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")))
