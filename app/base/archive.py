"""A backup as one file: a tar in a sealed stream. `about.json`, `database`, every blob as it is stored, `end.json`.

The tar is there so that whoever has opened the seal needs nothing of ours to read the rest.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import IO, BinaryIO, cast

from app.base.json_values import JsonObject
from app.base.seal import Damaged
from app.base.sealed_stream import CHUNK, ByteSink, ByteSource, SealedReader, SealedWriter

PURPOSE = "backup"
ABOUT, DATABASE, BLOBS, END = "about.json", "database", "blobs/", "end.json"
BUFFER = CHUNK


class ArchiveWriter:
    """Adds one entry after the other."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar

    def add(self, name: str, body: bytes) -> None:
        """An entry that is in memory."""
        self.add_file(name, BytesIO(body), len(body))

    def add_facts(self, name: str, facts: JsonObject) -> None:
        """An entry of JSON."""
        self.add(name, json.dumps(facts, ensure_ascii=False, indent=1).encode())

    def add_file(self, name: str, source: IO[bytes], size: int) -> None:
        """An entry of so many bytes."""
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        self._tar.addfile(entry, source)
        self._tar.members = []  # type: ignore[attr-defined]  # it remembers every entry, of which there are many


@dataclass(frozen=True)
class Entry:
    """One entry, to be read before the next one is asked for."""

    name: str
    size: int
    body: IO[bytes]

    def facts(self) -> JsonObject:
        """What an entry of JSON says."""
        return cast(JsonObject, json.loads(self.body.read()))


@contextmanager
def writing(out: ByteSink, keys: Mapping[str, bytes]) -> Iterator[ArchiveWriter]:
    """An archive under the newest of `keys`; whole only when the block ends without an exception."""
    sealed = SealedWriter(out, keys, PURPOSE)
    with tarfile.open(fileobj=cast(BinaryIO, sealed), mode="w|", bufsize=BUFFER) as tar:
        yield ArchiveWriter(tar)
    sealed.close()


def entries(source: ByteSource, keys: Mapping[str, bytes]) -> Iterator[Entry]:
    """Every entry in order; when there is none left, every byte has been proved.

    Raises NotSealed, UnknownKey, Damaged.
    """
    sealed = SealedReader(source, keys, PURPOSE)
    with tarfile.open(fileobj=cast(BinaryIO, sealed), mode="r|", bufsize=BUFFER) as tar:
        while (entry := tar.next()) is not None:
            tar.members = []  # type: ignore[attr-defined]
            body = tar.extractfile(entry)
            if body is None:
                raise Damaged(entry.name)
            yield Entry(entry.name, entry.size, body)
    while sealed.read(BUFFER):
        pass
