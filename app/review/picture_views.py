"""Pictures before an office, and the rejected ones of a candidate. Every view is recorded, no cache keeps any."""

from __future__ import annotations

from flask import Blueprint, abort
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.application.audit_rules import Action
from app.application.model import Application
from app.application.queries import application_of
from app.base.audit import record
from app.http import pictures
from app.http.current import now
from app.http.provided import database
from app.identity.actor_rules import Actor, StaffRole
from app.identity.current import candidate, record_own_look, staff
from app.identity.model import Staff
from app.review.case_queries import application_for, is_before, pictures_of, rejected_picture
from app.review.rules import DOCUMENTS, PORTRAIT

pages = Blueprint("pictures", __name__)

# What is shown of a portrait → the blob and its type.
OF_A_PORTRAIT = {
    "portrait": ("preview", "image/jpeg"),
    "derived": ("derived", "image/jpeg"),
    "overlay": ("overlay", "image/png"),
}


@pages.get("/review/<tag>/picture/<item>")
def of_a_case(tag: str, item: str) -> Response:
    """A picture that is before this reviewer's office."""
    person = staff(StaffRole.REVIEWER)
    with database().writing() as db:
        application = application_for(db, person, tag) or abort(404)
        name, kind, sha256 = _of_a_case(db, application, person, item)
        record(db, application.id, str(Actor.staff(person.id)), Action.PICTURE_VIEWED, now(), f"{item} {sha256}")
    return pictures.shown(name, f"application {application.id}", kind)


@pages.get("/apply/rejected/<item>")
def rejected(item: str) -> Response:
    """The candidate's own picture that was rejected."""
    person = candidate()
    with database().reading() as db:
        application = application_of(db, person.id)
        wanted = application and item in (PORTRAIT, *DOCUMENTS)
        picture = rejected_picture(db, application.id, item) if application and wanted else None
        if application is None or picture is None or picture.preview is None:
            abort(404)
        name = picture.preview
    record_own_look(application.id, Action.PICTURE_VIEWED, f"{item} {picture.sha256}")
    return pictures.shown(name, f"application {application.id}")


def _of_a_case(db: Session, application: Application, person: Staff, item: str) -> tuple[str, str, str]:
    """Blob, type, sha256 of what was sent; 404 when it is not there, or not this office's turn."""
    found = pictures_of(db, application) if is_before(person, application) else {}
    column, kind = OF_A_PORTRAIT.get(item, ("preview", "image/jpeg"))
    picture = found.get(PORTRAIT if item in OF_A_PORTRAIT else item)
    if picture is None or not (name := getattr(picture, column)):
        abort(404)
    return name, kind, picture.sha256
