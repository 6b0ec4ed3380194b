"""The text that people agree to before a picture is taken, with its version and hash."""

from __future__ import annotations

import hashlib
from pathlib import Path

VERSION = "2026-11"
_FOLDER = Path(__file__).resolve().parents[2] / "templates" / "graduation"


def text_hash() -> str:
    """SHA-256 of the Chinese text as it is shown; the English one is a courtesy."""
    return hashlib.sha256((_FOLDER / "terms_zh.html").read_bytes()).hexdigest()
