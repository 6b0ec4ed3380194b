"""The landmark network for the phone, at set-up: `python -m app.imaging.phone_mesh` writes static/vendor/mesh.*.

The server's own network, so that both measure the same: the TensorFlow Lite file becomes a graph of TensorFlow.js. Only
the landmarks that are used are computed, and of each weight only the first bits are kept, which are soon compressed.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.base.json_values import Json
from app.imaging.networks import networks, weights
from app.imaging.networks.landmarks import POINTS
from app.imaging.networks.tflite import Array, Graph, Operation
from app.imaging.scene import regions

FOLDER = Path(__file__).parents[2] / "static" / "vendor"
KEPT_BITS = 5  # of the 10 of a 16-bit number: landmarks move by 0.6 % of the distance of the eyes
MANY = 256  # numbers from which on that is done
PARTS = {
    "oval": regions.OVAL,
    "below_brows": regions.BELOW_BROWS,
    "left_cheek": regions.LEFT_CHEEK,
    "right_cheek": regions.RIGHT_CHEEK,
    "irises": (regions.LEFT_IRIS, regions.RIGHT_IRIS),
    "sides": (regions.LEFT_SIDE, regions.RIGHT_SIDE),
    "lids": (*regions.LEFT_LIDS, *regions.RIGHT_LIDS),
    "chin": (regions.CHIN,),
}
NAMES = {"ADD": "AddV2", "PRELU": "Prelu", "MAX_POOL_2D": "MaxPool", "PAD": "Pad"}
FUSED = {"CONV_2D": "_FusedConv2D", "DEPTHWISE_CONV_2D": "FusedDepthwiseConv2dNative"}
Node = dict[str, Json]


def write(folder: Path = FOLDER) -> None:
    """Both files. Raises FileNotFoundError where the network is not installed."""
    mesh = networks().mesh
    kept = sorted({*(point for part in PARTS.values() for point in part), *mesh.chosen.tolist()})
    at = {point: place for place, point in enumerate(kept)}
    graph = _Converted(Graph(weights.path(weights.LANDMARKS).read_bytes()), kept)
    face: dict[str, Json] = {name: [at[point] for point in part] for name, part in PARTS.items()}
    face["pose"] = {
        "points": [at[point] for point in mesh.chosen.tolist()],
        "shares": np.round(mesh.share.ravel(), 5).tolist(),
        "shape": np.round(mesh.shape, 4).tolist(),
    }
    folder.mkdir(exist_ok=True)
    (folder / "mesh.bin").write_bytes(b"".join(graph.bodies))
    (folder / "mesh.json").write_text(json.dumps({**graph.model(), "face": face}) + "\n")


class _Converted:
    """The nodes and weights that lead to the landmarks, of which only the `kept` remain."""

    def __init__(self, graph: Graph, kept: list[int]) -> None:
        self.graph = graph
        self.nodes: list[Node] = []
        self.manifest: list[Json] = []
        self.bodies: list[bytes] = []
        [self.landmarks] = [each for each in graph.outputs if graph.shape(each)[-1] == 3 * POINTS]
        self.numbers = [3 * point + axis for point in kept for axis in range(3)]
        self._entry()
        needed = {self.landmarks}
        operations = [each for each in reversed(list(graph.operations)) if _leads(each, needed)]
        for each in reversed(operations):
            self._node(each)

    def model(self) -> dict[str, Json]:
        """As TensorFlow.js reads it."""
        return {
            "modelTopology": {"node": list(self.nodes), "library": {}, "versions": {}},
            "weightsManifest": [{"paths": ["mesh.bin"], "weights": list(self.manifest)}],
        }

    def _entry(self) -> None:
        [entry] = self.graph.inputs
        attr: Json = {"dtype": {"type": "DT_FLOAT"}, "shape": {"shape": _dims(self.graph.shape(entry))}}
        self.nodes.append({"name": f"t{entry}", "op": "Placeholder", "attr": attr})

    def _node(self, operation: Operation) -> None:
        inputs: list[Json] = [self._input(operation, place) for place in range(len(operation.inputs))]
        op = NAMES.get(operation.name) or FUSED[operation.name]
        attr = dict(_attributes(operation))
        self.nodes.append({"name": f"t{operation.outputs[0]}", "op": op, "input": inputs, "attr": attr})

    def _input(self, operation: Operation, place: int) -> str:
        tensor = operation.inputs[place]
        values = self.graph.constant(tensor)
        if values is not None:
            if self.landmarks in operation.outputs:
                values = values[self.numbers]
            filters = place == 1 and operation.name in FUSED
            self._weight(f"t{tensor}", values.transpose(1, 2, 3, 0) if filters else values)
        return f"t{tensor}"

    def _weight(self, name: str, values: Array) -> None:
        whole = values.dtype == np.int32
        dtype = "DT_INT32" if whole else "DT_FLOAT"
        tensor: Json = {"tensor": {"dtype": dtype, "tensorShape": _dims(list(values.shape))}}
        self.nodes.append({"name": name, "op": "Const", "attr": {"dtype": {"type": dtype}, "value": tensor}})
        entry: dict[str, Json] = {"name": name, "shape": list(values.shape), "dtype": "int32" if whole else "float32"}
        if not whole:
            entry["quantization"] = {"dtype": "float16", "original_dtype": "float32"}
        self.manifest.append(entry)
        self.bodies.append(values.tobytes() if whole else _short(values).tobytes())


def _leads(operation: Operation, needed: set[int]) -> bool:
    """Whether it is needed; then what it takes is, too."""
    if operation.name == "DEQUANTIZE" or not needed & set(operation.outputs):
        return False
    needed |= set(operation.inputs)
    return True


def _short(values: Array) -> npt.NDArray[np.float16]:
    """In 16 bits, of which the last are 0 where there are many."""
    half = np.ascontiguousarray(values, np.float16)
    if half.size < MANY:
        return half
    drop = 10 - KEPT_BITS
    rounded = (half.view(np.uint16).astype(np.uint32) + (1 << (drop - 1))) >> drop << drop
    return rounded.astype(np.uint16).view(np.float16)


def _dims(sides: list[int]) -> Json:
    return {"dim": [{"size": str(side)} for side in sides]}


def _attributes(operation: Operation) -> Iterator[tuple[str, Json]]:
    if operation.stride:
        yield "strides", _sides(operation.stride)
        yield "padding", {"s": _text("SAME" if operation.same else "VALID")}
        yield "data_format", {"s": _text("NHWC")}
        yield "explicit_paddings", {"list": {}}
    if operation.window:
        yield "ksize", _sides(operation.window)
    if operation.name in FUSED:
        yield "dilations", _sides((1, 1))
        yield "fused_ops", {"list": {"s": [_text("BiasAdd")]}}
        yield "num_args", {"i": "1"}


def _sides(size: tuple[int, int]) -> Json:
    return {"list": {"i": ["1", str(size[1]), str(size[0]), "1"]}}


def _text(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


if __name__ == "__main__":
    write()
