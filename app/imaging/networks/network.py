"""One network under LiteRT: an array in, arrays out. Single-threaded; an interpreter must not be shared by threads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt
from PIL import Image

from app.imaging.networks import weights

Floats = npt.NDArray[np.float32]


class Network:
    """The network in a file of `weights`. Raises FileNotFoundError when it is not installed."""

    def __init__(self, name: str) -> None:
        from ai_edge_litert.interpreter import Interpreter  # only worker processes need its libraries

        file = str(weights.path(name))
        with _quietly():
            self._interpreter = Interpreter(model_path=file, num_threads=1)
            self._interpreter.allocate_tensors()
        entry = self._interpreter.get_input_details()[0]
        self._entry, self.shape = entry["index"], tuple(map(int, entry["shape"]))
        self._exits = [each["index"] for each in self._interpreter.get_output_details()]

    @property
    def side(self) -> int:
        """Width and height in px of the picture it takes."""
        return self.shape[1]

    def __call__(self, values: Floats) -> list[Floats]:
        """The raw outputs for one input."""
        self._interpreter.set_tensor(self._entry, values.reshape(self.shape))
        self._interpreter.invoke()
        return [self._interpreter.get_tensor(each) for each in self._exits]

    def warm(self) -> None:
        """Run it once, since the first run is slow."""
        self(np.zeros(self.shape, np.float32))


@contextmanager
def _quietly() -> Iterator[None]:
    """Silence stderr, on which LiteRT prints its delegate; errors are still raised."""
    stderr, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(stderr, 2)
        os.close(stderr)
        os.close(nowhere)


def pixels(image: Image.Image) -> Floats:
    """Height × width × 3, 0 to 1."""
    return np.asarray(image, np.float32) / np.float32(255)


def sigmoid(values: Floats) -> Floats:
    """Logits to probabilities."""
    chances: Floats = np.reciprocal(1 + np.exp(-np.clip(values, -50, 50)), dtype=np.float32)
    return chances
