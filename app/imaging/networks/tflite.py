"""A TensorFlow Lite file, as far as the landmark network needs it: operations, shapes and constants."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

# Numbers of the schema (tensorflow/lite/schema/schema.fbs).
NAMES = {0: "ADD", 3: "CONV_2D", 4: "DEPTHWISE_CONV_2D", 6: "DEQUANTIZE", 14: "LOGISTIC", 17: "MAX_POOL_2D"}
NAMES |= {22: "RESHAPE", 34: "PAD", 54: "PRELU"}
TYPES = {0: np.float32, 1: np.float16, 2: np.int32}
Array = npt.NDArray[np.float32] | npt.NDArray[np.int32]
STRIDED = ("CONV_2D", "DEPTHWISE_CONV_2D", "MAX_POOL_2D")
ACTIVATION = {"ADD": 0, "CONV_2D": 3, "DEPTHWISE_CONV_2D": 4, "MAX_POOL_2D": 5}  # field of a fused one


class Unsupported(ValueError):
    """The file has something that this module does not read."""


@dataclass(frozen=True)
class Operation:
    """`stride` and `window` in px (x, y), None where it has none; `same`: padded so that only the stride reduces."""

    name: str
    inputs: list[int]
    outputs: list[int]
    stride: tuple[int, int] | None = None
    same: bool = False
    window: tuple[int, int] | None = None


class Graph:
    """The file's only graph. Tensors are numbers."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        model = _Table(body, struct.unpack_from("<I", body)[0])
        self._codes = [_Table(body, at) for at in model.tables(1)]
        [graph] = [_Table(body, at) for at in model.tables(2)]
        self._buffers = [_Table(body, at) for at in model.tables(4)]
        self._tensors = [_Table(body, at) for at in graph.tables(0)]
        self.inputs, self.outputs = graph.numbers(1), graph.numbers(2)
        self._operations = [_Table(body, at) for at in graph.tables(3)]
        self._made_of = {each.outputs[0]: each.inputs[0] for each in self.operations if each.name == "DEQUANTIZE"}

    @property
    def operations(self) -> Iterator[Operation]:
        """In the order in which they run. Raises Unsupported."""
        for each in self._operations:
            code = self._codes[each.number(0, "<I")]
            name = NAMES.get(max(code.number(0, "<b"), code.number(3, "<i")))
            if name is None:
                raise Unsupported("an operation")
            yield _configured(Operation(name, each.numbers(1), each.numbers(2)), each.table(4))

    def shape(self, tensor: int) -> list[int]:
        """Its sides."""
        return self._tensors[tensor].numbers(0)

    def constant(self, tensor: int) -> Array | None:
        """Its values; None when it is computed."""
        tensor = self._made_of.get(tensor, tensor)
        table = self._tensors[tensor]
        body = self._buffers[table.number(2, "<I")].bytes(0)
        if not body:
            return None
        kind = TYPES[table.number(1, "<b")]
        values = np.frombuffer(body, kind).reshape(self.shape(tensor))
        return values.astype(np.int32) if kind is np.int32 else values.astype(np.float32)


def _configured(operation: Operation, options: _Table | None) -> Operation:
    """With its options. Raises Unsupported."""
    if options is None or operation.name not in ACTIVATION:
        return operation
    if options.number(ACTIVATION[operation.name], "<b"):
        raise Unsupported("a fused activation")
    if operation.name not in STRIDED:
        return operation
    window = (options.number(3, "<i"), options.number(4, "<i")) if operation.name == "MAX_POOL_2D" else None
    stride, same = (options.number(1, "<i"), options.number(2, "<i")), options.number(0, "<b") == 0
    return replace(operation, stride=stride, same=same, window=window)


class _Table:
    """A table of FlatBuffers: fields by number."""

    def __init__(self, body: bytes, at: int) -> None:
        self._body, self._at = body, at
        self._fields = at - struct.unpack_from("<i", body, at)[0]

    def _place(self, number: int) -> int:
        """Of a field; 0 when it has its default."""
        if 4 + 2 * number >= struct.unpack_from("<H", self._body, self._fields)[0]:
            return 0
        offset = struct.unpack_from("<H", self._body, self._fields + 4 + 2 * number)[0]
        return self._at + offset if offset else 0

    def number(self, field: int, kind: str) -> int:
        place = self._place(field)
        return int(struct.unpack_from(kind, self._body, place)[0]) if place else 0

    def table(self, field: int) -> _Table | None:
        place = self._place(field)
        return _Table(self._body, self._target(place)) if place else None

    def tables(self, field: int) -> list[int]:
        start, count = self._vector(field)
        return [self._target(start + 4 * each) for each in range(count)]

    def numbers(self, field: int) -> list[int]:
        start, count = self._vector(field)
        return list(struct.unpack_from(f"<{count}i", self._body, start))

    def bytes(self, field: int) -> bytes:
        start, count = self._vector(field)
        return self._body[start : start + count]

    def _target(self, place: int) -> int:
        return int(place + struct.unpack_from("<I", self._body, place)[0])

    def _vector(self, field: int) -> tuple[int, int]:
        place = self._place(field)
        if not place:
            return 0, 0
        start = self._target(place)
        return start + 4, int(struct.unpack_from("<I", self._body, start)[0])
