"""The console's pages: one search field, one timeline, two acts."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.application.status_rules import STATUSES
from app.application.workflow import Status
from app.base.errors import N_, Refused
from app.http.current import now
from app.http.provided import database, provided
from app.identity.actor_rules import StaffRole
from app.identity.current import staff
from app.identity.rules import masked_name
from app.pairing.rules import LinkSigners
from app.pairing.views import phone_url
from app.review.look_actions import searched
from app.study.queries import forecast_of
from app.support import actions
from app.support.queries import Found, find
from app.support.timeline_queries import days
from app.support.wording_rules import NOT_YET


class SupportSettings(Protocol):
    """The settings that this slice reads."""

    @property
    def support_link_minutes(self) -> int:
        """Life of a link that support issues."""
        ...


pages = Blueprint("support", __name__, url_prefix="/support")


@pages.get("")
def page() -> str:
    """Search, and what was found."""
    staff(StaffRole.SUPPORT)
    number = request.args.get("number", "").strip()
    return _show(number, "")


@pages.post("/revoke")
def revoke() -> Response:
    """撤销: the live pairing ends."""
    person = staff(StaffRole.SUPPORT)
    number = request.form.get("number", "").strip()
    with database().writing() as db:
        done = actions.revoke(db, _known(find(db, number)), person, now())
    flash(_("已撤销配对链接。") if done else _("现在没有可撤销的配对链接。"), "good" if done else "warn")
    return redirect(url_for("support.page", number=number))


@pages.post("/issue")
def issue() -> str:
    """重新生成配对链接: shown once, to read out or to send."""
    person = staff(StaffRole.SUPPORT)
    number = request.form.get("number", "").strip()
    life = timedelta(minutes=provided(SupportSettings).support_link_minutes)
    with database().writing() as db:
        token = actions.issue_link(db, _known(find(db, number)), person, provided(LinkSigners), life, now())
    return _show(number, phone_url(token))


def _show(number: str, link: str) -> str:
    person = staff(StaffRole.SUPPORT)
    with database().writing() as db:
        found = find(db, number) if number else None
        if found:
            actions.looked(db, found, person, now())
        elif number:
            searched(db, person, number, [], now())
        shown = days(db, found) if found else []
        standing = _standing(db, found) if found else {}
    return render_template(
        "support/page.html",
        number=number,
        found=found,
        days=shown,
        pairing_now=found.pairing_now(now()) if found else (),
        link=link,
        minutes=provided(SupportSettings).support_link_minutes,
        masked_name=masked_name,
        **standing,
    )


def _standing(db: Session, found: Found) -> dict[str, str]:
    """Where the candidate is, and who is next."""
    status = Status(found.newest.status) if found.newest else Status.FORM
    waits = status == Status.FORM and not forecast_of(db, found.candidate, now()).passed
    row = STATUSES[status]
    return {"label": row.label, "next": NOT_YET if waits else row.support_next}


def _known(found: Found | None) -> Found:
    if found is None:
        raise Refused("not_found", N_("没有找到这个准考证号。请向考生核对后再查。"), 404)
    return found
