"""Candidates who are ready to be photographed, written straight into the database of a running server."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import datetime

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.application.model import Application
from app.application.workflow import Status
from app.base.clock import SystemClock
from app.base.database import Database
from app.base.tokens import digest, secret
from app.identity.actions import start_login
from app.identity.model import Candidate, Login
from app.pairing.model import Pairing, PairingEvent, PhoneSession
from app.pairing.rules import State, permission_ends
from tests.e2e.world import World

BEFORE = ("claimed", "confirmed", "camera_ready", "sending")  # what the history of a pairing holds at the shutter
MINUTES = 60
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Person:
    """One candidate: a name for the floor, the cookies of their desktop and of their phone for the product."""

    who: str
    desk: str = ""
    phone: str = ""

    @property
    def query(self) -> str:
        """What the floor is told when their desktop connects; the product does not care."""
        return f"&who={self.who}"


def arrive(world: World, count: int) -> list[Person]:
    """So many new candidates with a desktop logged in and a phone at the shutter."""
    sign = _signer(world.environment["SECRET_KEY"])
    database = Database(f"sqlite:///{world.folder / 'zhengzhao.db'}")
    moment = SystemClock().now()
    with database.writing() as db:
        model = db.scalars(select(Candidate).limit(1)).one()
        cookies = [_ready(db, model, moment) for _ in range(count)]
    database.engine.dispose()
    return [Person(login, f"session={sign.dumps({'login': login})}", f"phone={phone}") for login, phone in cookies]


def signed(world: World, login: str) -> str:
    """The cookie of somebody whose login has this secret."""
    return f"session={_signer(world.environment['SECRET_KEY']).dumps({'login': login})}"


def strangers(count: int) -> list[Person]:
    """So many people for the floor, which knows nobody."""
    return [Person(secret()) for _ in range(count)]


def _ready(db: Session, model: Candidate, moment: datetime) -> tuple[str, str]:
    """One candidate like `model`; the secrets of the login and of the phone."""
    candidate = _copy(model)
    db.add(candidate)
    db.flush()
    login, phone = start_login(db, candidate, moment), secret()
    application = Application(
        tag=secret(),
        candidate_id=candidate.id,
        status=Status.CAPTURE,
        applied_at=moment,
        status_since=moment,
        consented_at=moment,
        informed_at=moment,
        major=candidate.major,
        batch="202612",
        place="440104",
        phone=candidate.phone,
    )
    db.add(application)
    db.flush()
    pairing = _pairing(db, application, login, moment)
    db.add(PhoneSession(secret_hash=digest(phone), pairing_id=pairing.id, made_at=moment))
    db.add_all(PairingEvent(pairing_id=pairing.id, at=moment, code=code) for code in BEFORE)
    return login, phone


def _pairing(db: Session, application: Application, login: str, moment: datetime) -> Pairing:
    login_id = db.scalars(select(Login.id).where(Login.secret_hash == digest(login))).one()
    pairing = Pairing(
        application_id=application.id,
        login_id=login_id,
        state=State.CONFIRMED,
        created_at=moment,
        claimed_at=moment,
        permitted_until=permission_ends(moment, MINUTES),
        confirmation_code="4821",
        progress="sending",
        online=True,
    )
    db.add(pairing)
    db.flush()
    return pairing


def _copy(model: Candidate) -> Candidate:
    kept = {column.key: getattr(model, column.key) for column in Candidate.__table__.columns}
    return Candidate(**kept | {"id": None, "exam_number": f"0301{next(_numbers):08d}"})


def _signer(key: str) -> URLSafeTimedSerializer:
    """What signs session cookies as the server under this SECRET_KEY does."""
    app = Flask(__name__)
    app.secret_key = key
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    return signer
