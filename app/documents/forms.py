"""What a request of the documents dialog carries, and what of it cannot be read back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from flask import Request, session

from app.application.contributions import Contributions
from app.application.model import Application
from app.base.errors import N_
from app.base.keyed_locks import KeyedLocks
from app.base.store import Store
from app.documents.loss_actions import lost_documents
from app.http.current import now
from app.http.provided import database, provided

DOCUMENTS_LOST = N_("有证件附件在服务器上读不出来了，没有提交。这是系统的问题，请重新上传缺少的附件。")
PORTRAIT_LOST = N_("毕业证照片在服务器上读不出来了，还没有提交。这是系统的问题，请重新拍一张；证件附件都还在。")
FAULT = "document_fault"
GUESSED = {"heic": "image/heic", "heif": "image/heif"}


def chosen(request: Request) -> tuple[bytes, str]:
    """The file that was chosen, and the type its browser says it has; some know no HEIC and say nothing."""
    file = request.files.get("file")
    if file is None:
        return b"", ""
    suffix = (file.filename or "").rpartition(".")[2].lower()
    return file.read(), GUESSED.get(suffix, file.mimetype)


def are_lost(application: Application) -> bool:
    """Whether pictures that would be handed over cannot be read back; they are asked for again from now on."""
    return lost_documents(database(), provided(Store), provided(KeyedLocks), application.id, now())


def what_is_lost(application: Application, with_portrait: bool) -> list[str]:
    """What to tell of everything that would go to the office and cannot be read back."""
    told = [DOCUMENTS_LOST] if are_lost(application) else []
    if with_portrait and provided(Contributions).is_lost_along(application):
        told.append(PORTRAIT_LOST)
    return told


def keep_fault(slot: str, text: str) -> None:
    """A slot's refusal, for the page that follows (where no script shows it in place)."""
    session[FAULT] = {"slot": slot, "text": text}


def take_fault() -> Mapping[str, str]:
    """The refusal that was kept, once: `slot` and `text`; empty when there is none."""
    return cast(Mapping[str, str], session.pop(FAULT, {}))
