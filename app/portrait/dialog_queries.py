"""What the capture dialog shows, and which step a candidate is at: told from the rows alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.application.contributions import PORTRAIT, Opinion
from app.application.model import Application
from app.application.status_row_rules import Subject
from app.application.terms import VERSION
from app.identity.model import Candidate
from app.identity.rules import masked_id_number
from app.imaging.packs.pack import load
from app.imaging.report import Advice, Finding, Report, Verdict
from app.pairing import texts
from app.pairing.ending_rules import ending_at_desk
from app.pairing.history_queries import warning_of
from app.pairing.model import Pairing, PairingEvent
from app.pairing.queries import events_of, latest_pairing
from app.pairing.rules import PROGRESS, EventCode, State
from app.portrait.model import Capture
from app.portrait.queries import draft_of

NUMBERS = {"confirm": 1, "spec": 2, "code": 3, "phone": 3, "ended": 3, "received": 4}
PAGES = {
    "confirm": "portrait/_confirm.html",
    "spec": "portrait/_spec.html",
    "code": "pairing/_code.html",
    "phone": "portrait/_phone.html",
    "ended": "pairing/_ended.html",
    "received": "portrait/_received.html",
}
CONNECTING = ("code", "phone")
LIVE = (
    (EventCode.CLAIMED, texts.CONNECTED),
    (EventCode.CONFIRMED, texts.CONFIRMED),
    (EventCode.CAMERA_READY, texts.PHOTOGRAPHING),
    (EventCode.SENDING, texts.SENDING),
    (EventCode.RECEIVED, texts.RECEIVED),
)
CAMERA = 3  # from the third line on something takes time, and the line is marked as going on
REACHED_BY = {
    EventCode.CLAIMED_HERE: EventCode.CLAIMED,
    EventCode.CLAIMED_TYPED: EventCode.CLAIMED,
    EventCode.MOVED: EventCode.CLAIMED,
    EventCode.MOVED_BACK: EventCode.CLAIMED,
    EventCode.FILE_CHOSEN: EventCode.CAMERA_READY,
    EventCode.RETAKE: EventCode.CONFIRMED,
    EventCode.LOST: EventCode.CONFIRMED,
    EventCode.PICTURE_REFUSED: EventCode.CAMERA_READY,
}


@dataclass(frozen=True)
class PortraitDialog:
    """What the inside of the dialog shows. `rejected`: what an office said about the portrait before this one;
    `warning` and `reason` (why no phone is connected any more) are to be translated, and empty when there is none."""

    candidate: Candidate
    application: Application
    pairing: Pairing | None
    draft: Capture | None
    stage: str
    live: list[LiveStep]
    rejected: Opinion | None
    warning: str
    reason: str

    @property
    def stage_page(self) -> str:
        """The template of the stage."""
        return PAGES[self.stage]

    @property
    def handed_over_next(self) -> bool:
        """Whether the portrait is here and only waits for its candidate."""
        return self.stage == "received"

    @property
    def phone_beside(self) -> bool:
        """Whether a phone other than this browser is connected, whose prompts can be shown here."""
        return self.stage == "phone" and self.pairing is not None and not self.pairing.same_device

    @property
    def held_by_another(self) -> bool:
        """Whether a phone other than this browser is still connected, and can be sent away."""
        return self.pairing is not None and not self.pairing.same_device and self.pairing.ended_at is None

    @property
    def said(self) -> list[Remark]:
        """What is not quite right about the portrait that was received."""
        return worth_saying(Report.from_dict(self.draft.report).findings) if self.draft else []

    @property
    def limits(self) -> Mapping[str, str]:
        """What a picture has to be like, for texts."""
        return load().stated

    @property
    def stage_number(self) -> int:
        """The step of four that the stage is in."""
        return NUMBERS[self.stage]

    @property
    def masked_number(self) -> str:
        """The candidate's ID number, as far as it is shown."""
        return masked_id_number(self.candidate.id_number)

    @property
    def terms_version(self) -> str:
        """Which text the candidate agrees to."""
        return VERSION


@dataclass(frozen=True)
class LiveStep:
    """One line of what happens on the phone: `mark` is done, now or failed."""

    words: str
    mark: str
    at: datetime | None = None
    trouble: str = ""

    @property
    def icon(self) -> str:
        """Before its words; empty while it goes on."""
        return {"done": "check", "failed": "cross"}.get(self.mark, "")

    @property
    def goes_on(self) -> bool:
        """Whether it is what the phone does now."""
        return self.mark == "now"


@dataclass(frozen=True)
class Remark:
    """A finding that the candidate should know of, in its tone; `advice` by language."""

    tone: str
    advice: Advice


def worth_saying(findings: Sequence[Finding]) -> list[Remark]:
    """What is not quite right about a picture, nothing said twice."""
    found = [each for each in findings if each.verdict not in (Verdict.PASS, Verdict.INFORM)]
    once = {each.advice.zh: each for each in reversed(found)}
    kept = [each for each in found if once[each.advice.zh] is each]
    return [Remark("bad" if each.verdict is Verdict.REFUSE else "warn", each.advice) for each in kept]


def step_of(application: Application, pairing: Pairing | None, draft: Capture | None, now: datetime) -> str:
    """confirm, spec, code, phone, received or ended."""
    if application.consented_at is None:
        return "confirm"
    if application.informed_at is None:
        return "spec"
    if draft is not None:
        return "received"
    if pairing is None:
        return "code"
    if reason := pairing.ended(now):
        return "ended" if ending_at_desk(reason) else "code"
    return "code" if pairing.state == State.ISSUED else "phone"


def dialog_of(session: Session, application: Application, opinions: Sequence[Opinion], now: datetime) -> PortraitDialog:
    """The dialog as it is now; `opinions` are those of the last act."""
    pairing = latest_pairing(session, application.id, Subject.PORTRAIT)
    draft = draft_of(session, application.id)
    events = events_of(session, pairing.id) if pairing else []
    stage = step_of(application, pairing, draft, now)
    said = (each for each in opinions if each.item == PORTRAIT and not each.approved)
    return PortraitDialog(
        candidate=application.candidate,
        application=application,
        pairing=pairing,
        draft=draft,
        stage=stage,
        live=live_steps(pairing, events),
        rejected=next(said, None) if stage in CONNECTING else None,
        warning=warning_of(events, stage == "code") if stage in CONNECTING else "",
        reason=ending_at_desk((pairing.ended(now) if pairing else None) or ""),
    )


def live_steps(pairing: Pairing | None, events: Sequence[PairingEvent]) -> list[LiveStep]:
    """The lines that the phone has reached, at most five, with the time of each. A retake goes back."""
    times, reached = _walk(events)
    lines = [LiveStep(words, "done", times.get(name)) for name, words in LIVE[:reached]]
    if lines and reached >= CAMERA and reached < len(LIVE):
        lines[-1] = replace(lines[-1], mark="now")
    if pairing and pairing.trouble:
        lines = [*lines[: CAMERA - 1], LiveStep(LIVE[CAMERA - 1][1], "failed", trouble=PROGRESS[pairing.trouble])]
    return lines


def _walk(events: Sequence[PairingEvent]) -> tuple[dict[EventCode, datetime], int]:
    """When each line was reached last, and how many lines are reached now."""
    names = [name for name, _words in LIVE]
    times: dict[EventCode, datetime] = {}
    reached = 0
    for event in events:
        name = REACHED_BY.get(event.code, event.code)
        if name in names:
            times[name] = event.at
            reached = names.index(name) + 1
    return times, reached
