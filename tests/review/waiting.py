"""Offices, reviewers and applications that wait for them, made by rows."""

from __future__ import annotations

import hashlib
import itertools
from datetime import datetime

from app.application.model import Application
from app.application.workflow import Status
from app.base import tokens
from app.base.audit import record
from app.documents.model import Document
from app.identity.model import Office, Staff
from app.pairing.model import Pairing
from app.portrait.model import Capture
from app.review.rules import DOCUMENTS
from tests import people
from tests.people import Field
from tests.world import World

_numbers = itertools.count(1)
REPORT = {
    "pack": "guangdong",
    "version": "1",
    "hash": "h",
    "verdict": "warn",
    "findings": [
        {
            "check": "eye_line",
            "value": 310,
            "unit": "px",
            "low": 200,
            "high": 300,
            "verdict": "warn",
            "advice": {"zh": "脸的位置太低。", "en": "The face is too low."},
        },
        {
            "check": "roll",
            "value": 1,
            "unit": "degrees",
            "low": -8,
            "high": 8,
            "verdict": "pass",
            "advice": {"zh": "", "en": ""},
        },
        {
            "check": "centring",
            "value": 0.012,
            "unit": "share",
            "low": None,
            "high": 0.06,
            "verdict": "pass",
            "advice": {"zh": "", "en": ""},
        },
    ],
}
PASSPORT = {"id_type": "普通护照", "id_number": "E12345678"}
STEP_INTO = {
    Status.PORTRAIT_REVIEW: "hand_over",
    Status.DOCUMENT_REVIEW_CITY: "submit_documents",
    Status.FULL_REVIEW_CITY: "submit_documents",
}


def office(world: World, level: str = "city", name: str = "广州市考办", **fields: str) -> Office:
    """A city's office, or the provincial one."""
    usual = {"code": f"o{next(_numbers)}", "city": "440100", "contact": "电话 020-00000000"}
    return world.add(Office(**usual | {"name": name, "level": level} | fields))


def reviewer(world: World, where: Office | None, **fields: Field) -> Staff:
    """Somebody who works there."""
    return world.add(people.reviewer(office=where, **fields))


def waiting(world: World, where: Office, status: Status = Status.PORTRAIT_REVIEW, **fields: Field) -> Application:
    """An application in this status before an office, with the pictures that belong to it."""
    full = status in (Status.FULL_REVIEW_CITY, Status.FULL_REVIEW_PROVINCE)
    person = world.add(people.candidate(**({} if not full else PASSPORT) | fields))
    now = world.clock.now()
    application = world.add(
        Application(
            tag=tokens.secret(),
            candidate_id=person.id,
            status=status,
            language="zh",
            applied_at=now,
            status_since=now,
            office_id=where.id,
        )
    )
    with world.dependencies.db.writing() as db:
        record(db, application.id, f"candidate:{person.id}", STEP_INTO.get(status, "approve"), now)
    if status == Status.PORTRAIT_REVIEW or full:
        portrait(world, application)
    if status != Status.PORTRAIT_REVIEW:
        for slot in DOCUMENTS:
            document(world, application, slot)
    return application


def portrait(world: World, application: Application, body: bytes = b"") -> Capture:
    """A portrait that was handed over."""
    body = body or f"portrait {next(_numbers)}".encode()
    pairing = world.add(
        Pairing(
            application_id=application.id,
            state="received",
            created_at=world.clock.now(),
            ended_at=world.clock.now(),
            end_reason="handed_over",
        )
    )
    blobs = {
        column: world.dependencies.store.put(application.tag, column.encode() + body)
        for column in ("original", "preview", "derived", "overlay")
    }
    return world.add(
        Capture(
            application_id=application.id,
            pairing_id=pairing.id,
            **_sent(world, body),
            declared="image/jpeg",
            verdict="warn",
            report=REPORT,
            **blobs,
        )
    )


def document(world: World, application: Application, slot: str, body: bytes = b"") -> Document:
    """A picture of a document that was handed over."""
    body = body or f"{slot} {next(_numbers)}".encode()
    blobs = {
        column: world.dependencies.store.put(application.tag, column.encode() + body)
        for column in ("original", "preview")
    }
    return world.add(Document(application_id=application.id, slot=slot, source="desk", **_sent(world, body), **blobs))


def _sent(world: World, body: bytes) -> dict[str, str | int | datetime]:
    now = world.clock.now()
    return {
        "sha256": hashlib.sha256(body).hexdigest(),
        "bytes": len(body),
        "width": 1200,
        "height": 1600,
        "received_at": now,
        "handed_over_at": now,
    }


def now_of(world: World, application: Application) -> Application:
    """The application's row as it is now."""
    [row] = world.rows(Application, id=application.id)
    return row
