"""The networks, each loaded with its first use or by `warm`. They see a view: the picture at about 480×640."""

from __future__ import annotations

from functools import cache, cached_property

import numpy as np
from PIL import Image

from app.imaging.networks.faces import Detectors, Face
from app.imaging.networks.landmarks import Landmarks, Reader
from app.imaging.networks.network import Floats, Network, pixels
from app.imaging.networks.pose import Mesh, Pose
from app.imaging.networks.weights import PERSON

__all__ = ["Face", "Floats", "Landmarks", "Networks", "Pose", "networks"]


class Networks:
    """What can be asked about a view. Not for several threads."""

    @cached_property
    def _detectors(self) -> Detectors:
        return Detectors()

    @cached_property
    def _reader(self) -> Reader:
        return Reader()

    @cached_property
    def _person(self) -> Network:
        return Network(PERSON)

    @cached_property
    def mesh(self) -> Mesh:
        """The canonical face."""
        return Mesh()

    def faces(self, view: Image.Image) -> list[Face]:
        """The faces, largest first."""
        return self._detectors.find(view)

    def landmarks(self, view: Image.Image, face: Face) -> Landmarks:
        """The landmarks of a face."""
        return self._reader.read(view, face)

    def person(self, view: Image.Image) -> Image.Image:
        """Where people are: an "L" picture of the view's size, 255 where it is certain."""
        side = self._person.side
        chances = self._person(pixels(view.resize((side, side), Image.Resampling.BILINEAR, reducing_gap=1)))[0][
            0, :, :, 0
        ]
        return Image.fromarray((chances * 255).astype(np.uint8)).resize(view.size, Image.Resampling.BILINEAR)

    def warm(self) -> None:
        """Load and run everything once."""
        near, far = self._detectors.near, self._detectors.far
        reader = self._reader
        for network in (near.network, far.network, reader.points, reader.expression, self._person):
            network.warm()
        _mesh = self.mesh


@cache
def networks() -> Networks:
    """Those of this process."""
    return Networks()
