"""`flask backup`: one file, whole or not there, that tells nobody anything without the key."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path

import pytest

from app.backup import NoCopy, back_up
from app.base import archive
from app.base.database import Database
from app.base.steps import Stop
from app.config import parse_keys
from tests.backup.conftest import PEOPLE, Lived
from tests.backup.line import FLASK, STORE_KEYS, limited, said
from tests.serve.running import ROOT
from tests.world import NewWorld


def test_it_holds_database_and_pictures_and_of_the_settings_their_names(lived: Lived) -> None:
    with lived.backup.open("rb") as file:
        found = {entry.name: entry.body.read() for entry in archive.entries(file, parse_keys(STORE_KEYS))}
    pictures = [name for name in found if name.startswith(archive.BLOBS)]
    assert len(pictures) == 2 * PEOPLE
    assert found[archive.DATABASE].startswith(b"SQLite format 3")
    assert b'"STORE_KEYS"' in found[archive.ABOUT]
    assert STORE_KEYS.encode() not in b"".join(found.values())


def test_without_the_key_nothing_shows(lived: Lived) -> None:
    body = lived.backup.read_bytes()
    with closing(sqlite3.connect(lived.line.folder / "zhengzhao.db")) as db:
        [name] = db.execute("SELECT original FROM capture LIMIT 1").fetchone()
    assert [each for each in ("44010419990412000X", "陈思远", name, "SQLite") if each.encode() in body] == []


def test_it_is_this_users_alone_and_replaces_nothing(lived: Lived) -> None:
    assert os.stat(lived.backup).st_mode & 0o077 == 0
    before = lived.backup.read_bytes()
    assert "is there already" in said(lived.line.flask("backup", lived.backup), 1)
    assert lived.backup.read_bytes() == before


def test_it_goes_to_standard_output_too(lived: Lived, tmp_path: Path) -> None:
    with (tmp_path / "piped.zzb").open("wb") as out:
        done = subprocess.run(
            [*FLASK, "backup", "-"],
            cwd=ROOT,
            env=lived.line.environment(),
            stdout=out,
            stderr=subprocess.PIPE,
            check=True,
        )
    assert f"{PEOPLE} candidates".encode() in done.stderr
    assert "0 broken" in said(lived.line.flask("restore", "--check", tmp_path / "piped.zzb"), 0)


def test_what_was_made_is_known_and_recorded(lived: Lived) -> None:
    lived.line.backed_up(lived.backup.with_name("two.zzb"))
    with closing(sqlite3.connect(lived.line.folder / "zhengzhao.db")) as db:
        rows = db.execute("SELECT candidates, applications, pictures, lost, bytes FROM backup ORDER BY id").fetchall()
        acts = db.execute("SELECT action FROM audit WHERE application_id IS NULL").fetchall()
    assert rows[-1] == (PEOPLE, PEOPLE, 2 * PEOPLE, 0, lived.backup.with_name("two.zzb").stat().st_size)
    assert acts[-1] == ("backed_up",)


def test_of_a_folder_the_newest_are_kept(lived: Lived, tmp_path: Path) -> None:
    folder = tmp_path / "nightly"
    folder.mkdir()
    for name in ("zhengzhao-20260101T000000Z.zzb", "zhengzhao-20260102T000000Z.zzb", "zhengzhao-2.zzb.part", "other"):
        (folder / name).touch()
    assert "1 older ones removed" in said(lived.line.flask("backup", folder, "--keep", "2"), 0)
    left = sorted(path.name for path in folder.iterdir())
    assert left[:2] == ["other", "zhengzhao-20260102T000000Z.zzb"]
    assert len(left) == 3
    assert "0 broken" in said(lived.line.flask("restore", "--check", folder / left[2]), 0)


def test_the_one_just_made_stays_although_the_clock_was_ahead_before(lived: Lived, tmp_path: Path) -> None:
    folder = tmp_path / "nightly"
    folder.mkdir()
    for year in (2098, 2099):
        (folder / f"zhengzhao-{year}0101T000000Z.zzb").touch()
    assert "1 older ones removed" in said(lived.line.flask("backup", folder, "--keep", "2"), 0)
    made, ahead = sorted(folder.iterdir())
    assert (made.stat().st_size > 0, ahead.name) == (True, "zhengzhao-20990101T000000Z.zzb")


def test_older_ones_stay_when_none_was_made(lived: Lived, tmp_path: Path) -> None:
    folder = tmp_path / "nightly"
    folder.mkdir()
    (folder / "zhengzhao-20260101T000000Z.zzb").touch()
    (lived.line.folder / "zhengzhao.db").unlink()
    (lived.line.folder / "zhengzhao.db").write_bytes(b"no database" * 1000)
    assert lived.line.flask("backup", folder, "--keep", "1").code == 1
    assert [path.name for path in folder.iterdir()] == ["zhengzhao-20260101T000000Z.zzb"]


def test_a_full_disk_is_told_and_nothing_is_left(lived: Lived, tmp_path: Path) -> None:
    whole = lived.backup.stat().st_size  # the database fits, and most of the pictures
    done = limited(lived.line, whole - 20_000, "backup", tmp_path / "new.zzb")
    assert "no backup was made: the disk is full" in said(done, 1)
    assert not list(tmp_path.glob("new.zzb*"))
    assert not list(lived.line.folder.glob("*.part"))


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_stopped_or_killed_in_the_middle_it_leaves_no_archive_and_the_next_one_is_whole(
    lived: Lived, tmp_path: Path, end: signal.Signals
) -> None:
    with in_the_middle(lived, tmp_path) as (process, target):
        process.send_signal(end)
    process.communicate(timeout=60)
    assert process.returncode == (1 if end is signal.SIGTERM else -end)
    assert not target.exists()
    assert said(lived.line.flask("backup", target), 0)
    assert "0 broken" in said(lived.line.flask("restore", "--check", target), 0)
    assert not list(tmp_path.glob("*.part")) + list(lived.line.folder.glob("*.part"))


@contextmanager
def in_the_middle(lived: Lived, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A backup that waits within the block, at its first picture: a pipe that nobody fills."""
    target = tmp_path / "killed.zzb"
    blob = min(path for path in (lived.line.folder / "store").glob("??/*"))
    whole = blob.read_bytes()
    blob.unlink()
    os.mkfifo(blob)
    process = lived.line.begin("backup", target)
    with blob.open("wb"):  # waits for the reader
        assert target.with_name("killed.zzb.part").exists()
        blob.unlink()
        blob.write_bytes(whole)
        yield process, target


