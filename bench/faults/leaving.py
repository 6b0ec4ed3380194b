"""What a candidate may leave behind: pieces that are never finished, rows of looks at one's own picture."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping

from bench.faults.browser import Phone, paired
from bench.faults.findings import Counts, Driver, Finding
from bench.faults.place import Place
from bench.shots import picture

PICTURE = 10_000_000
UPLOADS = 14
LOOKS = 100


def pieces(place: Place, counts: Counts) -> Mapping[str, float]:
    """Uploads that are begun and never finished, as long as the server takes them; and after a new scan again."""
    desk, phone = paired(place)
    before, rows = _megabytes(place), _rows(place)
    for _scan in range(2):
        for _number in range(UPLOADS):
            _leave(phone, os.urandom(64) * (PICTURE // 64))
        desk.open("/apply/capture")
        desk.post("/pairings/renew", {"csrf": desk.csrf})
        phone = Phone(place)
        phone.take(desk.token())
    return {"left": _megabytes(place) - before, "rows": _rows(place) - rows}


def _leave(phone: Phone, body: bytes) -> None:
    """All but the last byte."""
    if phone.send(body, Upload_Complete="?0").status != 201:
        return
    step = 1 << 16
    for start in range(0, PICTURE - step, step):
        if phone.append(body, start, start + step).status not in (200, 204):
            return


def looks(place: Place, counts: Counts) -> Mapping[str, float]:
    """A candidate looks at their own picture."""
    desk, phone = paired(place)
    body = picture()
    phone.send(body)
    desk.open("/apply/capture")
    name = hashlib.sha256(body).hexdigest()
    before = place.rows("SELECT count(*) FROM audit")[0][0]
    seen = sum(desk.ask("GET", f"/apply/picture/{name}").status == 200 for _ in range(LOOKS))
    return {"rows": place.rows("SELECT count(*) FROM audit")[0][0] - before, "seen": seen}


def _megabytes(place: Place) -> float:
    files = (path for path in place.folder.rglob("*") if "zhengzhao.db" not in path.name)
    return sum(path.stat().st_size for path in files if path.is_file()) / 1e6


def _rows(place: Place) -> int:
    return int(place.rows("SELECT count(*) FROM pairing_event")[0][0])


DRIVERS = (
    Driver(
        "pieces",
        pieces,
        (
            Finding(
                "left", "pieces that a candidate leaves on the disk: 28 pictures begun in two scans", "MB", most=45
            ),
            Finding("rows", "… rows of the pairing's history", most=60),
        ),
    ),
    Driver(
        "looks",
        looks,
        (
            Finding("rows", "100 looks at one's own picture: audit rows", most=5),
            Finding("seen", "… pictures shown", least=100),
        ),
        ways=("direct",),
    ),
)
