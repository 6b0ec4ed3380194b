"""The parts the application is made of; the only place that chooses between local and remote ones."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

import app.jobs.model
import app.review.model
import app.watch.model  # noqa: F401 — every table is known before the database is made
from app.application.comparison_actions import RegisterComparison
from app.application.queries import progress_of
from app.application.terms import Terms
from app.base.audit import audit_key
from app.base.blobs import Dropper
from app.base.clock import Clock, SystemClock
from app.base.database import PATIENCE, Database
from app.base.keyed_locks import KeyedLocks
from app.base.limits import RateLimits
from app.base.partial_uploads import PartialUploads
from app.base.seal import Sealer
from app.base.store import Store, folder_of, store_from_url
from app.base.tokens import Tokens
from app.config import Settings
from app.demo.people import UNREACHED
from app.documents import queries as documents
from app.documents.upload_views import DocumentSettings
from app.http.figures import Figures
from app.http.provided import Provided
from app.identity.current import IdentitySettings
from app.identity.device_rules import Devices
from app.identity.passwords import LocalPasswords, Passwords
from app.identity.throttle import Throttle
from app.imaging.inspect import Inspector, LocalInspector
from app.imaging.packs.pack import load as load_pack
from app.imaging.transcode import LocalTranscoder, Transcoder
from app.pairing.rules import LinkSigners, Purpose
from app.pairing.settings import PairingSettings
from app.pairing.typed_rules import TypedCodes
from app.phone.settings import PhoneSettings
from app.portrait import queries as portraits
from app.printing.press import LocalPrinter, Printer
from app.register.port import LocalRegister, Outage, Register
from app.site.settings import SiteSettings
from app.study.queries import ProgressOf
from app.support.views import SupportSettings
from app.watch.figures import DatabaseFigures
from app.watch.inspector import CountedInspector
from app.watch.readiness import Check, ClockCheck, Readiness, has_room, since_boot


@dataclass(frozen=True)
class Dependencies:
    """Everything that talks to the world outside the process, plus the settings."""

    settings: Settings
    clock: Clock
    db: Database
    store: Store
    partial_uploads: PartialUploads
    inspector: Inspector
    printer: Printer
    register: Register
    transcoder: Transcoder
    passwords: Passwords
    limits: RateLimits
    locks: KeyedLocks
    link_signers: LinkSigners
    figures: Figures

    @property
    def terms(self) -> Terms:
        """What candidates agree to."""
        return Terms(self.settings.draft_days, self.settings.document_days)

    @property
    def register_comparison(self) -> RegisterComparison:
        """What compares applications with the register."""
        return RegisterComparison(self.db, self.register, self.clock)

    def provided(self) -> Provided:
        """What slices may ask for, by type."""
        made, keys = Provided(), self.settings.secret_keys
        made.add(Clock, self.clock)
        made.add(Database, self.db)
        made.add(Store, self.store)
        made.add(PartialUploads, self.partial_uploads)
        made.add(RateLimits, self.limits)
        made.add(KeyedLocks, self.locks)
        made.add(Figures, self.figures)
        made.add(Readiness, self.readiness())
        made.add(Inspector, self.counted_inspector())
        made.add(Transcoder, self.transcoder)
        made.add(Printer, self.printer)
        made.add(Passwords, self.passwords)
        made.add(Throttle, Throttle(self.limits, keys))
        made.add(Devices, Devices(keys))
        made.add(LinkSigners, self.link_signers)
        made.add(TypedCodes, TypedCodes(keys))
        made.add(RegisterComparison, self.register_comparison)
        made.add(Terms, self.terms)
        made.add(ProgressOf, progress_of)
        for kind in (IdentitySettings, PairingSettings, DocumentSettings, SupportSettings, PhoneSettings, SiteSettings):
            made.add(kind, self.settings)
        return made

    def counted_inspector(self) -> CountedInspector:
        """The inspector, whose work is counted."""
        counted, at_once = CountedInspector(self.inspector, self.figures), self.settings.inspectors
        self.figures.gauge("inspections_in_hand", "Pictures being judged or waiting for it", lambda: counted.in_hand)
        self.figures.gauge(
            "inspections_waiting", "Pictures waiting for a worker", lambda: max(0, counted.in_hand - at_once)
        )
        return counted

    def readiness(self) -> Readiness:
        """What has to be in order before people may come; and the figures that belong to it."""
        room = has_room((self.settings.data_dir, folder_of(self.settings.store)), self.settings.min_free_mb << 20)
        checks: dict[str, Check] = {
            "database": self.db.check,
            "store": self.store.check,
            "inspector": self.inspector.is_ready,
            "disk": room,
            "clock": ClockCheck(self.db, self.clock, since_boot),
        }
        made = Readiness(checks)
        self.figures.registry.register(DatabaseFigures(self.db, self.clock, made))
        return made

    def close(self) -> None:
        """End the worker processes."""
        self.passwords.close()
        self.inspector.close()
        self.printer.close()
        self.transcoder.close()


def make_database(settings: Settings, patience: float = PATIENCE) -> Database:
    """The database, whose sessions carry the audit chain's key."""
    return Database(settings.database, {"audit_key": audit_key(settings.secret_keys[-1])}, patience)


def blob_names(session: Session, application_id: int | None = None) -> set[str]:
    """Every blob that a row of any table refers to; of one application, or of all."""
    return portraits.blob_names(session, application_id) | documents.blob_names(session, application_id)


def make_dependencies(settings: Settings, patience: float = PATIENCE) -> Dependencies:
    """The parts that the settings ask for; `patience`: seconds that anybody waits for the database."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    sealer, clock = Sealer(settings.sealing_keys), SystemClock()
    db, store = make_database(settings, patience), store_from_url(settings.store, sealer)
    locks, limits = KeyedLocks(), RateLimits()
    db.after_commit += [limits.spend, Dropper(db, store, locks, blob_names)]
    return Dependencies(
        settings=settings,
        clock=clock,
        db=db,
        store=store,
        partial_uploads=PartialUploads(settings.data_dir / "pieces", sealer, clock, load_pack().max_bytes * 3 // 2),
        inspector=LocalInspector(settings.inspectors, settings.inspector_queue),
        printer=LocalPrinter(),
        register=Outage(LocalRegister(db), UNREACHED) if settings.demo else LocalRegister(db),
        transcoder=LocalTranscoder(settings.inspectors, settings.inspector_queue),
        limits=limits,
        passwords=LocalPasswords(settings.hashers),
        locks=locks,
        figures=Figures(),
        link_signers=LinkSigners({each: Tokens(settings.secret_keys, f"link-{each}") for each in Purpose}),
    )
