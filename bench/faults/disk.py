"""Our faults: a disk that is full, a store that cannot be written or is gone, while phones send good pictures."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.faults.browser import Phone, paired
from bench.faults.findings import Counts, Driver, Finding
from bench.faults.place import Place, fill, small_disk, until
from bench.shots import picture

MEGABYTES = 48
PATIENCE = 90.0


def full_store(place: Place, counts: Counts) -> Mapping[str, float]:
    """Nothing fits on the disk of the pictures; the database has room."""

    def fills(disk: Path) -> Callable[[], object]:
        return fill(disk).unlink

    return _with_store(place, fills)


def unwritable(place: Place, counts: Counts) -> Mapping[str, float]:
    """The disk of the pictures takes no more writes."""

    def remounts(disk: Path) -> Callable[[], object]:
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        return lambda: subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)

    return _with_store(place, remounts)


def deleted(place: Place, counts: Counts) -> Mapping[str, float]:
    """Somebody moved the folder of the pictures away."""

    def moves(disk: Path) -> Callable[[], object]:
        (disk / "store").rename(disk / "elsewhere")

        def back() -> None:
            shutil.rmtree(disk / "store", ignore_errors=True)
            (disk / "elsewhere").rename(disk / "store")

        return back

    return _with_store(place, moves)


def full(place: Place, counts: Counts) -> Mapping[str, float]:
    """Nothing fits on the one disk that everything is on."""
    place.stop()
    with small_disk(place.folder, MEGABYTES):
        place.start()
        try:
            found = _spoiled(place, lambda: fill(place.folder).unlink)
        finally:
            place.stop()
    return found


def _with_store(place: Place, spoil: Callable[[Path], Callable[[], object]]) -> dict[str, float]:
    """`place` again with its pictures on a small disk of their own."""
    place.stop()
    disk = place.folder.parent / "disk"
    with small_disk(disk, MEGABYTES):
        place.environment["STORE_URL"] = f"file://{disk}/store"
        place.start()
        try:
            return _spoiled(place, lambda: spoil(disk))
        finally:
            place.stop()


def _spoiled(place: Place, spoil: Callable[[], Callable[[], object]]) -> dict[str, float]:
    """What a phone, and everybody else, is told meanwhile; what it costs the phone; whether all is well afterwards."""
    desk, phone = paired(place)
    if phone.send(picture()).status != 201:
        raise RuntimeError("a good picture is refused before anything is spoiled")
    body, left, workers = picture(), _left(phone), place.pool()
    undo = spoil()
    sent = [phone.send(body) for _ in range(3)]
    whole = [desk.open(path).status for path in ("/login", "/apply", "/apply/capture", "/health")]
    changes = [phone.say("/m/progress", code=code).status for code in ("camera_ready", "sending", "camera_ready")]
    killed = len(workers - place.pool())
    undo()
    began = time.monotonic()
    again = until(lambda: phone.send(body).status in (200, 201), PATIENCE)
    took = time.monotonic() - began if again else PATIENCE
    return {
        "status": sent[0].status,
        "retry": float(all("Retry-After" in each.headers for each in sent)),
        "refused": sum(each.status in (400, 415, 422) for each in sent),
        "killed": killed,
        "spent": left - _left(phone) - again,
        "errors": sum(each == 500 for each in [*whole, *changes]),
        "recovers": took,
    }


def _left(phone: Phone) -> int:
    return int(phone.call("GET", "/m/state").json["uploads_left"])


def _findings(what: str) -> tuple[Finding, ...]:
    return (
        Finding("status", f"{what}: status for a good picture", least=503, most=507),
        Finding("retry", f"{what}: … with Retry-After (1: yes)", least=1),
        Finding("refused", f"{what}: … refused as a bad picture, of 3", most=0),
        Finding("spent", f"{what}: … attempts spent", most=0),
        Finding("killed", f"{what}: … healthy workers killed", most=0),
        Finding("errors", f"{what}: answers of 500 to others, of 7", most=0),
        Finding("recovers", f"{what}: … sent by itself so soon after it is mended", "s", most=30),
    )


PLENTY = {"UPLOADS_PER_PAIRING": "1000", "UPLOADS_PER_DAY": "1000"}
DRIVERS = tuple(
    Driver(name, run, _findings(what), PLENTY)
    for name, run, what in (
        ("full-store", full_store, "full disk of the pictures"),
        ("full-disk", full, "full disk of everything"),
        ("unwritable", unwritable, "unwritable store"),
        ("deleted", deleted, "deleted store"),
    )
)
