"""What held before: the server is killed at any moment of an upload, and nothing that was acknowledged is lost."""

from __future__ import annotations

import hashlib
import random
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image

from bench.faults.browser import Desk, Phone, paired
from bench.faults.findings import Counts, Driver, Finding
from bench.faults.place import Place
from bench.shots import picture
from tests.together import at_once

PHONES = 3
SWEEPS_EVERY = 10
NAME = re.compile(r"[0-9a-f]{64}")
MISSING = re.compile(r"missing=\(([^)]*)\)")


@dataclass
class Pair:
    """A desk and its phone, what the phone was told last, and what it was sending when the server died."""

    desk: Desk
    phone: Phone
    told: str = ""
    sending: str = ""
    told_in_all: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def send(self) -> None:
        """One picture after another until the server is gone."""
        while not self.over.is_set() and self.once():
            pass

    def once(self) -> float:
        """The seconds that one picture took; 0 when the server was gone meanwhile."""
        began, body = time.monotonic(), picture()
        self.sending = hashlib.sha256(body).hexdigest()
        status = self.phone.send(body).status
        if status in (200, 201):
            self.told, self.told_in_all = self.sending, self.told_in_all + 1
        return time.monotonic() - began if status else 0


def kills(place: Place, counts: Counts) -> Mapping[str, float]:
    """Again and again: three phones send, the server dies, is started again, and everything is looked at."""
    chance, faults, chains = random.Random(7), list[str](), 0
    pairs = [Pair(*paired(place)) for _ in range(PHONES)]
    usual = max(at_once(*[pair.once for pair in pairs]))
    for number in range(counts.kills):
        _die(place, pairs, chance.uniform(0.05, 2.5) * usual)
        faults += _unkept(place, pairs)
        if number % SWEEPS_EVERY == 0 or number == counts.kills - 1:
            faults += _unsound(place)
            chains += 1
    for fault in faults[:20]:
        print(f"  kills, {place.mode}: {fault}", flush=True)
    return {
        "kills": counts.kills,
        "told": sum(pair.told_in_all for pair in pairs),
        "faults": len(faults),
        "sweeps": chains,
    }


def _die(place: Place, pairs: list[Pair], seconds: float) -> None:
    senders = [threading.Thread(target=pair.send) for pair in pairs]
    for pair, sender in zip(pairs, senders, strict=True):
        pair.over.clear()
        sender.start()
    threading.Event().wait(seconds)
    place.kill()
    for pair, sender in zip(pairs, senders, strict=True):
        pair.over.set()
        sender.join()
    place.begin("wsgi.py")


def _unkept(place: Place, pairs: list[Pair]) -> list[str]:
    """Of every phone the last picture that was acknowledged, or the one after it, is there and opens."""
    faults = []
    for pair in pairs:
        state = pair.phone.call("GET", "/m/state")
        capture = state.json.get("capture") if state.status == 200 else None
        name = capture["sha256"] if capture else ""
        if name not in ((pair.told, pair.sending) if pair.told else ("", pair.sending)):
            faults.append(f"{pair.told[:8]} was acknowledged, {name[:8] or state.status} is there")
        elif name and not _opens(pair.desk.ask("GET", f"/apply/picture/{name}").body):
            faults.append(f"{name[:8]} does not open")
    return faults + [f"a row names {name[:8]}, which is not stored" for name in _named(place) - _stored(place)]


def _opens(body: bytes) -> bool:
    try:
        Image.open(BytesIO(body)).load()
    except OSError:
        return False
    return True


def _unsound(place: Place) -> list[str]:
    """What the upkeep finds."""
    sweep, audit = place.command("sweep"), place.command("verify-audit")
    missing = MISSING.search(sweep.stdout)
    faults = [f"sweep: {sweep.stdout[-200:]}"] if sweep.returncode or (missing and missing[1]) else []
    return faults + ([f"verify-audit: {audit.stdout[-200:]}"] if audit.returncode else [])


def _named(place: Place) -> set[str]:
    """Every blob that a row of a picture refers to."""
    columns = ("original", "preview", "derived", "overlay")
    names = {value for row in place.rows(f"SELECT {', '.join(columns)} FROM capture") for value in row}
    return {name for name in names if name and NAME.fullmatch(name)}


def _stored(place: Place) -> set[str]:
    return {path.name for path in (place.folder / "store").glob("??/*")}


DRIVERS = (
    Driver(
        "kills",
        kills,
        (
            Finding("kills", "kill -9 of the server while three phones send", least=1),
            Finding("told", "… pictures acknowledged", least=1),
            Finding("sweeps", "… times that flask sweep and flask verify-audit looked", least=1),
            Finding("faults", "… acknowledged pictures lost, rows without a picture, broken chains", most=0),
        ),
        {
            "UPLOADS_PER_PAIRING": "1000000",
            "UPLOADS_PER_DAY": "1000000",
            "PERMISSION_MINUTES": "600",
            "IDLE_MINUTES": "600",
        },
        ways=("direct",),
    ),
)
