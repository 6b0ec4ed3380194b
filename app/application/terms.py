"""The text that people agree to before a picture is taken, with its version and hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Template

from app.base.errors import N_, Refused

VERSION = "2026-12"
_FOLDER = Path(__file__).resolve().parents[2] / "templates" / "application"


@dataclass(frozen=True)
class Terms:
    """The text as it is shown here: it promises to keep things for as many days as the settings say."""

    draft_days: int
    document_days: int

    def text(self, language: str) -> str:
        """HTML, in zh or en."""
        return _rendered(self, language)

    @property
    def text_hash(self) -> str:
        """SHA-256 of the Chinese text as it is shown; the English one is a courtesy."""
        return hashlib.sha256(self.text("zh").encode()).hexdigest()

    def agreed_to(self, version: str) -> Terms:
        """These, when this is the version that somebody has read; else Refused."""
        if version != VERSION:
            raise Refused("consent_changed", N_("条例的内容已更新。请重新阅读后再确认。"), 409)
        return self


@cache
def _rendered(terms: Terms, language: str) -> str:
    """Read and filled in once: it is asked for with every consent."""
    source = (_FOLDER / f"terms_{language}.html").read_text(encoding="utf-8")
    text: str = Template(source, keep_trailing_newline=True).render(vars(terms))
    return text
