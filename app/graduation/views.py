"""毕业申请及图像采集: the candidate's page."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.graduation import actions
from app.graduation.queries import application_of, receipts_of
from app.graduation.rules import branch_of
from app.graduation.workflow import LABELS, Status, allowed
from app.web.here import candidate, language, now, parts

pages = Blueprint("graduation", __name__)


@pages.get("/apply")
def page() -> str:
    """The candidate's fields, where the application stands, what was handed over."""
    with parts().db.reading() as db:
        return render_template("graduation/apply.html", **standing(db))


@pages.get("/apply/panel")
def panel() -> str:
    """The part of the page that changes by itself."""
    with parts().db.reading() as db:
        return render_template("graduation/_status.html", **standing(db))


@pages.post("/apply")
def apply() -> Response:
    """申请: goes on to the capture dialog."""
    with parts().db.writing() as db:
        actions.apply(db, candidate(), language(), now())
    return redirect(url_for("portrait.dialog"), 303)


def standing(db: Session) -> dict[str, object]:
    """Where the candidate stands, for every page that shows it."""
    person = candidate()
    application = application_of(db, person.id)
    status = Status(application.status) if application else Status.FORM
    steps = allowed(status, "candidate", branch_of(person.id_type))
    return {
        "candidate": person, "application": application, "status": status, "label": LABELS[status],
        "receipts": receipts_of(db, application.id) if application else [],
        "can_apply": "apply" in steps or "hand_over" in steps, "here": "apply",
    }  # fmt: skip
