"""What the candidate's pages show: the form with what it offers, or the application with what is next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.application.contributions import (
    PORTRAIT,
    Contributions,
    DraftSummary,
    LastPlaceChange,
    Opinion,
    ReviewSummary,
)
from app.application.message_rules import tell
from app.application.model import Application, Batch, Receipt
from app.application.offer_queries import Offer, may_apply_now, offer, place_hint, prefilled
from app.application.place_rules import full_name
from app.application.queries import may_withdraw, receipts_of
from app.application.rules import Filled
from app.application.status_row_rules import Button, StatusMessage
from app.application.status_rules import STATUSES, button_of, label_of
from app.application.texts import DOCUMENTS as DOCUMENTS_TEXT
from app.application.texts import PORTRAIT as PORTRAIT_TEXT
from app.application.workflow import Status
from app.base.errors import N_
from app.identity.actor_rules import Role
from app.identity.model import Candidate, Office
from app.identity.queries import nearest_office
from app.study.forecast_rules import Forecast

RECEIPTS = {
    "application": N_("毕业申请"),
    PORTRAIT: PORTRAIT_TEXT,
    "documents": DOCUMENTS_TEXT,
    "submission": N_("提交毕业申请"),
}


@dataclass(frozen=True)
class Form:
    """The form as it is shown; without a passed forecast, an open batch or an office there is only the reason."""

    forecast: Forecast
    offer: Offer
    filled: Filled
    wrong: Mapping[str, str]
    office: Office | None
    place_hint: str

    @property
    def open(self) -> bool:
        """Whether it is there to be filled in."""
        return self.forecast.passed and bool(self.offer.months) and bool(self.offer.places)

    @property
    def only_month(self) -> str:
        """The 毕业年月 where there is no other to choose."""
        return self.offer.months[0] if len(self.offer.months) == 1 else ""

    @property
    def first_wrong(self) -> Mapping[str, str]:
        """The first mistake alone: the field to begin with."""
        return dict(list(self.wrong.items())[:1])


@dataclass(frozen=True)
class ReceiptLine:
    """A receipt as it is shown; `facts` are width, height and kb of a portrait, and empty of anything else."""

    words: str
    number: str
    at: datetime
    facts: Mapping[str, int]


@dataclass(frozen=True)
class ApplicationView:
    """One application as pages show it: its words, its button, its receipts, and what later slices know about it."""

    application: Application
    label: str
    message: StatusMessage
    button: Button | None
    in_review: bool
    may_withdraw: bool
    may_apply_again: bool
    closed_batch: Batch | None
    receipts: list[Receipt]
    shows_portrait: bool
    office: Office | None
    review: ReviewSummary
    draft: DraftSummary
    step: int
    place: str

    @property
    def office_name(self) -> str:
        """Whom the words are about; in general where nobody is known."""
        return self.office.name if self.office else N_("市考办")

    @property
    def leads_on(self) -> bool:
        """Whether a press of its button opens what is next."""
        return self.button is not None and self.button.enabled and not self.may_print

    @property
    def since_label(self) -> str:
        """What the time of the status is: when the candidate submitted something, else when it changed."""
        status = Status(self.application.status)
        submitted = status == Status.SUBMITTED or STATUSES[status].office == Role.CITY
        return N_("提交时间") if submitted else N_("更新时间")

    @property
    def may_print(self) -> bool:
        """Whether 毕业生登记表 is there to be printed."""
        return self.application.status == Status.SUBMITTED

    @property
    def place_change(self) -> LastPlaceChange | None:
        """The last change of place by an office, as long as it matters."""
        over = self.application.status in (Status.SUBMITTED, Status.WITHDRAWN)
        return None if over else self.review.place_change

    @property
    def compared_next_at(self) -> datetime | None:
        """When the register is asked again that did not answer."""
        waits = self.application.status == Status.REGISTER_CHECK and self.application.register_tries
        return self.application.register_next_at if waits else None

    @property
    def opinions(self) -> list[Opinion]:
        """What the office that decided last said about each item, in one act; what was rejected first."""
        return sorted(self.review.opinions, key=lambda each: each.approved)

    @property
    def portrait(self) -> str:
        """The sha256 of the portrait of the newest receipt of one, empty when it is not to be shown."""
        found = next((each for each in self.receipts if each.kind == PORTRAIT), None)
        return str(found.facts["sha256"]) if found and self.shows_portrait else ""

    @property
    def receipt_lines(self) -> list[ReceiptLine]:
        """The receipts, newest first."""
        return [_line(each) for each in self.receipts]


@dataclass(frozen=True)
class CandidatePage:
    """What stands around and in every page about a candidate's application: its view, or the form before there is one.

    `last` is the closed application before the form; `step` one of the four of 毕业办理步骤; `office` whom to ask.
    """

    candidate: Candidate
    status: Status
    office: Office | None
    step: int
    view: ApplicationView | None = None
    form: Form | None = None
    last: Application | None = None


def form_of(
    session: Session,
    candidate: Candidate,
    forecast: Forecast,
    now: datetime,
    filled: Filled | None = None,
    wrong: Mapping[str, str] | None = None,
) -> Form:
    """The form: prefilled, or as it was typed with what is wrong."""
    offered = offer(session, candidate.programme_university, now)
    filled = filled or prefilled(candidate, offered)
    office = offered.offices.of(filled.place) or nearest_office(session, candidate)
    return Form(forecast, offered, filled, wrong or {}, office, place_hint(candidate, filled, offered, bool(wrong)))


def view_of(session: Session, application: Application, contributions: Contributions, now: datetime) -> ApplicationView:
    """Everything that pages show about one application."""
    status, branch = Status(application.status), application.branch
    row = STATUSES[status]
    draft, review = contributions.draft_of(session, application), contributions.review_of(session, application)
    last_review = review.last_review
    batch = session.get(Batch, application.batch)
    return ApplicationView(
        application=application,
        label=label_of(status, last_review == "rejected", review.documents_too),
        message=tell(status, branch, last_review, application.register_tries > 0, draft.received, draft.expired),
        button=button_of(status, last_review is not None),
        in_review=row.office is not None,
        may_withdraw=application.closed_at is None and may_withdraw(session, application),
        may_apply_again=may_apply_now(session, application.candidate, now),
        closed_batch=batch if batch and row.is_begun and batch.closes_at <= now else None,
        receipts=receipts_of(session, application.id),
        shows_portrait=branch in row.shows_portrait,
        office=application.office or nearest_office(session, application.candidate),
        review=review,
        draft=draft,
        step=row.step,
        place=full_name(application.place),
    )


def _line(receipt: Receipt) -> ReceiptLine:
    facts = {}
    if receipt.kind == PORTRAIT:
        width, height, size = (int(receipt.facts[name]) for name in ("width", "height", "bytes"))
        facts = {"width": width, "height": height, "kb": size // 1024}
    return ReceiptLine(RECEIPTS.get(receipt.kind, receipt.kind), receipt.number, receipt.handed_over_at, facts)
