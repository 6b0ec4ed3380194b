"""The parts the application is made of; the only place that chooses between local and remote ones."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

import app.exports.model
import app.imports.model
import app.jobs.model
import app.outbox.model
import app.parent.model
import app.review.model
import app.watch.model  # noqa: F401 — every table is known before the database is made
from app.application.comparison_actions import RegisterComparison
from app.application.terms import Terms
from app.base.audit import audit_key
from app.base.blobs import Dropper
from app.base.clock import Clock, SystemClock
from app.base.database import PATIENCE, Database
from app.base.keyed_locks import KeyedLocks
from app.base.limits import RateLimits
from app.base.partial_uploads import PartialUploads
from app.base.seal import Sealer
from app.base.sealed_files import SealedFiles
from app.base.store import Store, store_from_url
from app.base.tokens import Tokens
from app.config import Settings
from app.demo.people import UNREACHED
from app.documents import queries as documents
from app.exports import queries as exports
from app.exports.packer import LocalPacker, Packer
from app.http.figures import Figures
from app.identity.passwords import LocalPasswords, Passwords
from app.imaging.inspect import Inspector, LocalInspector
from app.imaging.packs.pack import load as load_pack
from app.imaging.transcode import LocalTranscoder, Transcoder
from app.outbox.actions import OPEN
from app.outbox.mail import Mail
from app.outbox.port import Sender, Webhook
from app.outbox.rules import Channel
from app.pairing.rules import LinkSigners, Purpose
from app.portrait import queries as portraits
from app.printing.press import LocalPrinter, Printer
from app.register.port import LocalRegister, Outage, Register
from app.serve.origins import public_origin


@dataclass(frozen=True)
class Dependencies:
    """Everything that talks to the world outside the process, plus the settings."""

    settings: Settings
    clock: Clock
    db: Database
    store: Store
    partial_uploads: PartialUploads
    import_files: SealedFiles
    inspector: Inspector
    packer: Packer
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

    def close(self) -> None:
        """End the worker processes."""
        self.passwords.close()
        self.inspector.close()
        self.printer.close()
        self.transcoder.close()


def make_database(settings: Settings, patience: float = PATIENCE) -> Database:
    """The database, whose sessions carry the audit chain's key and the channels on which notices go out."""
    info = {"audit_key": audit_key(settings.secret_keys[-1]), OPEN: channels(settings)}
    return Database(settings.database, info, patience)


def channels(settings: Settings) -> tuple[Channel, ...]:
    """The ways out that are set up."""
    urls = {Channel.WEBHOOK: settings.webhook_url, Channel.MAIL: settings.mail_url}
    return tuple(channel for channel, url in urls.items() if url)


def senders(settings: Settings, clock: Clock) -> dict[Channel, Sender]:
    """What sends on each of them."""
    made: dict[Channel, Sender] = {}
    if settings.webhook_url:
        made[Channel.WEBHOOK] = Webhook(settings.webhook_url, settings.webhook_keys, clock)
    if settings.mail_url:
        to = [each.strip() for each in settings.mail_to.split(",") if each.strip()]
        page = f"{public_origin(settings)}/operate/notices"
        made[Channel.MAIL] = Mail(settings.mail_url, settings.mail_from, to, page, clock)
    return made


def blob_names(session: Session, application_id: int | None = None) -> set[str]:
    """Every blob that a row of any table refers to; of one application, or of all."""
    found = portraits.blob_names(session, application_id) | documents.blob_names(session, application_id)
    return found if application_id is not None else found | exports.blob_names(session)


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
        import_files=SealedFiles(settings.data_dir / "imports", settings.sealing_keys),
        inspector=LocalInspector(settings.inspectors, settings.inspector_queue),
        packer=LocalPacker(settings.for_children),
        printer=LocalPrinter(),
        register=Outage(LocalRegister(db), UNREACHED) if settings.demo else LocalRegister(db),
        transcoder=LocalTranscoder(settings.inspectors, settings.inspector_queue),
        limits=limits,
        passwords=LocalPasswords(settings.hashers),
        locks=locks,
        figures=Figures(),
        link_signers=LinkSigners({each: Tokens(settings.secret_keys, f"link-{each}") for each in Purpose}),
    )
