"""Finding pictures of documents."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.application.model import PAPERS, Application
from app.application.terms import VERSION
from app.documents.model import BLOBS, Document
from app.documents.rules import slots_for
from app.pairing.queries import agreed

KEPT = tuple(getattr(Document, column).is_not(None) for column in BLOBS)


def documents_of(session: Session, application_id: int) -> list[Document]:
    """The pictures that count now, in the order in which they came; one that was deleted is not there."""
    live = (Document.application_id == application_id, Document.ended_at.is_(None), *KEPT)
    return list(session.scalars(select(Document).where(*live).order_by(Document.id)))


def document_in(session: Session, application_id: int, slot: str) -> Document | None:
    """The picture that counts in this slot."""
    return next((each for each in documents_of(session, application_id) if each.slot == slot), None)


def latest_in(session: Session, application_id: int) -> dict[str, Document]:
    """The newest picture of each slot, whether it counts or not."""
    every = select(Document).where(Document.application_id == application_id).order_by(Document.id)
    return {document.slot: document for document in session.scalars(every)}


def missing_in(session: Session, application: Application) -> list[str]:
    """The keys of the slots without a picture that counts, in order; rejected pictures count no more."""
    here = {document.slot for document in documents_of(session, application.id)}
    return [slot.key for slot in slots_for(application.candidate.id_type) if slot.key not in here]


def is_complete(session: Session, application: Application) -> bool:
    """Whether every slot holds a picture that counts."""
    return not missing_in(session, application)


def are_handed_over(session: Session, application: Application) -> bool:
    """Whether every slot holds a picture that counts and that the candidate has handed in."""
    return is_complete(session, application) and all(
        each.handed_over_at for each in documents_of(session, application.id)
    )


def consented(session: Session, application_id: int) -> bool:
    """Whether this version of the text was agreed to for pictures of documents, here or on a phone."""
    return agreed(session, application_id, VERSION, PAPERS)


def seen_by(documents: list[Document]) -> str:
    """What names just these pictures; empty when there are none."""
    return " ".join(f"{document.slot}:{document.sha256}" for document in documents)


def blobs_of(document: Document) -> set[str]:
    """The blobs that belong to it."""
    return {name for name in (getattr(document, column) for column in BLOBS) if name}


def blob_names(session: Session, application_id: int | None = None) -> set[str]:
    """Every blob that a row refers to; of one application, or of all."""
    rows = select(*(getattr(Document, column) for column in BLOBS))
    if application_id is not None:
        rows = rows.where(Document.application_id == application_id)
    return {name for row in session.execute(rows) for name in row if name}
