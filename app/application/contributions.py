"""What later slices know about an application and do with theirs of it; they say so in their `Contribution`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.application.actions import GiveUp
from app.application.model import Application
from app.application.status_row_rules import Subject
from app.http.slices import Slice, View
from app.identity.actor_rules import Actor

PORTRAIT = "portrait"
Region = tuple[float, float, float, float]


@dataclass(frozen=True)
class Opinion:
    """What an office decided last about one item: portrait, front, back or holding; `name` is to be translated.

    `region` is a place in the picture: x, y, width, height as shares of it. `picture`: the rejected one can be seen.
    """

    item: str
    name: str
    approved: bool
    reasons: tuple[str, ...]
    opinion: str
    region: Region | None
    office: str
    contact: str
    decided_at: datetime
    picture: bool = False


@dataclass(frozen=True)
class LastPlaceChange:
    """When which office changed 办理地点 last."""

    at: datetime
    office: str


@dataclass(frozen=True)
class ReviewSummary:
    """What the offices said in the last act, an opinion an item; and the last change of place by an office."""

    opinions: tuple[Opinion, ...] = ()
    place_change: LastPlaceChange | None = None

    @property
    def last_review(self) -> str | None:
        """approved or rejected; None while nothing is decided."""
        if not self.opinions:
            return None
        return "approved" if all(each.approved for each in self.opinions) else "rejected"

    @property
    def documents_too(self) -> bool:
        """Whether a picture of a document was rejected, beside the portrait perhaps."""
        return any(not each.approved and each.item != PORTRAIT for each in self.opinions)


@dataclass(frozen=True)
class DraftSummary:
    """Whether a portrait has arrived that is not handed over, or has waited for that until its time was over."""

    received: bool = False
    expired: bool = False


@dataclass(frozen=True)
class RejectedPortrait:
    """Why the newest portrait was rejected: codes of `reasons`, their `texts`, the office's own words."""

    reasons: tuple[str, ...]
    texts: tuple[str, ...]
    opinion: str
    region: Region | None


@dataclass(frozen=True)
class Contribution(Slice):
    """A slice that knows more of an application; what it has nothing to say about stays None.

    `give_up`: what becomes of its own when an application is withdrawn. `lost_along`: whether something of it that goes
    to the office along with documents cannot be read back; it is asked for again from then on. `rejected_portrait` is
    told to a phone.
    """

    draft: Callable[[Session, Application], DraftSummary] | None = None
    review: Callable[[Session, Application], ReviewSummary] | None = None
    rejected_portrait: Callable[[Session, Application], RejectedPortrait | None] | None = None
    give_up: GiveUp | None = None
    lost_along: Callable[[Application], bool] | None = None


class Contributions:
    """The contributions of all slices in their order, for whoever asks about an application. The last answer counts."""

    def __init__(self, every: Iterable[Contribution]) -> None:
        self.every = tuple(every)

    def draft_of(self, session: Session, application: Application) -> DraftSummary:
        """Of the portrait that is not handed over."""
        told = [each.draft(session, application) for each in self.every if each.draft]
        return told[-1] if told else DraftSummary()

    def review_of(self, session: Session, application: Application) -> ReviewSummary:
        """Of the offices' last act."""
        told = [each.review(session, application) for each in self.every if each.review]
        return told[-1] if told else ReviewSummary()

    def rejected_portrait_of(self, session: Session, application: Application) -> RejectedPortrait | None:
        """Why the portrait is taken again."""
        told = [each.rejected_portrait(session, application) for each in self.every if each.rejected_portrait]
        return told[-1] if told else None

    def give_up(self, session: Session, application: Application, actor: Actor, now: datetime) -> None:
        """Every slice gives up its own of an application that is withdrawn."""
        for each in self.every:
            if each.give_up:
                each.give_up(session, application, actor, now)

    def is_lost_along(self, application: Application) -> bool:
        """Whether anything that goes along with documents is lost; every slice looks."""
        return any([each.lost_along(application) for each in self.every if each.lost_along])

    def dialog_for(self, subject: Subject) -> View | None:
        """The dialog in which pictures of this subject are taken."""
        return next((each.dialogs[subject] for each in self.every if subject in each.dialogs), None)
