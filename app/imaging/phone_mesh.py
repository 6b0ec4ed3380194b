"""The landmark network for the phone, at set-up: `python -m app.imaging.networks.for_phone` writes static/vendor/mesh.*.

The same network as the server's, so that both measure the same: a TensorFlow Lite file becomes a graph of TensorFlow.js,
its large filters in 8 bits (1.3 MB instead of 2.4).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.base.json_values import Json
from app.imaging.networks import weights
from app.imaging.networks.tflite import Graph, Operation

FOLDER = Path(__file__).parents[2] / "static" / "vendor"
LARGE = 2**40  # numbers of a filter from which on 8 bits will do
NAMES = {"ADD": "AddV2", "PRELU": "Prelu", "MAX_POOL_2D": "MaxPool", "PAD": "Pad"}
FUSED = {"CONV_2D": "_FusedConv2D", "DEPTHWISE_CONV_2D": "FusedDepthwiseConv2dNative"}
Array = npt.NDArray[np.float32] | npt.NDArray[np.int32]
Node = dict[str, Json]


def write(folder: Path = FOLDER) -> None:
    """Both files. Raises FileNotFoundError where the network is not installed."""
    graph = Graph(weights.path(weights.LANDMARKS).read_bytes())
    wanted = [each for each in graph.outputs if np.prod(graph.shape(each)) in (3 * 478, 1)][:2]
    converted = _Converted(graph, wanted)
    folder.mkdir(exist_ok=True)
    (folder / "mesh.bin").write_bytes(b"".join(converted.bodies))
    (folder / "mesh.json").write_text(json.dumps(converted.model()) + "\n")


class _Converted:
    """The nodes and weights that lead to the wanted outputs."""

    def __init__(self, graph: Graph, wanted: list[int]) -> None:
        self.graph, self.wanted = graph, wanted
        self.nodes: list[Node] = []
        self.manifest: list[Json] = []
        self.bodies: list[bytes] = []
        self._entry()
        needed = set(wanted)
        operations = [each for each in reversed(list(graph.operations)) if self._leads(each, needed)]
        for each in reversed(operations):
            self._node(each)

    def model(self) -> dict[str, Json]:
        """As TensorFlow.js reads it."""
        outputs: dict[str, Json] = {
            str(int(np.prod(self.graph.shape(each)))): {"name": f"t{each}:0", "dtype": "DT_FLOAT"}
            for each in self.wanted
        }
        return {
            "format": "graph-model",
            "signature": {"outputs": outputs},
            "modelTopology": {"node": list(self.nodes), "library": {}, "versions": {}},
            "weightsManifest": [{"paths": ["mesh.bin"], "weights": list(self.manifest)}],
        }

    def _entry(self) -> None:
        dims: list[Json] = [{"size": str(side)} for side in self.graph.shape(self.graph.inputs[0])]
        attr: Json = {"dtype": {"type": "DT_FLOAT"}, "shape": {"shape": {"dim": dims}}}
        self.nodes.append({"name": f"t{self.graph.inputs[0]}", "op": "Placeholder", "attr": attr})

    def _leads(self, operation: Operation, needed: set[int]) -> bool:
        if operation.name == "DEQUANTIZE" or not needed & set(operation.outputs):
            return False
        needed |= set(operation.inputs)
        return True

    def _node(self, operation: Operation) -> None:
        name = f"t{operation.outputs[0]}"
        inputs: list[Json] = [self._input(operation, place) for place in range(len(operation.inputs))]
        op = NAMES.get(operation.name) or FUSED[operation.name]
        self.nodes.append({"name": name, "op": op, "input": inputs, "attr": dict(_attributes(operation))})

    def _input(self, operation: Operation, place: int) -> str:
        tensor = operation.inputs[place]
        values = self.graph.constant(tensor)
        if values is not None:
            self._weight(f"t{tensor}", _arranged(values, operation.name, place))
        return f"t{tensor}"

    def _weight(self, name: str, values: Array) -> None:
        kind = "int32" if values.dtype == np.int32 else "float32"
        entry: dict[str, Json] = {"name": name, "shape": list(values.shape), "dtype": kind}
        if kind == "float32":
            values, entry["quantization"] = _short(values)
        dims: list[Json] = [{"size": str(side)} for side in values.shape]
        dtype = "DT_INT32" if kind == "int32" else "DT_FLOAT"
        tensor: Json = {"tensor": {"dtype": dtype, "tensorShape": {"dim": dims}}}
        self.nodes.append({"name": name, "op": "Const", "attr": {"dtype": {"type": dtype}, "value": tensor}})
        self.manifest.append(entry)
        self.bodies.append(values.tobytes())


def _arranged(values: Array, operation: str, place: int) -> Array:
    """As TensorFlow orders the axes of a filter, and a slope of each channel."""
    if place == 1 and operation == "CONV_2D":
        return values.transpose(1, 2, 3, 0)
    if place == 1 and operation == "DEPTHWISE_CONV_2D":
        return values.transpose(1, 2, 3, 0)
    return values


def _short(values: Array) -> tuple[npt.NDArray[np.generic], Json]:
    """In 8 or 16 bits, and how to read them."""
    if values.size < LARGE:
        return values.astype(np.float16), {"dtype": "float16", "original_dtype": "float32"}
    low, high = float(values.min()), float(values.max())
    scale = (high - low) / 255
    return np.round((values - low) / scale).astype(np.uint8), {"dtype": "uint8", "scale": scale, "min": low}


def _attributes(operation: Operation) -> Iterator[tuple[str, Json]]:
    options = operation.options
    if "stride" in options:
        across, down = options["stride"]
        yield "strides", {"list": {"i": ["1", str(down), str(across), "1"]}}
        yield "padding", {"s": _text("SAME" if options["same"][0] else "VALID")}
        yield "data_format", {"s": _text("NHWC")}
        yield "explicit_paddings", {"list": {}}
    if "window" in options:
        across, down = options["window"]
        yield "ksize", {"list": {"i": ["1", str(down), str(across), "1"]}}
    if operation.name in FUSED:
        yield "dilations", {"list": {"i": ["1", "1", "1", "1"]}}
        yield "fused_ops", {"list": {"s": [_text("BiasAdd")]}}
        yield "num_args", {"i": "1"}


def _text(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


if __name__ == "__main__":
    write()
