"""A small history, made by rows, of which every figure can be counted by hand.

Days are of November 2026 in Guangdong; the clock stands at the 22nd, 17:00. The batch of December opened on the 1st.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from app.application.model import Application, Batch, Receipt
from app.application.workflow import Status
from app.base import tokens
from app.base.audit import record
from app.base.clock import SHANGHAI
from app.base.json_values import Json
from app.identity.model import Office
from app.pairing.model import Pairing
from app.portrait.model import Capture
from app.review.model import Decision
from tests import people
from tests.review.waiting import office, reviewer
from tests.world import World

PASSPORT = {"id_type": "普通护照", "id_number": "E12345678"}
PAPERS = ("front", "back", "holding")
_numbers = itertools.count(1)


def at(day: int, hour: int = 12, minute: int = 0, second: int = 0, month: int = 11) -> datetime:
    """A moment of Guangdong's."""
    return datetime(2026, month, day, hour, minute, second, tzinfo=SHANGHAI)


def finding(check: str, verdict: str) -> Json:
    """What a check says of a picture."""
    advice = {"zh": "", "en": ""}
    return {"check": check, "value": 1, "unit": "", "low": 0, "high": 2, "verdict": verdict, "advice": advice}


class History:
    """Writes down what happened."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.add(Batch(month="202612", opens_at=at(1, 0), closes_at=at(30, 0)))
        self.guangzhou, self.shenzhen = office(world), office(world, name="深圳市考办", city="440300")
        self.province = office(world, "province", "省考办", city="")
        self.staff = {each.id: reviewer(world, each).id for each in (self.guangzhou, self.shenzhen, self.province)}

    def applied(
        self,
        when: datetime,
        where: Office | None,
        status: Status = Status.CAPTURE,
        since: datetime | None = None,
        passport: bool = False,
    ) -> Application:
        """Somebody applied, and stands there now since then."""
        person = self.world.add(people.candidate(**(PASSPORT if passport else {})))
        return self.world.add(
            Application(
                tag=tokens.secret(),
                candidate_id=person.id,
                status=status,
                applied_at=when,
                status_since=since or when,
                closed_at=since if status == Status.WITHDRAWN else None,
                office_id=where.id if where else None,
                batch="202612",
            )
        )

    def handed_over(self, application: Application, when: datetime, kind: str = "portrait") -> None:
        """A receipt, and the step in the audit."""
        number = f"{next(_numbers):08d}"
        self.world.add(Receipt(application_id=application.id, number=number, kind=kind, facts={}, handed_over_at=when))
        action = "hand_over" if kind == "portrait" else "submit_documents"
        with self.world.dependencies.db.writing() as db:
            record(db, application.id, "candidate:1", action, when)

    def decided(
        self,
        application: Application,
        where: Office,
        status: Status,
        when: datetime,
        rejected: Mapping[str, Sequence[str]] | None = None,
        items: Sequence[str] = ("portrait",),
        picture: str = "one",
        undone: bool = False,
    ) -> None:
        """One act about these items; `rejected` with their reasons, the rest approved."""
        act, reasons = tokens.secret(), rejected or {}
        for item in items:
            self.world.add(
                Decision(
                    act=act,
                    application_id=application.id,
                    office_id=where.id,
                    staff_id=self.staff[where.id],
                    status=status,
                    item=item,
                    sha256=hashlib.sha256(f"{application.id} {item} {picture}".encode()).hexdigest(),
                    approved=item not in reasons,
                    reasons=list(reasons.get(item, ())),
                    decided_at=when,
                    undone_at=when + timedelta(seconds=30) if undone else None,
                )
            )
        self._noted(application, reasons, when, act)

    def submitted(self, application: Application, when: datetime) -> None:
        """The step in the audit."""
        with self.world.dependencies.db.writing() as db:
            record(db, application.id, "candidate:1", "submit", when)

    def _noted(self, application: Application, reasons: Mapping[str, Sequence[str]], when: datetime, act: str) -> None:
        action = "approve" if not reasons else "reject_portrait" if "portrait" in reasons else "reject_documents"
        with self.world.dependencies.db.writing() as db:
            record(db, application.id, "staff:1", action, when, act)

    def paired(self, application: Application, claimed: datetime, here: bool = False) -> Pairing:
        """A phone claimed a pairing, or the PC itself did."""
        return self.world.add(
            Pairing(
                application_id=application.id,
                state="received",
                created_at=claimed,
                claimed_at=claimed,
                same_device=here,
                ended_at=claimed,
                end_reason="handed_over",
            )
        )

    def sent(self, pairing: Pairing, when: datetime, verdict: str = "pass", findings: Sequence[Json] = ()) -> None:
        """A picture came, and was judged."""
        report = {"pack": "p", "version": "1", "hash": "h", "verdict": verdict, "findings": [*findings]}
        self.world.add(
            Capture(
                application_id=pairing.application_id,
                pairing_id=pairing.id,
                sha256=f"{next(_numbers):064d}",
                declared="image/jpeg",
                bytes=1,
                width=1,
                height=1,
                verdict=verdict,
                report=report,
                received_at=when,
                ended_at=when,
            )
        )


def tell(history: History) -> None:
    """What happened until the 22nd."""
    _in_guangzhou(history)
    _in_shenzhen(history)
    _elsewhere(history)


def _in_guangzhou(h: History) -> None:
    """One right at once, one sent back, one right the second time."""
    one = h.applied(at(2, 10), h.guangzhou, Status.SUBMITTED, at(4, 9))
    h.sent(h.paired(one, at(2, 10, 10)), at(2, 10, 11, 10), "warn", [finding("eye_line", "warn")])
    h.handed_over(one, at(2, 10, 12))
    h.decided(one, h.guangzhou, Status.PORTRAIT_REVIEW, at(3, 10, 12))

    two = h.applied(at(2, 23, 59, 59), h.guangzhou, Status.CAPTURE, at(3, 6, 5))
    pairing = h.paired(two, at(3, 0))
    h.sent(pairing, at(3, 0, 0, 50), "refuse", [finding("sharpness", "refuse"), finding("roll", "warn")])
    h.sent(pairing, at(3, 0, 1, 30), "pass", [finding("roll", "pass"), finding("upscaled", "inform")])
    h.handed_over(two, at(3, 0, 5))
    h.decided(two, h.guangzhou, Status.PORTRAIT_REVIEW, at(3, 6, 5), {"portrait": ["glasses", "expression"]})

    three = h.applied(at(3, 0), h.guangzhou, Status.READY, at(5, 11, 5))
    h.sent(h.paired(three, at(3, 12)), at(3, 12, 2, 30))
    h.handed_over(three, at(3, 12, 5))
    h.decided(three, h.guangzhou, Status.PORTRAIT_REVIEW, at(3, 13, 5), {"portrait": []})
    h.sent(h.paired(three, at(5, 9)), at(5, 9, 0, 40))
    h.handed_over(three, at(5, 9, 5))
    h.decided(three, h.guangzhou, Status.PORTRAIT_REVIEW, at(5, 11, 5), picture="two")


def _in_shenzhen(h: History) -> None:
    """Approved by the city and sent back by the province; before the city; before the province."""
    one = h.applied(at(4, 9), h.shenzhen, Status.CAPTURE, at(6, 12), passport=True)
    found = [finding("eyes_open", "unsure"), finding("sharpness", "warn")]
    h.sent(h.paired(one, at(4, 10), here=True), at(4, 10, 0, 20), "unsure", found)
    h.handed_over(one, at(4, 10, 5))
    h.handed_over(one, at(4, 11), "documents")
    h.decided(one, h.shenzhen, Status.FULL_REVIEW_CITY, at(4, 12), items=("portrait", *PAPERS))
    back = {"portrait": ["glasses"], "front": ["reflection", "unreadable"]}
    h.decided(one, h.province, Status.FULL_REVIEW_PROVINCE, at(6, 12), back, ("portrait", *PAPERS))

    two = h.applied(at(5, 9), h.shenzhen, Status.PORTRAIT_REVIEW, at(6, 17))
    h.handed_over(two, at(6, 17))

    three = h.applied(at(8, 9), h.shenzhen, Status.DOCUMENT_REVIEW_PROVINCE, at(10, 17))
    h.handed_over(three, at(9, 9), "documents")
    h.decided(three, h.shenzhen, Status.DOCUMENT_REVIEW_CITY, at(10, 17), items=PAPERS)


def _elsewhere(h: History) -> None:
    """Withdrawn, without an office, with an act that was undone, applied before the batch opened."""
    h.applied(at(1, 0), h.guangzhou, Status.WITHDRAWN, at(2, 8))
    h.applied(at(3, 9), None, Status.REGISTER_CHECK)
    undone = h.applied(at(7, 9), h.guangzhou, Status.CAPTURE)
    h.decided(undone, h.guangzhou, Status.PORTRAIT_REVIEW, at(8, 9), {"portrait": ["clothing"]}, undone=True)
    h.applied(at(31, 23, 59, 59, month=10), h.guangzhou)
    for since in (at(20, 17), at(21, 17), at(22, 16)):
        h.applied(at(1, month=10), h.guangzhou, Status.PORTRAIT_REVIEW, since)
