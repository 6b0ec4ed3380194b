"""Where a candidate stands, ready to be shown: the form with what it offers, or the application with what is next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy.orm import Session

from app.application import texts
from app.application.batch_rules import is_open
from app.application.message_rules import Telling, tell
from app.application.model import Application, Batch, Receipt
from app.application.offer_queries import Offer, offer, prefilled
from app.application.place_rules import full_name
from app.application.queries import may_withdraw, receipts_of
from app.application.rules import REVIEWS, Button, Filled, button_of, strip_step
from app.application.workflow import Branch, Status, label_of
from app.base.errors import N_
from app.identity.model import Candidate, Office
from app.identity.queries import nearest_office
from app.study.forecast_rules import Forecast

PORTRAIT = "portrait"
RECEIPTS = {
    "application": N_("毕业申请"),
    PORTRAIT: texts.PORTRAIT,
    "documents": texts.DOCUMENTS,
    "submission": N_("提交毕业申请"),
}


@dataclass(frozen=True)
class Form:
    """The form as it is shown; without a passed forecast or an open batch there is only the reason."""

    forecast: Forecast
    offer: Offer
    filled: Filled
    wrong: Mapping[str, str]
    office: Office | None

    @property
    def open(self) -> bool:
        """Whether it is there to be filled in."""
        return self.forecast.passed and bool(self.offer.months)

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
class Standing:
    """One application: its words, its button, its receipts; `known` is what later slices say about it."""

    application: Application
    label: str
    telling: Telling
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

    @property
    def office_name(self) -> str:
        """Whom the words are about; in general where nobody is known."""
        return self.office.name if self.office else N_("市考办")

    @property
    def may_print(self) -> bool:
        """Whether 毕业生登记表 is there to be printed."""
        return self.application.status == Status.SUBMITTED

    @property
    def moved(self) -> object | None:
        """The last change of place by an office, as long as it matters."""
        return None if self.application.status in (Status.SUBMITTED, Status.WITHDRAWN) else self.known.get("moved")

    @property
    def compared_next_at(self) -> datetime | None:
        """When the register is asked again that did not answer."""
        waits = self.application.status == Status.REGISTER_CHECK and self.application.register_tries
        return self.application.register_next_at if waits else None

    @property
    def opinions(self) -> Sequence[Mapping[str, Any]]:
        """What the office that decided last said about each item, in one act; what was rejected first."""
        said = cast(Sequence[Mapping[str, Any]], self.known.get("opinions") or ())
        return sorted(said, key=lambda each: bool(each["approved"]))

    @property
    def portrait(self) -> str:
        """The sha256 of the portrait of the newest receipt of one, empty when it is not to be shown."""
        found = next((each for each in self.receipts if each.kind == PORTRAIT), None)
        return str(found.facts["sha256"]) if found and self.shows_portrait else ""

    @property
    def receipt_lines(self) -> list[ReceiptLine]:
        """The receipts, newest first."""
        return [_line(each) for each in self.receipts]


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
        in_review=status in REVIEWS,
        may_withdraw=application.closed_at is None and may_withdraw(session, application),
        closed_batch=batch if batch and _is_late(status) and not is_open(batch, now) else None,
        receipts=receipts_of(session, application.id),
        shows_portrait=shows_portrait(status, branch),
        office=application.office or nearest_office(session, application.candidate),
        known=known,
        step=strip_step(status),
        place=full_name(application.place),
    )


def shows_portrait(status: Status, branch: Branch) -> bool:
    """Whether the portrait of the receipt is still the one that counts, and so can be shown."""
    handed_in = (*REVIEWS, Status.READY, Status.SUBMITTED)
    if status in (Status.DOCUMENT_REVIEW_CITY, Status.DOCUMENT_REVIEW_PROVINCE):
        return False
    return status in handed_in or (status, branch) == (Status.DOCUMENTS, Branch.OTHER)


def _line(receipt: Receipt) -> ReceiptLine:
    facts = {}
    if receipt.kind == PORTRAIT:
        width, height, size = (int(receipt.facts[name]) for name in ("width", "height", "bytes"))
        facts = {"width": width, "height": height, "kb": size // 1024}
    return ReceiptLine(RECEIPTS.get(receipt.kind, receipt.kind), receipt.number, receipt.handed_over_at, facts)


def _documents_too(known: Mapping[str, object]) -> bool:
    """Whether the last act rejected a picture of a document, beside the portrait perhaps."""
    opinions = known.get("opinions")
    return isinstance(opinions, list) and any(not each["approved"] and each["item"] != PORTRAIT for each in opinions)


def _is_late(status: Status) -> bool:
    """Where the candidate still has something to do, so that a closed batch is worth a word."""
    return status in (Status.REGISTER_CHECK, Status.CAPTURE, Status.DOCUMENTS, Status.READY)
