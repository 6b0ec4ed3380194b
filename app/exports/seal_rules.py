"""Sealing an entry of a ZIP: WinZip's AE-2 with AES-256, which 7-Zip, WinZip and Bandizip open with a password.

docs/decisions/exports.md says why this is written here: pyzipper draws a new salt each time and cannot say a length
beforehand. The salt of each entry follows from the password's key and the entry's name: the same export under the same
password has the same bytes, and another password never shares a salt with it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher as BlockCipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

SALT_BYTES, CHECK_BYTES, TAG_BYTES, KEY_BYTES = 16, 2, 10, 32
SEALED_BYTES = SALT_BYTES + CHECK_BYTES + TAG_BYTES
ROUNDS = 1000  # the format's; the password has 100 random bits, which nobody tries out
BLOCK = 16
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that can be taken for another
GROUPS, GROUP = 5, 4


@dataclass(frozen=True)
class Cipher:
    """Seals entries under one password."""

    password: str

    def seal(self, name: str, body: bytes) -> bytes:
        """salt · check · ciphertext · tag: SEALED_BYTES more than the body."""
        salt = hmac.digest(self.password.encode(), b"salt of " + name.encode(), "sha256")[:SALT_BYTES]
        size = 2 * KEY_BYTES + CHECK_BYTES
        made = hashlib.pbkdf2_hmac("sha1", self.password.encode(), salt, ROUNDS, size)
        key, signing, check = made[:KEY_BYTES], made[KEY_BYTES : 2 * KEY_BYTES], made[2 * KEY_BYTES :]
        sealed = _crypt(key, body)
        return salt + check + sealed + hmac.digest(signing, sealed, "sha1")[:TAG_BYTES]


def _crypt(key: bytes, body: bytes) -> bytes:
    """AES in counter mode; the format's counter is little-endian and begins with 1."""
    blocks = -(-len(body) // BLOCK)
    counters = b"".join(number.to_bytes(BLOCK, "little") for number in range(1, blocks + 1))
    encryptor = BlockCipher(AES(key), ECB()).encryptor()  # noqa: S305 — the block cipher of the counter mode below
    stream = (encryptor.update(counters) + encryptor.finalize())[: len(body)]
    return (int.from_bytes(body) ^ int.from_bytes(stream)).to_bytes(len(body))


def password_of(key: bytes, nonce: str) -> str:
    """The password that belongs to this nonce, for people to read and type: five groups of four."""
    bits = int.from_bytes(hmac.digest(key, nonce.encode(), "sha256"))
    letters = [LETTERS[bits >> 5 * place & 31] for place in range(GROUPS * GROUP)]
    return "-".join("".join(letters[n : n + GROUP]) for n in range(0, len(letters), GROUP))


def check_of(key: bytes, nonce: str) -> str:
    """By which the key that a password came from is found again; it says nothing of the password."""
    return hmac.digest(key, b"check of " + nonce.encode(), "sha256").hex()[:8]


def new_nonce() -> str:
    """Another one, another password."""
    return secrets.token_hex(16)
