"""Encryption at rest, under the cipher and the key that the header names, with the name of the blob authenticated.

The byte after MAGIC names the cipher. `1` is AES-256-GCM, the only one yet; another one joins as another byte, and what
was sealed before opens for ever.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.base.tokens import derive

MAGIC = b"ZZ0"
AES_GCM = b"1"  # the cipher
PREFIX = MAGIC + AES_GCM
KEY_ID_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16
NONCE_AT = len(PREFIX) + KEY_ID_BYTES
HEADER_BYTES = NONCE_AT + NONCE_BYTES
OVERHEAD = HEADER_BYTES + TAG_BYTES


class UnknownKey(Exception):
    """Sealed under a key that is not configured, or a cipher that this version does not know; the argument names it."""


class Damaged(Exception):
    """The bytes were truncated or changed, or belong to another name."""


class Sealer:
    """Seals under the newest key, opens under any. `keys`: id (≤ 16 letters and digits) → 32 bytes, newest first."""

    def __init__(self, keys: dict[str, bytes]) -> None:
        if not keys:
            raise ValueError("a sealer needs a key")
        self._newest, self._newest_secret = next(iter(keys.items()))
        self._ciphers = {padded(name): AESGCM(derive(key, "seal")) for name, key in keys.items()}

    def seal(self, name: str, body: bytes) -> bytes:
        """magic · cipher · key id · nonce · ciphertext · tag: OVERHEAD bytes more than the body."""
        key_id = padded(self._newest)
        nonce = os.urandom(NONCE_BYTES)
        return PREFIX + key_id + nonce + self._ciphers[key_id].encrypt(nonce, body, _bound(name, key_id))

    def open(self, name: str, sealed: bytes) -> bytes:
        """The body. Raises UnknownKey or Damaged."""
        if len(sealed) < OVERHEAD or not sealed.startswith(MAGIC):
            raise Damaged(name)
        if not sealed.startswith(PREFIX):
            raise UnknownKey(f"cipher {sealed[len(MAGIC)]}")
        key_id, nonce = sealed[len(PREFIX) : NONCE_AT], sealed[NONCE_AT:HEADER_BYTES]
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise UnknownKey(shown(key_id))
        try:
            return cipher.decrypt(nonce, sealed[HEADER_BYTES:], _bound(name, key_id))
        except InvalidTag:
            raise Damaged(name) from None

    def derived(self, purpose: str) -> bytes:
        """A key for another purpose, from the newest key."""
        return derive(self._newest_secret, purpose)


def padded(key_id: str) -> bytes:
    """The id of a key as a header holds it."""
    field = key_id.encode("ascii").ljust(KEY_ID_BYTES, b"\0")
    if len(field) > KEY_ID_BYTES:
        raise ValueError("a key id has at most 16 characters")
    return field


def shown(field: bytes) -> str:
    """The id of a key from a header, as it can be shown."""
    return field.rstrip(b"\0").decode("ascii", "replace")


def _bound(name: str, key_id: bytes) -> bytes:
    return PREFIX + key_id + name.encode()
