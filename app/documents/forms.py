"""What a request of the documents dialog carries, and what other parts say about its application."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from flask import Request, current_app, session
from sqlalchemy.orm import Session

from app.graduation.model import Application

FAULT = "document_fault"
GUESSED = {"heic": "image/heic", "heif": "image/heif"}


def chosen(request: Request) -> tuple[bytes, str]:
    """The file that was chosen, and the type its browser says it has; some know no HEIC and say nothing."""
    file = request.files.get("file")
    if file is None:
        return b"", ""
    suffix = (file.filename or "").rpartition(".")[2].lower()
    return file.read(), GUESSED.get(suffix, file.mimetype)


def opinions(db: Session, application: Application) -> list[Mapping[str, Any]]:
    """What the offices said about the items of the last review, from whoever registered to tell."""
    told = [tell(db, application) for tell in current_app.extensions.get("standing", [])]
    return [opinion for each in told for opinion in each.get("opinions") or []]


def keep_fault(slot: str, text: str) -> None:
    """A slot's refusal, for the page that follows (where no script shows it in place)."""
    session[FAULT] = {"slot": slot, "text": text}


def take_fault() -> Mapping[str, str]:
    """The refusal that was kept, once: `slot` and `text`; empty when there is none."""
    return cast(Mapping[str, str], session.pop(FAULT, {}))
