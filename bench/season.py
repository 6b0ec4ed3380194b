"""A season behind many applications: pairings, pictures with whole reports, receipts, decisions and their audit."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.application.model import Application, Batch, Receipt
from app.application.workflow import Status
from app.base.audit import AuditRow
from app.base.database import Base
from app.base.json_values import Json
from app.imaging.packs.pack import load
from app.pairing.model import Pairing, PairingEvent
from app.portrait.model import Capture
from app.review.model import Decision
from tests.world import World

DAYS = 30
AT_ONCE = 5_000
REASONS = ("glasses", "expression", "clothing", "retouched", "old_photo")
LOOKS = 4  # further rows that the audit has of each
Values = dict[str, "Json | datetime"]
Rows = Iterator[tuple[type[Base], Values]]
Applicant = tuple[int, int, datetime]


def add_season(world: World, staff_id: int) -> int:
    """Let everybody who has applied have sent three pictures and been before the office; how many pictures."""
    chance, now = random.Random(2), world.clock.now()
    reports = {verdict: [_report(chance, verdict) for _ in range(50)] for verdict in ("refuse", "warn", "pass")}
    with world.dependencies.db.writing() as db:
        db.add(Batch(month="202612", opens_at=now - timedelta(days=DAYS), closes_at=now + timedelta(days=5)))
        people = [
            (id_, office or 0, since)
            for id_, office, since in db.execute(
                select(Application.id, Application.office_id, Application.status_since)
            )
        ]
    for first in range(0, len(people), AT_ONCE):
        steps = chain.from_iterable(_steps(each, staff_id, chance, reports) for each in people[first : first + AT_ONCE])
        with world.dependencies.db.writing() as db:
            _add(db, steps)
    return 3 * len(people)


def _add(db: Session, rows: Rows) -> None:
    """All rows of a table at once."""
    by_kind: defaultdict[type[Base], list[Values]] = defaultdict(list)
    for kind, values in rows:
        by_kind[kind].append(values)
    for kind, every in by_kind.items():
        db.execute(insert(kind), every)


def _steps(who: Applicant, staff_id: int, chance: random.Random, reports: dict[str, list[Values]]) -> Rows:
    """What one of them did: the first picture refused, the second replaced, the third handed over and decided."""
    number, office, since = who
    of_it = {"application_id": number}
    yield (
        Pairing,
        of_it | {"id": number, "state": "received", "created_at": since, "claimed_at": since, "ended_at": since},
    )
    for seconds, verdict in enumerate(("refuse", "warn", "pass"), 1):
        at = since + timedelta(seconds=seconds * chance.randrange(20, 60))
        yield Capture, _picture(number, at, verdict, chance.choice(reports[verdict]))
        yield PairingEvent, {"pairing_id": number, "at": at, "code": "received"}
    handed = since + timedelta(minutes=5)
    yield Receipt, of_it | {"number": f"{number:08d}", "kind": "portrait", "facts": {}, "handed_over_at": handed}
    decided = handed + timedelta(minutes=chance.randrange(10, 4000))
    right = chance.random() < 0.85
    reasons = [] if right else chance.sample(REASONS, 2)
    yield Decision, of_it | _decision(number, office, staff_id, decided) | {"approved": right, "reasons": reasons}
    acts = [("hand_over", handed), ("approve" if right else "reject_portrait", decided)]
    for seq, (action, at) in enumerate([*[("picture_viewed", since)] * LOOKS, *acts], 1):
        yield AuditRow, of_it | {"seq": seq, "at": at, "actor": "a", "action": action, "detail": "", "mac": "m" * 64}


def _picture(number: int, at: datetime, verdict: str, report: Values) -> Values:
    same = {"application_id": number, "pairing_id": number, "sha256": f"{number:064d}", "declared": "image/jpeg"}
    size = {"bytes": 90_000, "width": 1200, "height": 1600}
    return {**same, **size, "verdict": verdict, "report": report, "received_at": at, "ended_at": at}  # type: ignore[dict-item]


def _decision(number: int, office: int, staff_id: int, at: datetime) -> Values:
    about = {"status": Status.PORTRAIT_REVIEW, "item": "portrait", "sha256": f"{number:064d}"}
    return {"act": f"act{number}", "office_id": office, "staff_id": staff_id, "decided_at": at, **about}


def _report(chance: random.Random, verdict: str) -> Values:
    """As long as those of the pack; one or two checks speak against the picture."""
    checks, advice = (
        list(load().checks),
        {"zh": "请面向窗户，让光线均匀地照在脸上。", "en": "Face a window for even light."},
    )
    against = set() if verdict == "pass" else set(chance.sample(checks, 2))
    findings: list[Json] = [
        {
            "check": check,
            "value": 0.123456,
            "unit": "share",
            "low": 0.1,
            "high": 0.9,
            "verdict": verdict if check in against else "pass",
            "advice": advice,
        }
        for check in checks
    ]
    return {"pack": "national", "version": "1", "hash": "h" * 64, "verdict": verdict, "findings": findings}
