"""One case as a reviewer sees it: its pictures, what was decided about them before, what is open now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.application.model import Application
from app.application.workflow import Status
from app.base.errors import N_, Refused
from app.documents.model import Document
from app.documents.queries import document_in, documents_of
from app.documents.rules import slots_for
from app.identity.model import Staff
from app.portrait.model import Capture
from app.portrait.queries import draft_of
from app.review.model import Decision
from app.review.queries import own_statuses, scope
from app.review.rules import DOCUMENTS, NO_PICTURE, PORTRAIT, Past, items_in, level_of, open_items

Picture = Capture | Document


@dataclass(frozen=True)
class Case:
    """An application before an office. `pictures` by item, `opened` the items to decide, `past` what was decided.

    `missing` are the items that have to be reviewed and of which there is no picture (any more); they stay open.
    """

    application: Application
    pictures: Mapping[str, Picture]
    opened: tuple[str, ...]
    past: tuple[Decision, ...]
    missing: tuple[str, ...] = ()

    @property
    def hashes(self) -> dict[str, str]:
        """item → sha256, empty for what is missing."""
        return {item: picture.sha256 for item, picture in self.pictures.items()} | dict.fromkeys(
            self.missing, NO_PICTURE
        )


def application_for(session: Session, staff: Staff, tag: str) -> Application | None:
    """The application of this tag, if it is the reviewer's office's to see. Refused when it is the reviewer's own."""
    wanted = select(Application).where(Application.tag == tag, *scope(staff))
    found = session.scalar(wanted.options(joinedload(Application.candidate), joinedload(Application.office)))
    if found and staff.id_number and found.candidate.id_number == staff.id_number:
        raise Refused("own_case", N_("这是您本人的申请，不能由您审核。请由其他审核人员处理。"), 403)
    return found


def case_of(session: Session, application: Application) -> Case:
    """The case in the status it has now; in one that no office decides there is nothing to look at."""
    pictures = pictures_of(session, application)
    past = decisions_of(session, application.id)
    said = [Past(each.item, each.sha256, level_of(Status(each.status)), each.approved) for each in past]
    hashes = {item: picture.sha256 for item, picture in pictures.items()}
    missing = tuple(item for item in wanted_in(application) if item not in pictures)
    opened = open_items(hashes, said, level_of(Status(application.status)), missing)
    return Case(application, pictures, opened, tuple(past), missing)


def wanted_in(application: Application) -> tuple[str, ...]:
    """What there has to be of it in the status it has now: of documents, those of its type of document."""
    slots = {slot.key for slot in slots_for(application.candidate.id_type)}
    return tuple(item for item in items_in(Status(application.status)) if item == PORTRAIT or item in slots)


def is_before(staff: Staff, application: Application) -> bool:
    """Whether it is this reviewer's office's turn."""
    return application.status in own_statuses(staff)


def pictures_of(session: Session, application: Application) -> dict[str, Picture]:
    """What is to be reviewed in the status it has now and is there, by item."""
    wanted = items_in(Status(application.status))
    portrait = draft_of(session, application.id) if PORTRAIT in wanted else None
    found: dict[str, Picture] = {PORTRAIT: portrait} if portrait and portrait.preview else {}
    if set(DOCUMENTS) & set(wanted):
        found |= {document.slot: document for document in documents_of(session, application.id)}
    return {item: found[item] for item in wanted if item in found}


def decisions_of(session: Session, application_id: int) -> list[Decision]:
    """What was decided about an application and not undone, oldest first."""
    of_it = select(Decision).where(Decision.application_id == application_id, Decision.undone_at.is_(None))
    return list(session.scalars(of_it.order_by(Decision.id)))


def live_picture(session: Session, application_id: int, item: str) -> Picture | None:
    """The picture of this item that counts, in whatever status."""
    return draft_of(session, application_id) if item == PORTRAIT else document_in(session, application_id, item)


def picture_of(session: Session, application_id: int, item: str, sha256: str) -> Picture | None:
    """The newest picture of this item with this content, whether it counts or not."""
    if item == PORTRAIT:
        portraits = select(Capture).where(Capture.application_id == application_id, Capture.sha256 == sha256)
        return session.scalar(portraits.where(Capture.handed_over_at.is_not(None)).order_by(Capture.id.desc()).limit(1))
    documents = select(Document).where(Document.application_id == application_id, Document.slot == item)
    return session.scalar(documents.where(Document.sha256 == sha256).order_by(Document.id.desc()).limit(1))


def rejected_picture(session: Session, application_id: int, item: str) -> Picture | None:
    """The newest rejected picture of this item, while nothing has replaced it and its bytes are kept."""
    if item == PORTRAIT:
        pictures = select(Capture).where(Capture.application_id == application_id, Capture.handed_over_at.is_not(None))
        newest: Picture | None = session.scalar(pictures.order_by(Capture.id.desc()).limit(1))
    else:
        documents = select(Document).where(Document.application_id == application_id, Document.slot == item)
        newest = session.scalar(documents.order_by(Document.id.desc()).limit(1))
    return newest if newest and newest.end_reason == "rejected" and newest.preview else None
