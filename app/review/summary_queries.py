"""What other pages show of a review: the candidate's standing and the phone's, through hooks."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for
from flask.blueprints import BlueprintSetupState
from sqlalchemy.orm import Session

from app.application.model import Application
from app.http.current import language
from app.review.opinion_queries import last_opinions, rejected_portrait
from app.review.place_change_queries import moves_of

pages = Blueprint("opinions", __name__)


@pages.record
def install(state: BlueprintSetupState) -> None:
    """Hang the hooks in: functions of (session, application), whose results are merged into what is shown."""
    state.app.extensions.setdefault("standing", []).append(of_the_candidate)
    state.app.extensions.setdefault("phone_standing", []).append(of_the_phone)


def of_the_candidate(session: Session, application: Application) -> dict[str, Any]:
    """The opinions of the last act, whether it was approved or rejected (None: nothing was decided yet), and the last
    change of place by an office (None: there was none)."""
    opinions = [_with_picture(each) for each in last_opinions(session, application, language())]
    rejected = any(not each["approved"] for each in opinions)
    last_review = ("rejected" if rejected else "approved") if opinions else None
    return {
        "opinions": opinions,
        "last_review": last_review,
        "moved": next(iter(moves_of(session, application.id)), None),
    }


def _with_picture(opinion: dict[str, Any]) -> dict[str, Any]:
    """With the address of the rejected picture, empty when there is none to see."""
    address = url_for("pictures.rejected", item=opinion["item"]) if opinion["picture"] else ""
    return opinion | {"picture": address}


def of_the_phone(session: Session, application: Application) -> dict[str, Any]:
    """Why the portrait is taken again."""
    rejected = rejected_portrait(session, application, application.language)
    return {"rejected": rejected} if rejected else {}
