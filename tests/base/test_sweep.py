"""Sweeping removes what nobody refers to, never anything young, and tells what is wrong."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from app.base.store import LocalStore
from app.base.sweep import Swept, sweep
from tests.base.vault import NEW, StillClock, blob_file, flip, local

CLOCK = StillClock()
SECOND = timedelta(seconds=1)
DAY = timedelta(hours=24)


def put_at(store: LocalStore, folder: Path, body: bytes, when: datetime) -> str:
    name = store.put("owner", body)
    os.utime(blob_file(folder, name), (when.timestamp(), when.timestamp()))
    return name


def test_a_quiet_store_is_sound(tmp_path: Path) -> None:
    store = local(tmp_path)
    name = store.put("owner", b"picture")
    assert sweep(store, lambda: {name}, CLOCK.now()) == Swept((), 0, (), (), ())
    assert sweep(store, lambda: {name}, CLOCK.now()).sound


def test_only_orphans_older_than_a_day_are_removed(tmp_path: Path) -> None:
    store = local(tmp_path)
    now = CLOCK.now()
    old = put_at(store, tmp_path, b"old", now - DAY - SECOND)
    young = put_at(store, tmp_path, b"young", now - DAY + SECOND)
    kept = put_at(store, tmp_path, b"kept", now - 30 * DAY)
    assert sweep(store, lambda: {kept}, now).orphans == (old,)
    assert {name for name, _ in store.names()} == {young, kept}


def test_an_orphan_that_is_sent_again_is_young_again(tmp_path: Path) -> None:
    store = local(tmp_path)
    name = put_at(store, tmp_path, b"picture", CLOCK.now() - 2 * DAY)
    store.put("owner", b"picture")
    assert sweep(store, lambda: (), CLOCK.now()).orphans == ()
    assert store.get(name) == b"picture"


def test_torn_files_go_when_they_are_old(tmp_path: Path) -> None:
    store = local(tmp_path)
    name = store.put("owner", b"picture")
    torn = blob_file(tmp_path, name).with_suffix(".0badcafe.part")
    torn.write_bytes(b"pic")
    os.utime(torn, (CLOCK.now().timestamp(),) * 2)
    assert sweep(store, lambda: {name}, CLOCK.now()).strays == 0
    assert sweep(store, lambda: {name}, CLOCK.now() + DAY + SECOND).strays == 1
    assert store.get(name) == b"picture"


def test_missing_damaged_and_locked_are_told_apart_and_left_alone(tmp_path: Path) -> None:
    store = local(tmp_path)
    good, bad = store.put("owner", b"good"), store.put("owner", b"bad")
    flip(blob_file(tmp_path, bad))
    missing = "0" * 64
    swept = sweep(store, lambda: {good, bad, missing}, CLOCK.now())
    assert swept == Swept((), 0, (missing,), (bad,), ())
    assert not swept.sound
    assert blob_file(tmp_path, bad).exists()
    assert set(sweep(local(tmp_path, NEW), lambda: {good, bad}, CLOCK.now()).locked) == {good, bad}
