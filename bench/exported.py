"""Many people whose portraits were accepted, written straight into the database and the store of a running server."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.application.model import Application
from app.application.workflow import Status
from app.base.audit import audit_key
from app.base.clock import SystemClock
from app.base.database import Database
from app.base.seal import Sealer
from app.base.store import blob_name
from app.config import parse_keys
from app.exports import actions
from app.exports.layout_rules import ExportKind
from app.exports.model import Export
from app.exports.rules import EVERYWHERE, Wanted
from app.identity.actions import start_login
from app.identity.model import Candidate, Office, Staff
from app.jobs.model import Job
from app.jobs.rules import ENDED
from app.pairing.model import Pairing
from app.portrait.model import Capture
from bench.people import signed
from tests import people
from tests.e2e.world import World

MONTH = "202612"
AT_ONCE = 5_000
PHOTO_BYTES = 30_000
DISTINCT = 10_000  # files; ten people share each at full scale


class Exported:
    """A running server whose offices have accepted so many photos."""

    def __init__(self, world: World, count: int) -> None:
        self.world, key = world, world.environment["SECRET_KEY"]
        self.db = Database(f"sqlite:///{world.folder / 'zhengzhao.db'}", {"audit_key": audit_key(key)})
        self._sealer = Sealer(parse_keys(world.environment["STORE_KEYS"]))
        photos, moment = [self._photo(number) for number in range(min(count, DISTINCT))], SystemClock().now()
        for first in range(0, count, AT_ONCE):
            with self.db.writing() as session:
                _insert(session, range(first, min(count, first + AT_ONCE)), photos, moment)

    def operator(self) -> str:
        """The cookie of an operator who is logged in."""
        with self.db.writing() as session:
            person = session.scalars(select(Staff).where(Staff.role == "operator")).first()
            assert person is not None
            return signed(self.world, start_login(session, person, SystemClock().now()))

    def ask(self) -> int:
        """An export of all of them, asked for; its number."""
        wanted = Wanted(ExportKind.PHOTOS, MONTH, EVERYWHERE, "photo-list", "xlsx", "{exam_number}.jpg")
        with self.db.writing() as session:
            return actions.ask_for(session, wanted, None, SystemClock().now(), []).id

    def ended(self, number: int) -> bool:
        """Whether it has been made."""
        with self.db.reading() as session:
            export = session.get_one(Export, number)
            state = session.get_one(Job, export.job_id).state
            assert state not in ENDED or export.made_at, state
            return export.made_at is not None

    def _photo(self, number: int) -> tuple[str, str]:
        """Blob and hash of a sealed file in the store, written without waiting for the disk."""
        body = number.to_bytes(8) + os.urandom(PHOTO_BYTES - 8)
        name = blob_name(self._sealer.derived("blob name"), f"bench {number}", body)
        place = Path(self.world.folder, "store", name[:2], name)
        place.write_bytes(self._sealer.seal(name, body))
        return name, hashlib.sha256(body).hexdigest()


def _insert(session: Session, numbers: range, photos: list[tuple[str, str]], moment: datetime) -> None:
    usual = {key: value for key, value in vars(people.candidate()).items() if not key.startswith("_")}
    session.execute(insert(Candidate), [usual | {"exam_number": f"0902{n:08d}", "name": "陈思远"} for n in numbers])
    known = select(Candidate.id).where(Candidate.exam_number.between(f"0902{numbers[0]:08d}", f"0902{numbers[-1]:08d}"))
    owners = session.scalars(known.order_by(Candidate.exam_number)).all()
    office = session.scalar(select(Office.id).where(Office.city == "440100"))
    given = zip(numbers, owners, strict=True)
    session.execute(insert(Application), [_application(n, owner, office, moment) for n, owner in given])
    theirs = select(Application.id).where(Application.candidate_id.in_(owners)).order_by(Application.id)
    ids = session.scalars(theirs).all()
    pairing = Pairing(application_id=ids[0], state="consumed", created_at=moment, ended_at=moment)
    session.add(pairing)
    session.flush()
    session.execute(insert(Capture), list(_captures(ids, numbers, photos, pairing.id, moment)))


def _application(number: int, owner: int, office: int | None, moment: datetime) -> dict[str, object]:
    return {
        "tag": f"bench{number}",
        "candidate_id": owner,
        "status": Status.SUBMITTED,
        "version": 1,
        "language": "zh",
        "applied_at": moment,
        "status_since": moment,
        "register_tries": 0,
        "batch": MONTH,
        "place": "440104",
        "office_id": office,
    }


def _captures(
    ids: Sequence[int], numbers: range, photos: list[tuple[str, str]], pairing: int, moment: datetime
) -> Iterator[dict[str, object]]:
    for application, number in zip(ids, numbers, strict=True):
        blob, sha256 = photos[number % len(photos)]
        yield {
            "application_id": application,
            "pairing_id": pairing,
            "sha256": sha256,
            "declared": "image/jpeg",
            "bytes": 60_000,
            "width": 1200,
            "height": 1600,
            "verdict": "pass",
            "report": {},
            "derived": blob,
            "registered_sha256": sha256,
            "received_at": moment,
            "handed_over_at": moment,
        }
