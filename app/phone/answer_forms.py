"""What the phone's calls answer, as docs/api.md describes it: the JSON, typed."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from flask_babel import force_locale, gettext

from app.application.contributions import Region, RejectedPortrait
from app.base.clock import in_shanghai
from app.base.json_values import JsonObject
from app.documents.dialog_queries import Row
from app.documents.rules import submit_words
from app.documents.views import ReceivedDocument, received
from app.portrait.model import Capture


class MaskedPerson(TypedDict):
    """Whose pairing it is, as far as a phone may know."""

    name: str
    id_number: str


class ConsentState(TypedDict):
    """The version of the text, and whether it was agreed to here."""

    version: str
    given: bool


class CaptureState(TypedDict):
    """A picture that the phone sent, with the report about it."""

    sha256: str
    bytes: int
    width: int
    height: int
    received_at: str
    report: JsonObject
    registered_sha256: str | None
    crop: list[float] | None


class Rejection(TypedDict):
    """Why the portrait is taken again: codes, their texts, the office's own words, a place in the picture."""

    reasons: list[str]
    texts: list[str]
    opinion: str
    region: Region | None


class RejectedShape(TypedDict):
    """The shape of a rejected picture and the marked place; the picture itself is for its owner's login alone."""

    width: int
    height: int
    region: Region | None


class BothLanguages(TypedDict):
    """A text in Chinese and in English."""

    zh: str
    en: str


class SlotState(TypedDict):
    """One picture that is needed: what it is called, what is there, what was said about it."""

    slot: str
    label: BothLanguages
    hint: BothLanguages
    frame: str
    state: str
    document: ReceivedDocument | None
    rejected: RejectedShape | None
    opinion: str
    reasons: list[str]


class DocumentsState(TypedDict):
    """All slots of a document."""

    slots: list[SlotState]
    complete: bool
    submit: BothLanguages


class PairingState(TypedDict):
    """Where a pairing stands. `documents` and `rejected` are there when there is something to say."""

    tag: str
    state: str
    purpose: str
    person: MaskedPerson
    id_type: str
    id_type_name: BothLanguages
    number: str | None
    language: str
    alone: bool
    until: str | None
    uploads_left: int
    consent: ConsentState
    capture: CaptureState | None
    documents: NotRequired[DocumentsState]
    rejected: NotRequired[Rejection]


def capture_state(capture: Capture) -> CaptureState:
    """What the phone may know of a picture that it sent."""
    return {
        "sha256": capture.sha256,
        "bytes": capture.bytes,
        "width": capture.width,
        "height": capture.height,
        "received_at": in_shanghai(capture.received_at).isoformat(timespec="seconds"),
        "report": capture.report,
        "registered_sha256": capture.registered_sha256,
        "crop": capture.crop,
    }


def rejection(told: RejectedPortrait) -> Rejection:
    """Why the portrait is taken again."""
    return {
        "reasons": list(told.reasons),
        "texts": list(told.texts),
        "opinion": told.opinion,
        "region": told.region,
    }


def documents_state(rows: list[Row], id_type: str) -> DocumentsState:
    """What the phone may know of the slots: their words in both languages, what is there, what was said about it."""
    return {
        "slots": [_slot(row) for row in rows],
        "complete": all(row.filled for row in rows),
        "submit": both(submit_words(id_type)),
    }


def _slot(row: Row) -> SlotState:
    return {
        "slot": row.slot.key,
        "label": both(row.slot.label),
        "hint": both(row.slot.hint),
        "frame": row.slot.frame,
        "state": row.state,
        "document": received(row.document) if row.document else None,
        "rejected": _rejected(row),
        "opinion": row.opinion.opinion if row.opinion else "",
        "reasons": list(row.opinion.reasons) if row.opinion else [],
    }


def _rejected(row: Row) -> RejectedShape | None:
    if row.before is None:
        return None
    region = row.opinion.region if row.opinion else None
    return {"width": row.before.width, "height": row.before.height, "region": region}


def both(text: str) -> BothLanguages:
    """A marked text in both languages; one that is in no catalogue stays as it is."""
    with force_locale("zh"):
        zh = gettext(text)
    with force_locale("en"):
        return {"zh": zh, "en": gettext(text)}
