"""The port through which a slice has a picture read without knowing how: bytes in, a picture that may be shown out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Redrawn:
    """An upright sRGB JPEG without metadata, and the sides in px of what was sent, once turned."""

    jpeg: bytes
    width: int
    height: int


class Reader(Protocol):
    """Whoever decodes pictures for the application, out of its process."""

    def read(self, body: bytes, declared: str) -> Redrawn:
        """The picture, drawn again. Raises Refused: `wrong_type` (415), `unreadable` (422), `busy` (503)."""
        ...

    def close(self) -> None:
        """Give up what it holds."""
        ...
