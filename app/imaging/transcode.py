"""Turn an accepted picture into a new JPEG whose small print is legible. `LocalTranscoder` uses worker processes."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Protocol

from app.base.errors import N_, Refused
from app.base.workers.frames import Header, whole
from app.base.workers.pool import Busy, Died, Workers, WorkersUnavailable
from app.imaging.intake import Unreadable, gate
from app.imaging.intake import decode as decoding
from app.imaging.intake.decode import decode, preview
from app.imaging.packs.pack import DEFAULT, load, names

TASK = f"{__name__}:task"
LEGIBLE = 1600  # px of the longest side, if the original has them: print of 2 mm is then about 25 px high
UNREADABLE = ("unreadable", N_("这张图片读不出来，可能已损坏。请重新拍照，或另选一张图片。"), 422)
NO_WORKER = N_("图片暂时无法读取，这不是图片的问题。请稍等几秒再试。")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Transcoded:
    """An upright sRGB JPEG without metadata, and the sides in px of the upright original."""

    jpeg: bytes
    width: int
    height: int


class Transcoder(Protocol):
    """What the application needs of a transcoding service outside its process."""

    def transcode(self, body: bytes, declared: str) -> Transcoded:
        """The picture as a new JPEG. Raises Refused: `wrong_type` (415), `unreadable` (422), `busy` (503)."""
        ...

    def close(self) -> None:
        """Release all resources."""
        ...


def task(header: Header, body: bytes) -> tuple[Header, bytes]:
    """The job of a worker process: `kind` and `pack` in the header; returns sides and picture, or the reason."""
    kind, pack = str(header["kind"]), load(str(header["pack"]))
    try:
        gate.examine(body, kind, pack)
        picture = decode(body, kind, pack, LEGIBLE)
    except Unreadable as error:
        return {"reason": error.reason}, b""
    return {"width": picture.width, "height": picture.height}, preview(picture)


def warm() -> None:
    """Called by a worker process at its start, before it enters the sandbox: load everything that needs a file."""
    decoding.warm()
    for name in names():
        load(name)


class LocalTranscoder:
    """Transcodes in worker processes of this machine, which start with their first picture."""

    def __init__(self, size: int, waiting: int, pack: str = DEFAULT) -> None:
        self._pack = pack
        self._workers = Workers(TASK, size, waiting)

    def transcode(self, body: bytes, declared: str) -> Transcoded:
        """At most 10 s of work, after at most 10 s of waiting; a picture that crashes two workers is unreadable.

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
        return Transcoded(jpeg, whole(header["width"]), whole(header["height"]))

    def close(self) -> None:
        """End the processes."""
        self._workers.close()
