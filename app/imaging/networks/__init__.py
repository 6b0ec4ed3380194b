"""The neural networks, each loaded on first use or by `warm`; their input is the view, the picture at about 480×640.

`faces` finds faces (BlazeFace), `landmarks` reads 478 points and blinking, `pose` turns points into angles, `network`
runs a model under LiteRT, `weights` fetches the models at set-up.
"""

from __future__ import annotations

from functools import cache, cached_property

import numpy as np
from PIL import Image

from app.imaging.networks.faces import Face, FaceDetectors
from app.imaging.networks.landmarks import LandmarkReader, Landmarks
from app.imaging.networks.network import Floats, Network, pixels
from app.imaging.networks.pose import Mesh, Pose
from app.imaging.networks.weights import SILHOUETTE

__all__ = ["Face", "Floats", "Landmarks", "Networks", "Pose", "networks"]


class Networks:
    """All networks of a process. Not thread-safe."""

    @cached_property
    def _detectors(self) -> FaceDetectors:
        return FaceDetectors()

    @cached_property
    def _reader(self) -> LandmarkReader:
        return LandmarkReader()

    @cached_property
    def _silhouette(self) -> Network:
        return Network(SILHOUETTE)

    @cached_property
    def mesh(self) -> Mesh:
        """The canonical face."""
        return Mesh()

    def faces(self, view: Image.Image) -> list[Face]:
        """The faces, largest first."""
        return self._detectors.find(view)

    def near(self, view: Image.Image) -> list[Face]:
        """The large faces, largest first."""
        return sorted(self._detectors.near.find(view), key=lambda face: -face.width)

    def landmarks(self, view: Image.Image, face: Face) -> Landmarks:
        """The landmarks of a face."""
        return self._reader.read(view, face)

    def silhouette(self, view: Image.Image) -> Image.Image:
        """Where people are: an "L" picture of the view's size, 255 where the network is certain."""
        side = self._silhouette.side
        square = view.resize((side, side), Image.Resampling.BILINEAR, reducing_gap=1)
        chances = self._silhouette(pixels(square))[0][0, :, :, 0]
        return Image.fromarray((chances * 255).astype(np.uint8)).resize(view.size, Image.Resampling.BILINEAR)

    def warm(self) -> None:
        """Load all networks and run each once."""
        near, far = self._detectors.near, self._detectors.far
        reader = self._reader
        for network in (near.network, far.network, reader.points, reader.expression, self._silhouette):
            network.warm()
        _mesh = self.mesh


@cache
def networks() -> Networks:
    """The networks of this process."""
    return Networks()
