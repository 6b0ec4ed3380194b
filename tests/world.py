"""The whole application in this process, on a folder of its own, with a clock that a test moves."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app import create_app
from app.base.database import Base
from app.base.errors import Refused
from app.base.store import Store
from app.base.workers.frames import Task, no_task
from app.config import load
from app.dependencies import make_dependencies
from app.identity.model import Candidate
from app.imaging.inspect import Inspection, Inspector, WholeFacts, unreadable
from app.imaging.intake import gate
from app.imaging.packs.pack import load as load_pack
from app.imaging.report import Report, Verdict
from app.imaging.transcode import Transcoded
from app.register.port import Register
from tests import people
from tests.kept import COMPILED, empty_database, remember_statements
from tests.passwords import QuickPasswords
from tests.people import Person
from tests.procedure import has_applied
from tests.visitors import Desk, Pair, Phone, Visitor

ORIGIN = "http://localhost:5000"
DAMAGE = b"-damaged-"
Setting = str | int | Path | None
Value = str | int | None  # of a column
Row = TypeVar("Row", bound=Base)
SomeVisitor = TypeVar("SomeVisitor", bound=Visitor)


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def move(self, seconds: float = 0, **span: float) -> None:
        self.time += timedelta(seconds=seconds, **span)


class QuickInspector:
    """Judges without decoding: what begins like a picture passes, what carries `DAMAGE` is refused."""

    def __init__(self) -> None:
        self.pack, self.seen, self.busy, self.warm = load_pack(), 0, False, True
        self.made: dict[str, bytes] = {}
        self.crop: tuple[float, ...] | None = None

    def inspect(self, body: bytes, declared: str, while_running: Task = no_task) -> Inspection:
        gate.agreed(body, declared)
        if self.busy:
            raise Refused("busy", "", 503, retry_after=2)
        self.seen += 1
        while_running()
        if DAMAGE in body:
            return unreadable(body, "damaged", self.pack)
        report = Report(self.pack.name, self.pack.version, self.pack.hash, Verdict.PASS, ())
        photo, overlay = map(self.made.get, ("registered_photo", "overlay"))
        return Inspection(report, b"\xff\xd8\xffa preview of " + body[3:20], 1200, 1600, photo, overlay, self.crop)

    def probe(self, body: bytes, declared: str, told: WholeFacts) -> Report:
        return self.inspect(body, declared).report

    def is_ready(self) -> bool:
        return self.warm

    def start(self) -> None: ...

    def close(self) -> None: ...


class QuickTranscoder:
    """Reads documents without decoding: 1600×1000 px, unless the bytes carry `DAMAGE`."""

    def __init__(self) -> None:
        self.seen, self.sides = 0, (1600, 1000)

    def transcode(self, body: bytes, declared: str) -> Transcoded:
        gate.agreed(body, declared)
        self.seen += 1
        if DAMAGE in body:
            raise Refused("unreadable", "读不出来", 422)
        return Transcoded(b"\xff\xd8\xffdrawn again: " + body[3:20], *self.sides)

    def close(self) -> None:
        pass


def picture(seed: int = 1, size: int = 60_000, damaged: bool = False) -> bytes:
    """Bytes that begin like a JPEG; another seed is another picture."""
    return (b"\xff\xd8\xff" + f"picture {seed} ".encode() + DAMAGE * damaged).ljust(size, b".")


USUAL: dict[str, Setting] = {
    "secret_key": "s" * 40,
    "store_keys": f"one:{base64.b64encode(b'k' * 32).decode()}",
    "async_mode": "threading",
    "demo": True,
    "port": 5000,
    "tls_port": 0,
    "public_url": "",
    "_env_file": None,
}


class NewWorld(Protocol):
    """Makes worlds with settings of their own."""

    def __call__(
        self,
        name: str = "world",
        *,
        clock: FakeClock | None = None,
        store: Store | None = None,
        register: Register | None = None,
        origin: str = ORIGIN,
        **settings: Setting,
    ) -> World: ...


class World:
    """Everything but a browser."""

    def __init__(
        self,
        folder: Path,
        inspector: Inspector | None = None,
        clock: FakeClock | None = None,
        store: Store | None = None,
        register: Register | None = None,
        origin: str = ORIGIN,
        **settings: Setting,
    ) -> None:
        self.folder, self.origin, self.clock = folder, origin, clock or FakeClock()
        self.inspector, self.transcoder, self.passwords = QuickInspector(), QuickTranscoder(), QuickPasswords()
        self.settings = load(**USUAL | {"data_dir": folder} | settings)
        usual = make_dependencies(self.settings, patience=100)  # a person's: tests/base/test_database_waits.py
        self.dependencies = replace(
            usual,
            clock=self.clock,
            inspector=inspector or self.inspector,
            transcoder=self.transcoder,
            passwords=self.passwords,
            store=store or usual.store,
            register=register or usual.register,
        )
        file = Path(self.dependencies.db.url.database or "")
        if not file.exists():
            file.write_bytes(empty_database()[0])
        remember_statements(self.dependencies.db.engine)
        self.app = create_app(self.settings, self.dependencies)
        self.app.jinja_env.bytecode_cache = COMPILED

    def close(self) -> None:
        """End what it started."""
        self.dependencies.close()
        self.dependencies.db.engine.dispose()

    def add(self, person: Row) -> Row:
        """Let somebody be known here."""
        with self.dependencies.db.writing() as db:
            db.add(person)
            db.flush()
            return person

    def visitor(self, person: Person | None = None) -> Visitor:
        """A browser, in which this person is logged in."""
        return self._logged_in(Visitor(self.app, self.origin), person)

    def desk(self, person: Person | None = None) -> Desk:
        """A PC of a candidate who has applied and may be photographed; without a person, one nobody has met before."""
        person = person or self.add(people.candidate())
        has_applied(self, person)
        return self.newcomer(person)

    def newcomer(self, person: Person | None = None) -> Desk:
        """A PC in which a candidate is logged in who has not applied; without a person, one nobody has met before."""
        return self._logged_in(Desk(self.app, self.origin), person or self.add(people.candidate()))

    def phone(self) -> Phone:
        """A phone that knows nothing yet."""
        return Phone(self.app, self.origin)

    def paired(self, person: Candidate | None = None) -> Pair:
        """A PC and the phone that has scanned its code and confirmed."""
        desk, phone = self.desk(person), self.phone()
        desk.to_code()
        assert phone.claim(desk.token()).status_code == phone.confirm().status_code == 200
        return desk, phone

    def rows(self, table: type[Row], **having: Value) -> list[Row]:
        """All rows of a table, oldest first."""
        with self.dependencies.db.reading() as db:
            wanted = select(table).filter_by(**having).order_by(*table.__mapper__.primary_key)
            return list(db.scalars(wanted.options(joinedload("*"))).unique())

    def blobs(self) -> set[str]:
        """The names of everything that the store keeps."""
        return {name for name, _when in self.dependencies.store.names()}

    def _logged_in(self, browser: SomeVisitor, person: Person | None) -> SomeVisitor:
        if person:
            browser.log_in(person)
            assert browser.page.has_button("退出"), browser.page.text
        return browser
