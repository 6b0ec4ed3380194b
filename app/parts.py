"""The parts the application is made of; the only place that chooses between local and remote ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

import app.graduation.records
import app.review.model  # noqa: F401 — every table is known before the database is made
from app.base.audit import audit_key
from app.base.blobs import Dropper
from app.base.clock import Clock, SystemClock
from app.base.db import Database
from app.base.limits import Limits
from app.base.pictures import Reader
from app.base.pieces import Pieces
from app.base.seal import Sealer
from app.base.store import Store, store_from_url
from app.base.tokens import Tokens
from app.base.turns import Turns
from app.config import Settings
from app.demo.people import UNREACHED
from app.documents import queries as documents
from app.graduation.checking import Checks
from app.graduation.terms import Terms
from app.identity.devices import Devices
from app.identity.passwords import LocalPasswords, Passwords
from app.identity.throttle import Throttle
from app.pairing.rules import Purpose
from app.portrait import queries as portraits
from app.portrait.inspect import Inspector, LocalInspector
from app.portrait.pack import load as load_pack
from app.portrait.redraw import LocalReader
from app.printing.press import LocalPrinter, Printer
from app.register.port import LocalRegister, Outage, Register


@dataclass(frozen=True)
class Parts:
    """Everything that talks to the world outside the process, plus the settings."""

    settings: Settings
    clock: Clock
    db: Database
    store: Store
    pieces: Pieces
    inspector: Inspector
    printer: Printer
    register: Register
    reader: Reader
    passwords: Passwords
    limits: Limits
    turns: Turns
    link_signers: Mapping[Purpose, Tokens]

    @property
    def checks(self) -> Checks:
        """What compares applications with the register."""
        return Checks(self.db, self.register, self.clock)

    @property
    def terms(self) -> Terms:
        """What candidates agree to."""
        return Terms(self.settings.draft_days, self.settings.document_days)

    @property
    def throttle(self) -> Throttle:
        """How often passwords may be tried."""
        return Throttle(self.limits, self.settings.secret_keys)

    @property
    def devices(self) -> Devices:
        """Browsers that people have logged in with before."""
        return Devices(self.settings.secret_keys)

    def close(self) -> None:
        """End the worker processes."""
        self.passwords.close()
        self.inspector.close()
        self.printer.close()
        self.reader.close()


def make_database(settings: Settings) -> Database:
    """The database, whose sessions carry the audit chain's key."""
    return Database(settings.database, {"audit_key": audit_key(settings.secret_keys[-1])})


def blob_names(session: Session, application_id: int | None = None) -> set[str]:
    """Every blob that a row of any table refers to; of one application, or of all."""
    return portraits.blob_names(session, application_id) | documents.blob_names(session, application_id)


def make_parts(settings: Settings) -> Parts:
    """The parts that the settings ask for."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    sealer = Sealer(settings.sealing_keys)
    clock = SystemClock()
    db, store, turns, limits = make_database(settings), store_from_url(settings.store, sealer), Turns(), Limits()
    db.after_commit += [limits.spend, Dropper(db, store, turns, blob_names)]
    return Parts(
        settings=settings,
        clock=clock,
        db=db,
        store=store,
        pieces=Pieces(settings.data_dir / "pieces", sealer, clock, load_pack().max_bytes * 3 // 2),
        inspector=LocalInspector(settings.inspectors, settings.inspector_queue),
        printer=LocalPrinter(),
        register=Outage(LocalRegister(db), UNREACHED) if settings.demo else LocalRegister(db),
        reader=LocalReader(settings.inspectors, settings.inspector_queue),
        limits=limits,
        passwords=LocalPasswords(settings.hashers),
        turns=turns,
        link_signers={purpose: Tokens(settings.secret_keys, f"link-{purpose}") for purpose in Purpose},
    )
