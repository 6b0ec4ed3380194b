"""The way to whoever packs the ZIP of an export: a process of its own, whose bytes the server only passes on."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Protocol

from app.base.errors import N_, Refused

ROOT = Path(__file__).parents[2]
MODULE = "app.pack"
AT_ONCE = 3
PIECE = 256 << 10
PATIENCE = 60.0  # seconds for the next bytes: a disk may be slow
REAP_SECONDS = 5
NICE = 5
BUSY = N_("现在有几份导出正在下载。请等其中一份下载完再试。")
log = logging.getLogger(__name__)


class Packed(Protocol):
    """The bytes of a ZIP, in pieces."""

    def __iter__(self) -> Iterator[bytes]: ...

    def close(self) -> None:
        """Nobody wants the rest."""


class Packer(Protocol):
    """Whoever packs for the application."""

    def pack(self, export_id: int, start: int, length: int) -> Packed:
        """The ZIP of an export that was made, from the byte `start` on; `length` bytes follow. Raises Refused `busy`
        (503)."""


class LocalPacker:
    """Packs in processes of this machine, one for each download. `environment`: the settings that they need."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = dict(environment)
        self._running, self._lock = 0, Lock()

    def pack(self, export_id: int, start: int, length: int) -> Packed:
        """As `Packer`."""
        with self._lock:
            if self._running >= AT_ONCE:
                raise Refused("busy", BUSY, 503, retry_after=30)
            self._running += 1
        try:
            return _Packing(self._environment, export_id, start, length, self._ended)
        except BaseException:
            self._ended()
            raise

    def _ended(self) -> None:
        with self._lock:
            self._running -= 1


class _Packing:
    """A process that packs, and our end of the socket into which it writes."""

    def __init__(
        self, environment: Mapping[str, str], export_id: int, start: int, length: int, ended: Callable[[], None]
    ) -> None:
        self._left, self._ended, self._what = length, ended, f"the ZIP of export {export_id}"
        self._ours, theirs = socket.socketpair()
        self._ours.settimeout(PATIENCE)
        command = ["nice", "-n", str(NICE), sys.executable, "-m", MODULE, str(export_id), str(start)]
        with theirs:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=theirs.fileno(),
                start_new_session=True,
            )

    def __iter__(self) -> Iterator[bytes]:
        """Raises ConnectionAbortedError when the rest does not come: the connection is closed then, so that no browser
        takes a part for the whole."""
        while self._left > 0:
            try:
                piece = self._ours.recv(PIECE)
            except OSError:
                piece = b""
            if not piece:
                log.error("%s ended %d bytes too early; its reason is in the log", self._what, self._left)
                raise ConnectionAbortedError(self._what)
            self._left -= len(piece)
            yield piece

    def close(self) -> None:
        """End the process: whoever wanted the bytes has them, or has gone away."""
        ended, self._ended = self._ended, lambda: None
        self._ours.close()
        self._process.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(REAP_SECONDS)
        ended()
