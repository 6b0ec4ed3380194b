"""Where a candidate stands, ready to be shown: the form with what it offers, or the application with what is next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.application.batch_rules import is_open
from app.application.message_rules import tell
from app.application.model import Application, Batch, Receipt
from app.application.offer_queries import Offer, offer, prefilled
from app.application.place_rules import full_name
from app.application.queries import may_withdraw, receipts_of
from app.application.rules import Filled
from app.application.status_row_rules import Button, StatusMessage
from app.application.status_rules import STATUSES, button_of, label_of
from app.application.workflow import Status
from app.identity.model import Candidate, Office
from app.identity.queries import nearest_office
from app.study.forecast_rules import Forecast

PORTRAIT = "portrait"


@dataclass(frozen=True)
class Form:
    """The form as it is shown; without a passed forecast or an open batch there is only the reason."""

    forecast: Forecast
    offer: Offer
    filled: Filled
    wrong: Mapping[str, str]
    office: Office | None


@dataclass(frozen=True)
class Standing:
    """One application: its words, its button, its receipts; `known` is what later slices say about it."""

    application: Application
    label: str
    telling: StatusMessage
    button: Button | None
    in_review: bool
    may_withdraw: bool
    closed_batch: Batch | None
    receipts: list[Receipt]
    shows_portrait: bool
    office: Office | None
    known: Mapping[str, object]
    step: int
    place: str


def form_of(
    session: Session,
    candidate: Candidate,
    forecast: Forecast,
    now: datetime,
    filled: Filled | None = None,
    wrong: Mapping[str, str] | None = None,
) -> Form:
    """The form: prefilled, or as it was typed with what is wrong."""
    offered = offer(session, now)
    filled = filled or prefilled(candidate, offered)
    office = offered.office(filled.place) or nearest_office(session, candidate)
    return Form(forecast, offered, filled, wrong or {}, office)


def standing_of(session: Session, application: Application, known: Mapping[str, object], now: datetime) -> Standing:
    """Everything that pages show about one application."""
    status, branch = Status(application.status), application.branch
    row = STATUSES[status]
    last_review = known.get("last_review")
    batch = session.get(Batch, application.batch)
    return Standing(
        application=application,
        label=label_of(status, last_review == "rejected", _documents_too(known)),
        telling=tell(
            status,
            branch,
            last_review if isinstance(last_review, str) else None,
            application.register_tries > 0,
            known.get("portrait_received") is True,
            known.get("portrait_expired") is True,
        ),
        button=button_of(status, last_review is not None),
        in_review=row.office is not None,
        may_withdraw=application.closed_at is None and may_withdraw(session, application),
        closed_batch=batch if batch and row.is_begun and not is_open(batch, now) else None,
        receipts=receipts_of(session, application.id),
        shows_portrait=branch in row.shows_portrait,
        office=application.office or nearest_office(session, application.candidate),
        known=known,
        step=row.step,
        place=full_name(application.place),
    )


def _documents_too(known: Mapping[str, object]) -> bool:
    """Whether the last act rejected a picture of a document, beside the portrait perhaps."""
    opinions = known.get("opinions")
    return isinstance(opinions, list) and any(not each["approved"] and each["item"] != PORTRAIT for each in opinions)
