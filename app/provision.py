"""What slices may ask for, by type: the parts of the application, and what is made of them anew for each one."""

from __future__ import annotations

from app.accounts.code_rules import HiddenCodes
from app.accounts.reset_queries import OfficesOf
from app.accounts.second_views import AccountSettings
from app.accounts.throttle import CodeThrottle, ResetThrottle
from app.application.comparison_actions import RegisterComparison
from app.application.queries import offices_of, progress_of
from app.application.terms import Terms
from app.base.clock import Clock
from app.base.database import Database
from app.base.keyed_locks import KeyedLocks
from app.base.limits import RateLimits
from app.base.partial_uploads import PartialUploads
from app.base.seal import Sealer
from app.base.sealed_files import SealedFiles
from app.base.store import Store, folder_of
from app.dependencies import Dependencies, senders
from app.documents.upload_views import DocumentSettings
from app.exports.packer import Packer
from app.exports.settings import ExportSettings
from app.http.figures import Figures
from app.http.provided import Provided
from app.identity.current import IdentitySettings
from app.identity.device_rules import Devices
from app.identity.passwords import Passwords
from app.identity.throttle import Throttle
from app.imaging.inspect import Inspector
from app.imaging.transcode import Transcoder
from app.imports.settings import ImportSettings
from app.outbox.runner import Deliverer
from app.outbox.settings import OutboxSettings
from app.pairing.rules import LinkSigners
from app.pairing.settings import PairingSettings
from app.pairing.typed_rules import TypedCodes
from app.parent.current import ParentSettings
from app.phone.settings import PhoneSettings
from app.printing.press import Printer
from app.site.settings import SiteSettings
from app.study.queries import ProgressOf
from app.support.views import SupportSettings
from app.watch.figures import DatabaseFigures
from app.watch.inspector import CountedInspector
from app.watch.readiness import Check, ClockCheck, Readiness, has_room, since_boot

# What each slice reads of the settings; one object has it all.
SETTINGS: tuple[type, ...] = (
    IdentitySettings,
    AccountSettings,
    PairingSettings,
    DocumentSettings,
    SupportSettings,
    ImportSettings,
    ExportSettings,
    OutboxSettings,
    ParentSettings,
    PhoneSettings,
    SiteSettings,
)


def provision(parts: Dependencies) -> Provided:
    """Everything; `parts` are the application's own."""
    made = Provided()
    made.add(Clock, parts.clock)
    made.add(Database, parts.db)
    made.add(Store, parts.store)
    made.add(PartialUploads, parts.partial_uploads)
    made.add(SealedFiles, parts.import_files)
    made.add(RateLimits, parts.limits)
    made.add(KeyedLocks, parts.locks)
    made.add(Figures, parts.figures)
    made.add(Readiness, _readiness(parts))
    made.add(Inspector, _counted_inspector(parts))
    made.add(Transcoder, parts.transcoder)
    made.add(Packer, parts.packer)
    made.add(Printer, parts.printer)
    made.add(Passwords, parts.passwords)
    made.add(LinkSigners, parts.link_signers)
    made.add(RegisterComparison, parts.register_comparison)
    made.add(Terms, parts.terms)
    made.add(ProgressOf, progress_of)
    made.add(OfficesOf, offices_of)
    made.add(Deliverer, Deliverer(parts.db, parts.clock, senders(parts.settings, parts.clock)))
    for kind in SETTINGS:
        made.add(kind, parts.settings)
    _add_keyed(made, parts)
    return made


def _add_keyed(made: Provided, parts: Dependencies) -> None:
    """What is made of the keys and the limits, for each application anew."""
    keys = parts.settings.secret_keys
    made.add(Throttle, Throttle(parts.limits, keys))
    made.add(ResetThrottle, ResetThrottle(parts.limits, keys))
    made.add(CodeThrottle, CodeThrottle(parts.limits))
    made.add(HiddenCodes, HiddenCodes(keys))
    made.add(Sealer, Sealer(parts.settings.sealing_keys))
    made.add(Devices, Devices(keys))
    made.add(TypedCodes, TypedCodes(keys))


def _counted_inspector(parts: Dependencies) -> CountedInspector:
    """The inspector, whose work is counted."""
    counted, at_once = CountedInspector(parts.inspector, parts.figures), parts.settings.inspectors
    parts.figures.gauge("inspections_in_hand", "Pictures being judged or waiting for it", lambda: counted.in_hand)
    parts.figures.gauge(
        "inspections_waiting", "Pictures waiting for a worker", lambda: max(0, counted.in_hand - at_once)
    )
    return counted


def _readiness(parts: Dependencies) -> Readiness:
    """What has to be in order before people may come; and the figures that belong to it."""
    room = has_room((parts.settings.data_dir, folder_of(parts.settings.store)), parts.settings.min_free_mb << 20)
    checks: dict[str, Check] = {
        "database": parts.db.check,
        "store": parts.store.check,
        "inspector": parts.inspector.is_ready,
        "disk": room,
        "clock": ClockCheck(parts.db, parts.clock, since_boot),
    }
    made = Readiness(checks)
    parts.figures.registry.register(DatabaseFigures(parts.db, parts.clock, made))
    return made
