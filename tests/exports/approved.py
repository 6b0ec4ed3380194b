"""People whose portrait was accepted, written straight into the database and the store of a world."""

from __future__ import annotations

import hashlib
import io
from functools import cache

from PIL import Image
from sqlalchemy import select

from app.application.model import Application, Batch
from app.application.workflow import Status
from app.exports import actions
from app.exports.jobs import make
from app.exports.layout_rules import ExportKind
from app.exports.model import Export
from app.exports.rules import Wanted
from app.identity.model import Office
from app.jobs.runner import Runner
from app.pairing.model import Pairing
from app.portrait.model import Capture
from tests import people
from tests.world import World

MONTH, GUANGZHOU, SHENZHEN = "202612", "440100", "440300"
PHOTOS = Wanted(ExportKind.PHOTOS, MONTH, GUANGZHOU, "photo-list", "xlsx", "{exam_number}.jpg")


@cache
def photo(shade: int) -> bytes:
    """A registered photo: 480×640 px, 300 dpi, of a shade of its own."""
    into = io.BytesIO()
    Image.new("RGB", (480, 640), (100, 197, shade)).save(into, "JPEG", quality=92, dpi=(300, 300))
    return into.getvalue()


def office_of(world: World, city: str) -> Office:
    """The office of a city, opened when it is not there."""
    with world.dependencies.db.writing() as db:
        if db.get(Batch, MONTH) is None:
            db.add(Batch(month=MONTH, opens_at=world.clock.now(), closes_at=world.clock.now()))
        found = db.scalar(select(Office).where(Office.city == city))
        if found is None:
            found = Office(code=city, name=f"考办 {city}", level="city", contact="电话", city=city)
            db.add(found)
        return found


def approved(
    world: World,
    shade: int = 1,
    city: str = GUANGZHOU,
    status: Status = Status.SUBMITTED,
    body: bytes | None = None,
    **fields: str,
) -> Application:
    """Somebody with a registered photo (`body`, else one of this shade; empty: none), whose application stands so."""
    office, now = office_of(world, city), world.clock.now()
    person = world.add(people.candidate(**fields))
    application = world.add(
        Application(
            tag=f"tag{person.id}",
            candidate_id=person.id,
            status=status,
            applied_at=now,
            status_since=now,
            batch=MONTH,
            place=f"{city[:4]}04",
            major=person.major,
            office_id=office.id,
        )
    )
    photographed(world, application, photo(shade) if body is None else body)
    return application


def photographed(world: World, application: Application, body: bytes) -> Capture:
    """Another picture of theirs, which was accepted; those before it count no more."""
    now = world.clock.now()
    pairing = world.add(Pairing(application_id=application.id, state="consumed", created_at=now, ended_at=now))
    blob = world.dependencies.store.put(f"application {application.id}", body) if body else None
    with world.dependencies.db.writing() as db:
        for former in db.scalars(select(Capture).filter_by(application_id=application.id, ended_at=None)):
            former.ended_at, former.end_reason = now, "rejected"
        capture = Capture(
            application_id=application.id,
            pairing_id=pairing.id,
            sha256=hashlib.sha256(b"sent " + body).hexdigest(),
            declared="image/jpeg",
            bytes=60_000,
            width=1200,
            height=1600,
            verdict="pass",
            report={},
            derived=blob,
            registered_sha256=hashlib.sha256(body).hexdigest() if body else None,
            received_at=now,
            handed_over_at=now,
        )
        db.add(capture)
        return capture


def exported(world: World, wanted: Wanted = PHOTOS) -> Export:
    """An export, asked for and made."""
    with world.dependencies.db.writing() as db:
        asked = actions.ask_for(db, wanted, None, world.clock.now(), world.settings.secret_keys)
    work(world)
    [made] = world.rows(Export, id=asked.id)
    return made


def work(world: World) -> None:
    """Do the long work that waits."""
    with world.app.app_context():
        runner = Runner(world.dependencies.db, world.clock, {actions.JOB: make})
        while runner.run_next():
            pass
