"""Which step of the capture dialog a candidate is at, told from the rows alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.application.model import Application
from app.pairing import texts
from app.pairing.ending_rules import ending_at_desk
from app.pairing.model import Pairing, PairingEvent
from app.pairing.rules import PROGRESS, State
from app.portrait.model import Capture

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
    ("claimed", texts.CONNECTED),
    ("confirmed", texts.CONFIRMED),
    ("camera_ready", texts.PHOTOGRAPHING),
    ("sending", texts.SENDING),
    ("received", texts.RECEIVED),
)
CAMERA = 3  # from the third line on something takes time, and the line is marked as going on
REACHED_BY = {
    "claimed_here": "claimed",
    "moved": "claimed",
    "moved_back": "claimed",
    "file_chosen": "camera_ready",
    "retake": "confirmed",
    "lost": "confirmed",
    "picture_refused": "camera_ready",
}


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
    advice: Mapping[str, str]


def worth_saying(report: Mapping[str, Any]) -> list[Remark]:
    """What is not quite right about a picture, nothing said twice."""
    found = [each for each in report["findings"] if each["verdict"] not in ("pass", "inform")]
    once = {each["advice"]["zh"]: each for each in reversed(found)}
    kept = [each for each in found if once[each["advice"]["zh"]] is each]
    return [Remark("bad" if each["verdict"] == "refuse" else "warn", each["advice"]) for each in kept]


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


def live_steps(pairing: Pairing | None, events: Sequence[PairingEvent]) -> list[LiveStep]:
    """The lines that the phone has reached, at most five, with the time of each. A retake goes back."""
    times, reached = _walk(events)
    lines = [LiveStep(words, "done", times.get(name)) for name, words in LIVE[:reached]]
    if lines and reached >= CAMERA and reached < len(LIVE):
        lines[-1] = replace(lines[-1], mark="now")
    if pairing and pairing.trouble:
        lines = [*lines[: CAMERA - 1], LiveStep(LIVE[CAMERA - 1][1], "failed", trouble=PROGRESS[pairing.trouble])]
    return lines


def _walk(events: Sequence[PairingEvent]) -> tuple[dict[str, datetime], int]:
    """When each line was reached last, and how many lines are reached now."""
    names = [name for name, _words in LIVE]
    times: dict[str, datetime] = {}
    reached = 0
    for event in events:
        name = REACHED_BY.get(event.code, event.code)
        if name in names:
            times[name] = event.at
            reached = names.index(name) + 1
    return times, reached
