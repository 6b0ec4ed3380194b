"""The whole application in this process, on a folder of its own, with a clock that a test moves."""

import base64
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from jinja2 import BytecodeCache
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app import create_app
from app.base.database import Database
from app.base.errors import Refused
from app.base.workers.worker_slot import nothing
from app.config import load
from app.dependencies import make_dependencies
from app.imaging.inspect import Inspection, unreadable
from app.imaging.intake import gate
from app.imaging.packs.pack import load as load_pack
from app.imaging.report import Report, Verdict
from app.imaging.transcode import Transcoded
from tests import people
from tests.passwords import QuickPasswords
from tests.procedure import has_applied
from tests.visitors import Desk, Phone, Visitor

ORIGIN = "http://localhost:5000"
DAMAGE = b"-damaged-"


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self):
        self.time = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def now(self):
        return self.time

    def move(self, seconds=0, **span):
        self.time += timedelta(seconds=seconds, **span)


class QuickInspector:
    """Judges without decoding: what begins like a picture passes, what carries `DAMAGE` is refused."""

    def __init__(self):
        self.pack, self.seen, self.busy = load_pack(), 0, False
        self.made: dict[str, bytes] = {}

    def inspect(self, body, declared, meanwhile=nothing):
        gate.agreed(body, declared)
        if self.busy:
            raise Refused("busy", "", 503, retry_after=2)
        self.seen += 1
        meanwhile()
        if DAMAGE in body:
            return unreadable(body, "damaged", self.pack)
        report = Report(self.pack.name, self.pack.version, self.pack.hash, Verdict.PASS, ())
        return Inspection(report, b"\xff\xd8\xffa preview of " + body[3:20], 1200, 1600, **self.made)

    def start(self):
        pass

    def close(self):
        pass


class QuickTranscoder:
    """Reads documents without decoding: 1600×1000 px, unless the bytes carry `DAMAGE`."""

    def __init__(self):
        self.seen, self.sides = 0, (1600, 1000)

    def transcode(self, body, declared):
        gate.agreed(body, declared)
        self.seen += 1
        if DAMAGE in body:
            raise Refused("unreadable", "读不出来", 422)
        return Transcoded(b"\xff\xd8\xffdrawn again: " + body[3:20], *self.sides)

    def close(self):
        pass


def picture(seed=1, size=60_000, damaged=False):
    """Bytes that begin like a JPEG; another seed is another picture."""
    return (b"\xff\xd8\xff" + f"picture {seed} ".encode() + DAMAGE * damaged).ljust(size, b".")


class Compiled(BytecodeCache):
    """Templates are compiled once, not once a world."""

    def __init__(self):
        self._kept = {}

    def load_bytecode(self, bucket):
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket):
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()
STATEMENTS = {}


@cache
def empty_database():
    """A file with all tables and no rows, to begin worlds with; and the dialect, which knows SQLite by now."""
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{folder}/empty.db")
        db.upgrade()
        db.engine.dispose()
        return Path(folder, "empty.db").read_bytes(), db.engine.dialect


def remember_statements(engine):
    """Statements are compiled once, not once a world: SQLAlchemy keeps them by dialect."""
    engine.dialect = empty_database()[1]
    engine.update_execution_options(compiled_cache=STATEMENTS)


USUAL = {
    "secret_key": "s" * 40,
    "store_keys": f"one:{base64.b64encode(b'k' * 32).decode()}",
    "async_mode": "threading",
    "demo": True,
    "port": 5000,
    "tls_port": 0,
    "public_url": "",
    "_env_file": None,
}


class World:
    """Everything but a browser."""

    def __init__(self, folder, inspector=None, clock=None, store=None, register=None, origin=ORIGIN, **settings):
        self.folder, self.origin, self.clock = folder, origin, clock or FakeClock()
        self.inspector, self.transcoder = inspector or QuickInspector(), QuickTranscoder()
        self.passwords = QuickPasswords()
        self.settings = load(**USUAL | {"data_dir": folder} | settings)
        usual = make_dependencies(self.settings)
        self.dependencies = replace(
            usual,
            clock=self.clock,
            inspector=self.inspector,
            transcoder=self.transcoder,
            passwords=self.passwords,
            store=store or usual.store,
            register=register or usual.register,
        )
        file = Path(self.dependencies.db.url.database)
        file.exists() or file.write_bytes(empty_database()[0])
        remember_statements(self.dependencies.db.engine)
        self.app = create_app(self.settings, self.dependencies)
        self.app.jinja_env.bytecode_cache = COMPILED

    def close(self):
        """End what it started."""
        self.dependencies.close()
        self.dependencies.db.engine.dispose()

    def add(self, person):
        """Let somebody be known here."""
        with self.dependencies.db.writing() as db:
            db.add(person)
            db.flush()
            return person

    def visitor(self, person=None):
        """A browser, in which this person is logged in."""
        return self._logged_in(Visitor(self.app, self.origin), person)

    def desk(self, person=None):
        """A PC of a candidate who has applied and may be photographed; without a person, one nobody has met before."""
        person = person or self.add(people.candidate())
        has_applied(self, person)
        return self.newcomer(person)

    def newcomer(self, person=None):
        """A PC in which a candidate is logged in who has not applied; without a person, one nobody has met before."""
        return self._logged_in(Desk(self.app, self.origin), person or self.add(people.candidate()))

    def phone(self, **options):
        """A phone that knows nothing yet."""
        return Phone(self.app, self.origin, **options)

    def paired(self, person=None):
        """A PC and the phone that has scanned its code and confirmed."""
        desk, phone = self.desk(person), self.phone()
        desk.to_code()
        assert phone.claim(desk.token()).status_code == 200
        assert phone.confirm().status_code == 200
        return desk, phone

    def rows(self, table, **having):
        """All rows of a table, oldest first."""
        with self.dependencies.db.reading() as db:
            wanted = select(table).filter_by(**having).order_by(*table.__mapper__.primary_key)
            return list(db.scalars(wanted.options(joinedload("*"))).unique())

    def blobs(self):
        """The names of everything that the store keeps."""
        return {name for name, _when in self.dependencies.store.names()}

    def _logged_in(self, browser, person):
        if person:
            browser.log_in(person)
            assert browser.page.has_button("退出"), browser.page.text
        return browser
