"""Somebody whose application is submitted, with a portrait that is a picture."""

from __future__ import annotations

import io
from typing import Protocol

import pytest
from PIL import Image, ImageDraw
from sqlalchemy import select

from app.application.actions import take_step
from app.application.audit_rules import Action
from app.application.model import Application
from app.application.workflow import Status
from app.identity.actor_rules import Actor, Role
from app.identity.model import Office, Staff
from app.review.model import Decision
from tests import people
from tests.people import Field
from tests.visitors import Desk
from tests.world import World, picture


def portrait(size: tuple[int, int] = (480, 640)) -> bytes:
    """A JPEG of a grey circle on blue."""
    image = Image.new("RGB", size, (100, 197, 255))
    ImageDraw.Draw(image).ellipse((120, 120, 360, 420), fill=(200, 190, 180))
    written = io.BytesIO()
    image.save(written, "JPEG")
    return written.getvalue()


class Submitted(Protocol):
    """Makes somebody who has come to the end of the procedure."""

    def __call__(self, **fields: Field) -> Desk: ...


@pytest.fixture
def submitted(world: World) -> Submitted:
    """Makes somebody who has come to the end of the procedure; their PC."""

    def make(**fields: Field) -> Desk:
        world.inspector.made = {"registered_photo": portrait()}
        desk, phone = world.paired(world.add(people.candidate(**fields)))
        phone.send(picture())
        desk.look()
        desk.press("我已摄像完成，下一步")
        return submit(world, desk)

    return make


def submit(world: World, desk: Desk) -> Desk:
    """The city office approves, the candidate submits."""
    reviewer = world.add(people.reviewer())
    with world.dependencies.db.writing() as db:
        application = db.scalars(select(Application).order_by(Application.id.desc()).limit(1)).one()
        office, staff = db.get_one(Office, reviewer.office_id), db.get_one(Staff, reviewer.id)
        db.add(
            Decision(
                act="a" * 22,
                application_id=application.id,
                status=Status.PORTRAIT_REVIEW,
                office=office,
                staff=staff,
                item="portrait",
                sha256="0" * 64,
                approved=True,
                reasons=[],
                decided_at=world.clock.now(),
            )
        )
        take_step(db, application, Action.APPROVE, Role.CITY, world.clock.now(), Actor.staff(staff.id))
        db.refresh(application)
        application.office, application.batch = office, "202612"
        take_step(db, application, Action.SUBMIT, Role.CANDIDATE, world.clock.now())
    return desk
