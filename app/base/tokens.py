"""Signed random tokens for links, and hashes of secrets for the database."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from itsdangerous import BadSignature, TimestampSigner

ALL_KINDS = re.compile(r"(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])")


def secret() -> str:
    """128 random bits, 22 URL-safe characters, of lower case, upper case and digits, so that `redact` detects them."""
    while True:
        made = secrets.token_urlsafe(16)
        if ALL_KINDS.match(made):
            return made


def digest(value: str) -> str:
    """What the database keeps of a secret: SHA-256, 64 hex characters."""
    return hashlib.sha256(value.encode()).hexdigest()


class Tokens:
    """Signs ids for one purpose; the newest of `keys` (the last) signs, all verify."""

    def __init__(self, keys: Sequence[str], purpose: str) -> None:
        self._signer = TimestampSigner(list(keys), salt=purpose, digest_method=hashlib.sha256)

    def make(self) -> str:
        """A new token: id, time and signature, 73 characters."""
        return self._signer.sign(secret()).decode()

    def is_ours(self, token: str) -> bool:
        """Whether the signature is valid: a cheap first check; expiry is decided by the token's row."""
        try:
            self._signer.unsign(token)
        except BadSignature:
            return False
        return True


def derive(secret: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose (HKDF); it reveals neither the secret nor the keys of other purposes."""
    return HKDF(SHA256(), length=32, salt=None, info=f"zhengzhao {purpose}".encode()).derive(secret)
