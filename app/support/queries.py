"""Finding the person who calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.application.model import Application
from app.application.queries import applications_of
from app.application.status_rules import STATUSES
from app.application.workflow import Status
from app.base.errors import N_
from app.identity.model import Candidate, Office
from app.identity.queries import nearest_office
from app.pairing.model import Pairing
from app.pairing.queries import pairings_of
from app.pairing.texts import CONNECTED, OFFLINE


@dataclass(frozen=True)
class Found:
    """A candidate; their applications, the closed ones too, and all pairings, newest first; whom to turn to."""

    candidate: Candidate
    applications: list[Application]
    pairings: list[Pairing]
    office: Office | None

    @property
    def application(self) -> Application | None:
        """The live application."""
        return next((each for each in self.applications if each.closed_at is None), None)

    @property
    def newest(self) -> Application | None:
        """The live application, or the one that was closed last."""
        return next(iter(self.applications), None)

    @property
    def live(self) -> Pairing | None:
        """The newest pairing that nobody has ended; its time may be over."""
        return next((each for each in self.pairings if not each.ended_at), None)

    def pairing_now(self, now: datetime) -> tuple[str, ...]:
        """How the pairing stands, in words to be translated."""
        if self.live is None:
            return (N_("没有"),)
        if self.live.ended(now):
            return (N_("已过期"),)
        if not self.live.confirmation_code:
            return (N_("等待扫码"),)
        return (CONNECTED, N_("在线") if self.live.online else OFFLINE)

    @property
    def may_be_linked(self) -> bool:
        """Whether a phone can be connected now."""
        application = self.application
        return application is not None and STATUSES[Status(application.status)].takes is not None


def find(session: Session, exam_number: str) -> Found | None:
    """By the whole 准考证号; there is no way to browse."""
    candidate = session.scalar(select(Candidate).where(Candidate.exam_number == exam_number))
    if candidate is None:
        return None
    applications = applications_of(session, candidate.id)
    pairings = [pairing for each in applications for pairing in pairings_of(session, each.id)]
    office = applications[0].office if applications else None
    return Found(candidate, applications, pairings, office or nearest_office(session, candidate))
