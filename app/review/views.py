"""What waits for review."""

from __future__ import annotations

from flask import Blueprint, render_template
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.graduation.model import Application
from app.graduation.workflow import Status
from app.identity.rules import masked_name
from app.web.here import parts, staff

pages = Blueprint("review", __name__)


@pages.get("/review")
def page() -> str:
    """The applications that wait, oldest first."""
    staff("reviewer")
    with parts().db.reading() as db:
        waiting = select(Application).where(Application.status == Status.PORTRAIT_REVIEW)
        rows = db.scalars(
            waiting.order_by(Application.status_since).limit(50).options(joinedload(Application.candidate))
        ).all()
    return render_template("review/page.html", rows=rows, masked_name=masked_name)
