"""Pose of the head: the rotation that lays the landmarks onto the canonical face (weighted orthogonal Procrustes)."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.imaging.networks import weights
from app.imaging.networks.network import Floats

VARINT, BYTES = 0, 2  # wire types of protobuf; the third that occurs has four bytes
CORNER = 5  # x, y, z and the two texture coordinates of a vertex


@dataclass(frozen=True)
class Pose:
    """Degrees. `pitch` above 0: chin down; `yaw` above 0: turned to the right in the picture; `roll` above 0: the
    head leans clockwise in the picture."""

    pitch: float
    yaw: float
    roll: float


class Mesh:
    """The canonical face of the landmark model: its `chosen` points for the pose, their shares and their places."""

    def __init__(self) -> None:
        corners: list[float] = []
        basis: list[tuple[int, float]] = []
        for field, _number, value in _fields(weights.path(weights.MESH).read_bytes()):
            if field == 1:
                corners.extend(_vertices(value))
            elif field == 2:
                basis.append(_weighted(value))
        shape = np.array(corners, np.float32).reshape(-1, CORNER)[:, :3]
        self.chosen = np.array([index for index, _weight in basis])
        share = np.array([weight for _index, weight in basis], np.float32)
        self.share = (share / share.sum())[:, None]
        self.shape = shape[self.chosen] - (shape[self.chosen] * self.share).sum(axis=0)

    def pose(self, points: Floats) -> Pose:
        """The pose of 478 landmarks."""
        seen = points[self.chosen] * np.array([1, -1, -1], np.float32)
        seen = seen - (seen * self.share).sum(axis=0)
        left, _sizes, right = np.linalg.svd((self.shape * self.share).T @ seen)
        mirror = np.array([1, 1, np.sign(np.linalg.det(right.T @ left.T))])
        turn = right.T @ np.diag(mirror) @ left.T
        pitch, yaw = math.atan2(turn[2, 1], turn[2, 2]), math.atan2(-turn[2, 0], math.hypot(turn[0, 0], turn[1, 0]))
        return Pose(*map(math.degrees, (pitch, yaw, -math.atan2(turn[1, 0], turn[0, 0]))))


def _weighted(point: bytes) -> tuple[int, float]:
    """Index of a landmark and its weight for the pose."""
    numbers, values = {}, {}
    for field, number, value in _fields(point):
        numbers[field], values[field] = number, value
    return numbers.get(1, 0), struct.unpack("<f", values[2])[0]


def _vertices(mesh: bytes) -> Iterator[float]:
    """The vertex buffer: floats, packed."""
    for field, _number, value in _fields(mesh):
        if field == 3:
            yield from struct.unpack(f"<{len(value) // 4}f", value)


def _fields(message: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The fields of a protocol buffer: each with its name, which is a number, and its value: a number, or bytes."""
    position = 0
    while position < len(message):
        tag, position = _varint(message, position)
        field, wire = tag >> 3, tag & 7
        if wire == VARINT:
            value, position = _varint(message, position)
            yield field, value, b""
            continue
        size, position = _varint(message, position) if wire == BYTES else (4, position)
        yield field, 0, message[position : position + size]
        position += size


def _varint(message: bytes, position: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where it ends."""
    number = shift = 0
    while True:
        byte = message[position]
        number |= (byte & 0x7F) << shift
        shift, position = shift + 7, position + 1
        if byte < 0x80:
            return number, position
