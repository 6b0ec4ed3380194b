"""The bytes of a ZIP whose entries are stored as they are: each place and the whole length are known beforehand.

Written after PKWARE's APPNOTE 6.3.10 (Zip64 where it is needed) and, for sealed entries, WinZip's AE-2. Nothing
depends on the time of day or the machine: the same entries give the same bytes, so that a download can go on.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from app.exports.seal_rules import SEALED_BYTES, Cipher

LOCAL, CENTRAL, END = b"PK\3\4", b"PK\1\2", b"PK\5\6"
END64, LOCATOR64 = b"PK\6\6", b"PK\6\7"
LOCAL_BYTES = 30
AES_EXTRA = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", 3, 0)
MOST, MOST_ENTRIES = 0xFFFFFFFF, 0xFFFF
STORED, AES = 0, 99
UTF8, ENCRYPTED = 0x800, 0x1
DATE = (2020 - 1980) << 9 | 1 << 5 | 1  # one day for all: the manifest says when
PLAIN_VERSION, ZIP64_VERSION, AES_VERSION = 20, 45, 51
ON_UNIX, READABLE = 3 << 8, 0o100600 << 16


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """A file in the ZIP: its name, how many bytes it has and their CRC-32; `blob` is under which name they are kept."""

    name: str
    bytes: int
    crc32: int
    blob: str


@dataclass(frozen=True)
class Plan:
    """All entries in their order; with a cipher each of them is sealed."""

    entries: Sequence[ZipEntry]
    cipher: Cipher | None = None

    def stream(self, read: Callable[[ZipEntry], bytes], start: int = 0) -> Iterator[bytes]:
        """The ZIP from this byte on; `read` gives the bytes of an entry, one entry at a time."""
        at = 0
        for entry in self.entries:
            size = self.size_of(entry)
            if at + size > start:
                whole = b"".join(self._local(entry, read))
                yield whole[max(0, start - at) :]
            at += size
        for part in self._tail():
            if at + len(part) > start:
                yield part[max(0, start - at) :]
            at += len(part)

    def _local(self, entry: ZipEntry, read: Callable[[ZipEntry], bytes]) -> Iterator[bytes]:
        name, body = entry.name.encode(), read(entry)
        extra = AES_EXTRA if self.cipher else b""
        yield (
            LOCAL + struct.pack("<H", self._version(0)) + self._facts(entry) + struct.pack("<HH", len(name), len(extra))
        )
        yield name + extra
        yield self.cipher.seal(entry.name, body) if self.cipher else body

    def _facts(self, entry: ZipEntry) -> bytes:
        """Flags, method, time, date, CRC (none for what is sealed: AE-2), both sizes: the same in both headers."""
        flags = (0 if entry.name.isascii() else UTF8) | (ENCRYPTED if self.cipher else 0)
        method, crc = (AES, 0) if self.cipher else (STORED, entry.crc32)
        return struct.pack("<HHHHIII", flags, method, 0, DATE, crc, self._body(entry), entry.bytes)

    def _tail(self) -> Iterator[bytes]:
        """The directory, an entry at a time, and its end."""
        for entry, offset in zip(self.entries, self._offsets(), strict=False):
            yield self.central(entry, offset)
        yield _end(len(self.entries), self._size_of_entries(), self._size_of_directory())

    def central(self, entry: ZipEntry, offset: int) -> bytes:
        """The line of the directory for an entry that begins there."""
        name = entry.name.encode()
        extra = (AES_EXTRA if self.cipher else b"") + (struct.pack("<HHQ", 1, 8, offset) if offset > MOST else b"")
        version = self._version(offset)
        head = CENTRAL + struct.pack("<HH", ON_UNIX | version, version) + self._facts(entry)
        sizes = struct.pack("<HHHHHII", len(name), len(extra), 0, 0, 0, READABLE, min(offset, MOST))
        return head + sizes + name + extra

    def _version(self, offset: int) -> int:
        return AES_VERSION if self.cipher else ZIP64_VERSION if offset > MOST else PLAIN_VERSION

    def _body(self, entry: ZipEntry) -> int:
        return entry.bytes + (SEALED_BYTES if self.cipher else 0)

    def size_of(self, entry: ZipEntry) -> int:
        """Bytes of an entry with its header."""
        return LOCAL_BYTES + len(entry.name.encode()) + (len(AES_EXTRA) if self.cipher else 0) + self._body(entry)

    def _offsets(self) -> Iterator[int]:
        """Where each entry begins, and where the last one ends."""
        return accumulate(map(self.size_of, self.entries), initial=0)

    def _size_of_entries(self) -> int:
        return sum(map(self.size_of, self.entries))

    def _size_of_directory(self) -> int:
        places = zip(self.entries, self._offsets(), strict=False)
        return sum(len(self.central(entry, offset)) for entry, offset in places)


def length_of(entries: Iterable[ZipEntry], cipher: Cipher | None) -> int:
    """Bytes of the whole ZIP; none of the entries is kept."""
    plan, count, size, directory = Plan((), cipher), 0, 0, 0
    for entry in entries:
        count, directory = count + 1, directory + len(plan.central(entry, size))
        size += plan.size_of(entry)
    return size + directory + len(_end(count, size, directory))


def _end(count: int, offset: int, size: int) -> bytes:
    """The end of a directory of `size` bytes that begins at `offset`."""
    few = min(count, MOST_ENTRIES)
    end = END + struct.pack("<HHHHIIH", 0, 0, few, few, min(size, MOST), min(offset, MOST), 0)
    if count < MOST_ENTRIES and size < MOST and offset < MOST:
        return end
    version = struct.pack("<HH", ON_UNIX | ZIP64_VERSION, ZIP64_VERSION)
    end64 = END64 + struct.pack("<Q", 44) + version + struct.pack("<IIQQQQ", 0, 0, count, count, size, offset)
    return end64 + LOCATOR64 + struct.pack("<IQI", 0, offset + size, 1) + end