def test_a_picture_that_was_lost_before_is_named_and_the_rest_is_kept(lived: Lived, tmp_path: Path) -> None:
    lost = next((lived.line.folder / "store").glob("??/*"))
    lost.unlink()
    assert f"lost before this backup, so it is not in it: {lost.name}" in said(
        lived.line.flask("backup", tmp_path / "new.zzb"), 0
    )
    found = said(lived.line.flask("restore", "--check", tmp_path / "new.zzb"), 1)
    assert f"lost before the backup was made: {lost.name}" in found
    assert f"{2 * PEOPLE - 1} of {2 * PEOPLE} pictures" in found


def test_another_database_is_not_copied(new_world: NewWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    world = new_world()
    monkeypatch.setattr(Database, "file", None)
    with pytest.raises(NoCopy, match="only SQLite"):
        back_up(world.dependencies, BytesIO(), world.clock.now(), Stop(), lambda _what, _done, _total: None)


def test_writers_are_never_held_up_and_the_copy_is_of_one_moment(lived: Lived, tmp_path: Path) -> None:
    """A writer that counts up in two tables in each transaction: in the copy both are the same."""
    live = lived.line.folder / "zhengzhao.db"
    with closing(sqlite3.connect(live, isolation_level=None)) as db:
        db.execute("CREATE TABLE a (n INT, filling BLOB)")
        db.execute("CREATE TABLE b (n INT)")
        db.executemany("INSERT INTO a VALUES (0, randomblob(?))", [(100_000,)] * 500)
        db.execute("INSERT INTO b VALUES (0)")
        process, longest, written = lived.line.begin("backup", tmp_path / "new.zzb"), 0.0, 0
        while process.poll() is None:
            begun = time.monotonic()
            db.execute("BEGIN IMMEDIATE")
            db.execute("UPDATE a SET n = n + 1 WHERE rowid = 1")
            db.execute("UPDATE b SET n = n + 1")
            db.execute("COMMIT")
            written, longest = written + 1, max(longest, time.monotonic() - begun)
    told = process.communicate()
    assert (process.returncode, written > 20, longest < 1) == (0, True, True), (told, written, longest)
    assert both(restored(lived, tmp_path)) in range(1, written + 1)


def restored(lived: Lived, tmp_path: Path) -> Path:
    with (tmp_path / "new.zzb").open("rb") as file, (tmp_path / "copy.db").open("wb") as copy:
        for entry in archive.entries(file, parse_keys(STORE_KEYS)):
            if entry.name == archive.DATABASE:
                shutil.copyfileobj(entry.body, copy)
    return tmp_path / "copy.db"


def both(file: Path) -> int:
    with closing(sqlite3.connect(file)) as db:
        [[first]], [[second]] = (db.execute(f"SELECT n FROM {table} LIMIT 1").fetchall() for table in "ab")
    assert first == second
    return int(first)
