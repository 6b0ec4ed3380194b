"""One secret, several keys: each purpose derives its own."""

from __future__ import annotations

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def derive(secret: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose; they tell nothing of the secret or of another purpose's key."""
    return HKDF(SHA256(), length=32, salt=None, info=f"zhengzhao {purpose}".encode()).derive(secret)
