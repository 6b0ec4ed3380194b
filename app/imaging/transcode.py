"""Any accepted picture as a new JPEG, large enough to read what is printed on it. `LocalTranscoder` uses workers."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, Protocol

from app.base.errors import N_, Refused
from app.base.workers.frames import Header
from app.base.workers.pool import Busy, Died, Workers, WorkersUnavailable
from app.imaging.intake import Unreadable, gate
from app.imaging.intake import decode as decoding
from app.imaging.intake.decode import decode, preview
from app.imaging.packs.pack import DEFAULT, load, names

TASK = f"{__name__}:task"
LEGIBLE = 1600  # px of the longest side, where the original has them: 2 mm high print is then some 25 px high
UNREADABLE = ("unreadable", N_("这张图片读不出来，可能已损坏。请重新拍照，或另选一张图片。"), 422)
NO_WORKER = N_("图片暂时无法读取，这不是图片的问题。请稍等几秒再试。")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Transcoded:
    """An upright sRGB JPEG without metadata, and the sides in px of what was sent, once turned."""

    jpeg: bytes
    width: int
    height: int


class Transcoder(Protocol):
    """Whoever decodes pictures for the application, out of its process."""

    def transcode(self, body: bytes, declared: str) -> Transcoded:
        """The picture, drawn again. Raises Refused: `wrong_type` (415), `unreadable` (422), `busy` (503)."""
        ...

    def close(self) -> None:
        """Give up what it holds."""
        ...


def task(header: Header, body: bytes) -> tuple[Header, bytes]:
    """What a worker process runs: `kind` and `pack` in, the sides and the picture out, or why there is none."""
    kind, pack = str(header["kind"]), load(str(header["pack"]))
    try:
        gate.examine(body, kind, pack)
        picture = decode(body, kind, pack, LEGIBLE)
    except Unreadable as error:
        return {"reason": error.reason}, b""
    return {"width": picture.width, "height": picture.height}, preview(picture)


def warm() -> None:
    """A worker process calls it at its start, before it locks itself in: whatever needs a file is loaded here."""
    decoding.warm()
    for name in names():
        load(name)


class LocalTranscoder:
    """Reads in worker processes of this machine, which start with their first picture."""

    def __init__(self, size: int, waiting: int, pack: str = DEFAULT) -> None:
        self._pack = pack
        self._workers = Workers(TASK, size, waiting)

    def transcode(self, body: bytes, declared: str) -> Transcoded:
        """Within 10 s of work, after at most 10 s of waiting; a picture that kills two workers is unreadable.

        Raises Refused: `wrong_type` (415), `unreadable` (422), `busy` or `no_worker` (503).
        """
        kind = gate.agreed(body, declared)
        try:
            header, jpeg = self._workers.run({"kind": kind, "pack": self._pack}, body)
        except Busy:
            raise Refused("busy", N_("现在上传的人很多。请稍等几秒再试。"), 503, retry_after=2) from None
        except WorkersUnavailable as reason:
            log.error("no worker reads pictures: %s", reason)
            raise Refused("no_worker", NO_WORKER, 503, retry_after=5) from None
        except Died as death:
            log.warning("a picture of %d bytes ended two workers: %s", len(body), death)
            raise Refused(*UNREADABLE) from None
        if not jpeg:
            raise Refused(*UNREADABLE)
        told: dict[str, Any] = header
        return Transcoded(jpeg, told["width"], told["height"])

    def close(self) -> None:
        """End the processes."""
        self._workers.close()
