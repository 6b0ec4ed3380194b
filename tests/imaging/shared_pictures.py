"""What tests/shared/measures.json describes, painted for the server's modules. As tests/js/shared.js."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from app.imaging.intake.decode import Picture
from app.imaging.networks import Face, Floats, Landmarks
from app.imaging.packs.pack import load
from app.imaging.scene.crop import Crop
from app.imaging.scene.scene import Scene

SHARED: dict[str, Any] = json.loads((Path(__file__).parents[1] / "shared" / "measures.json").read_text("utf-8"))
WIDTH, HEIGHT, SIDE = 480, 640, 256
PACK = load()
LANDMARKS = 478

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


def covers(layer: dict[str, Any], x: Numbers, y: Numbers) -> Mask:
    """Where a layer covers the picture."""
    if layer.get("all"):
        return np.ones(x.shape, np.bool_)
    if "rect" in layer:
        left, top, right, bottom = layer["rect"]
        within: npt.NDArray[np.bool_] = (x >= left) & (y >= top) & (x < right) & (y < bottom)
        return within
    cx, cy, rx, ry = layer["ellipse"]
    inside: npt.NDArray[np.bool_] = ((x - cx) * ry) ** 2 + ((y - cy) * rx) ** 2 <= (rx * ry) ** 2
    shown: npt.NDArray[np.bool_] = inside & (x >= layer.get("from", 0))
    return shown


def texture(layer: dict[str, Any], x: Numbers, y: Numbers) -> Numbers:
    """What a layer adds to its colour."""
    added: Numbers = x * layer.get("fade", 0) // 100
    if ripple := layer.get("ripple"):
        amplitude, period = ripple["amplitude"], ripple["period"]
        added = added + amplitude * (2 * abs(2 * ((x + 2 * y) % period) - period) - period) // period
    if stripes := layer.get("stripes"):
        added = added + stripes["amplitude"] * (x // stripes["period"] % 2)
    return added


def image_of(picture: dict[str, Any]) -> Image.Image:
    """The picture, 480×640."""
    y, x = np.mgrid[:HEIGHT, :WIDTH].astype(np.int64)
    painted = np.full((HEIGHT, WIDTH, 3), 255, np.int64)
    for layer in picture["layers"]:
        where = covers(layer, x, y)
        painted[where] = (np.array(layer["rgb"]) + texture(layer, x, y)[..., None])[where]
    return Image.fromarray(painted.clip(0, 255).astype(np.uint8))


def silhouette_of(picture: dict[str, Any]) -> Image.Image:
    """What the network would say where people are, in px of the picture."""
    row, column = np.mgrid[:SIDE, :SIDE].astype(np.int64)
    x, y = (2 * column + 1) * WIDTH // (2 * SIDE), (2 * row + 1) * HEIGHT // (2 * SIDE)
    levels = np.zeros((SIDE, SIDE), np.int64)
    for layer in picture["silhouette"]:
        levels = np.maximum(levels, layer["level"] * covers(layer, x, y))
    square = Image.fromarray(levels.astype(np.uint8))
    return square.resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR)


def landmarks_of(points: list[list[float]]) -> Landmarks:
    """The canonical landmarks laid on a face: in steps from eye to eye and from the eyes to the mouth."""
    left, right, _nose, mouth = np.array(points[:4])
    eyes = (left + right) / 2
    placed = np.tile(np.append(eyes, 0), (LANDMARKS, 1))
    for number, (u, v) in SHARED["landmarks"].items():
        placed[int(number), :2] = eyes + u * (right - left) + v * (mouth - eyes)
    return Landmarks(placed.astype(np.float32), presence=1, blink=0)


def scene_of(picture: dict[str, Any]) -> Scene:
    """The scene of a picture, as if the networks had seen what the fixture says; measured in the whole of it."""
    image, scale = image_of(picture), picture["scale"]
    scene = Scene(60_000, Picture(image, WIDTH * scale, HEIGHT * scale), PACK)
    faces = [_face(each) for each in picture["faces"]]
    landmarks = landmarks_of(picture["faces"][0]["points"]) if faces else None
    vars(scene).update(view=image, faces=faces, landmarks=landmarks, silhouette=silhouette_of(picture))
    vars(scene).update(crop=Crop(0, 0, 1))
    return scene


def _face(found: dict[str, Any]) -> Face:
    box, points = (np.array(found[name], np.float32) for name in ("box", "points"))
    return Face(box, points, found["score"])


class Network:
    """Stands for the network of faces: answers what a detection of the fixture says."""

    side = 128

    def __init__(self, found: list[dict[str, Any]]) -> None:
        self._places, self._scores = np.zeros((1, 896, 16), np.float32), np.full((1, 896, 1), -20, np.float32)
        for each in found:
            self._places[0, each["anchor"]], self._scores[0, each["anchor"]] = each["numbers"], each["score"]

    def __call__(self, _values: Floats) -> list[Floats]:
        return [self._places, self._scores]


@cache
def blank() -> Image.Image:
    """A view of the usual size."""
    return Image.new("RGB", (WIDTH, HEIGHT))
