"""A long file sealed in chunks: written and read with bounded memory, and nothing is given out that was changed.

Header: magic · cipher (`1`: AES-256-GCM) · key id · salt. Every file has a key of its own, derived from the key that is
named and the salt. Each chunk is sealed under its number and whether it is the last one (the construction STREAM), with
the header authenticated: chunks cannot be changed, left out, reordered, cut off at the end or taken from another file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.base.seal import AES_GCM, KEY_ID_BYTES, TAG_BYTES, Damaged, UnknownKey, padded, shown
from app.base.tokens import derive

MAGIC = b"ZZS"
SALT_BYTES = 32
HEADER_BYTES = len(MAGIC) + len(AES_GCM) + KEY_ID_BYTES + SALT_BYTES
CHUNK = 256 << 10
SEALED_CHUNK = CHUNK + TAG_BYTES
COUNTER_BYTES = 11


class ByteSink(Protocol):
    """Where bytes go."""

    def write(self, body: bytes, /) -> int: ...


class ByteSource(Protocol):
    """Where bytes come from: `size` of them, fewer at the end only."""

    def read(self, size: int, /) -> bytes: ...


class NotSealed(Exception):
    """The file does not begin like one of ours."""


class SealedWriter:
    """Seals what is written to it under the newest of `keys` (id → 32 bytes, newest first). Must be closed."""

    def __init__(self, out: ByteSink, keys: Mapping[str, bytes], purpose: str) -> None:
        name, key = next(iter(keys.items()))
        salt = os.urandom(SALT_BYTES)
        self._header = MAGIC + AES_GCM + padded(name) + salt
        self._cipher = _cipher(key, purpose, salt)
        self._out, self._left, self._count = out, bytearray(), 0
        out.write(self._header)

    def write(self, body: bytes) -> int:
        """Seal it, sooner or later."""
        self._left += body
        while len(self._left) > CHUNK:
            self._seal(bytes(self._left[:CHUNK]), last=False)
            del self._left[:CHUNK]
        return len(body)

    def close(self) -> None:
        """Seal the last chunk; what is under this stays open."""
        self._seal(bytes(self._left), last=True)

    def _seal(self, chunk: bytes, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._count, last), chunk, self._header))
        self._count += 1


class SealedReader:
    """Opens what a SealedWriter wrote.

    Raises NotSealed, UnknownKey and Damaged when it is made, Damaged while it is read.
    """

    def __init__(self, source: ByteSource, keys: Mapping[str, bytes], purpose: str) -> None:
        self._source, self._header = source, source.read(HEADER_BYTES)
        if len(self._header) < HEADER_BYTES or not self._header.startswith(MAGIC):
            raise NotSealed
        after_cipher = len(MAGIC) + len(AES_GCM)
        if not self._header.startswith(MAGIC + AES_GCM):
            raise UnknownKey(f"cipher {self._header[len(MAGIC)]}")
        name, salt = shown(self._header[after_cipher:-SALT_BYTES]), self._header[-SALT_BYTES:]
        if not name.isalnum():
            raise Damaged("its first bytes were changed")
        if name not in keys:
            raise UnknownKey(name)
        self._cipher = _cipher(keys[name], purpose, salt)
        self._chunks, self._ready = self._opened(), bytearray()

    def read(self, size: int) -> bytes:
        """The next bytes: `size` of them, fewer at the end only."""
        while len(self._ready) < size:
            chunk = next(self._chunks, None)
            if chunk is None:
                break
            self._ready += chunk
        given = bytes(self._ready[:size])
        del self._ready[:size]
        return given

    def _opened(self) -> Iterator[bytes]:
        count, sealed = 0, self._source.read(SEALED_CHUNK)
        while True:
            following = self._source.read(SEALED_CHUNK)
            yield self._open(count, sealed, last=not following)
            if not following:
                return
            count, sealed = count + 1, following

    def _open(self, count: int, sealed: bytes, last: bool) -> bytes:
        try:
            return self._cipher.decrypt(_nonce(count, last), sealed, self._header)
        except InvalidTag:
            where = "its end is missing, or was changed" if last else f"it was changed near byte {count * SEALED_CHUNK}"
            raise Damaged(where) from None


def _cipher(key: bytes, purpose: str, salt: bytes) -> AESGCM:
    return AESGCM(derive(derive(key, purpose), salt.hex()))


def _nonce(count: int, last: bool) -> bytes:
    return count.to_bytes(COUNTER_BYTES, "big") + bytes([last])
