"""What the pages of a reviewer show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.application.model import Application
from app.identity.model import Candidate, Staff
from app.imaging.report import Finding, Report
from app.portrait.model import Capture
from app.review.case_queries import Case
from app.review.model import Decision
from app.review.queries import Waiting, Wish
from app.review.reason_rules import Reason, check_names, flagged, reasons_for
from app.review.rules import claim_ended, item_names


@dataclass(frozen=True)
class LastAct:
    """The reviewer's newest act while it may be undone; `name` is the candidate's, `application_id` whose it was."""

    act: str
    at: datetime
    name: str
    approved: bool
    application_id: int

    @classmethod
    def of(cls, row: Decision, application: Application) -> LastAct:
        """The act that this row belongs to."""
        return cls(row.act, row.decided_at, application.candidate.name, row.approved, application.id)


@dataclass(frozen=True)
class Around:
    """What both pages show: filters (`wish_words`: as an address has them), the time, the line about the last act."""

    wish: Wish
    wish_words: Mapping[str, str]
    moment: datetime
    last_act: LastAct | None
    province: bool
    has_office: bool

    @property
    def acted_on(self) -> list[int]:
        """The application that the line about the last act names."""
        return [self.last_act.application_id] if self.last_act else []


@dataclass(frozen=True)
class Neighbours:
    """The lines of the queue before and after a case that this reviewer could decide, and a list of those beside it."""

    previous: Waiting | None
    following: Waiting | None
    list: list[Waiting]


@dataclass(frozen=True)
class CaseLook:
    """A case as one reviewer sees it: `mine` when they may decide it, else `holder` looks at it (None: nobody).

    By item: `names` (to be translated), `reasons` to choose from; those whose codes are `likely` follow from the
    findings about the portrait. `check_names`: check → what it is called.
    """

    case: Case
    portrait: Capture | None
    findings: tuple[Finding, ...]
    check_names: Mapping[str, str]
    names: Mapping[str, str]
    reasons: Mapping[str, list[Reason]]
    likely: tuple[str, ...]
    mine: bool
    holder: Staff | None

    @property
    def application(self) -> Application:
        """Whose case it is."""
        return self.case.application

    @property
    def candidate(self) -> Candidate:
        """Who it is about."""
        return self.case.application.candidate

    @property
    def missing_names(self) -> list[str]:
        """What the missing items are called; to be translated."""
        return [self.names[item] for item in self.case.missing]


def look_of(case: Case, person: Staff, language: str, now: datetime) -> CaseLook:
    """The pictures, the report, the reasons to choose from, and whether this reviewer may decide."""
    application = case.application
    portrait = next((each for each in case.pictures.values() if isinstance(each, Capture)), None)
    findings = Report.from_dict(portrait.report).findings if portrait else ()
    likely, held = flagged(findings), not claim_ended(application.claimed_at, now)
    return CaseLook(
        case=case,
        portrait=portrait,
        findings=findings,
        check_names=check_names(language),
        names=item_names(application.candidate.id_type),
        reasons={item: reasons_for(item, likely, item in case.missing) for item in case.opened},
        likely=likely,
        mine=bool(case.opened) and held and application.claimed_by == person.id,
        holder=application.claimer if held and case.opened else None,
    )
