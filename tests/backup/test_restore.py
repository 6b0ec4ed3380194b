"""`flask restore`: everything or nothing, never over something else, and the reason in words."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from app.base.database import Database
from app.base.sealed_stream import SEALED_CHUNK
from app.config import parse_keys
from tests.backup.conftest import PEOPLE, Lived
from tests.backup.line import FLASK, STORE_KEYS, Line, limited, said, tree
from tests.backup.rewriting import assert_nothing, rewritten
from tests.serve.running import ROOT

OTHER_KEYS = "two:b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVyb3Q="
KEYS = parse_keys(STORE_KEYS)


def test_on_a_bare_machine_everything_is_there_again(lived: Lived, bare: Line) -> None:
    told = said(bare.flask("restore", lived.backup), 0)
    assert f"{PEOPLE} candidates, {PEOPLE} applications, {2 * PEOPLE} of {2 * PEOPLE} pictures" in told
    assert "(Guangdong)" in told
    assert tree(bare.folder / "store") == tree(lived.line.folder / "store")
    assert everything(bare.folder)[: len(everything(lived.line.folder))] == everything(lived.line.folder)
    assert "store: sound" in said(bare.flask("sweep"), 0)
    assert "0 broken" in said(bare.flask("verify-audit"), 0)
    assert not list(bare.folder.rglob("*.part"))


def everything(folder: Path) -> list[tuple[object, ...]]:
    """The rows of captures, receipts and the audit, in an order of their own."""
    with closing(sqlite3.connect(folder / "zhengzhao.db")) as db:
        tables = ("capture", "receipt", "candidate", "application")
        rows = [row for table in tables for row in db.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()]
        return rows + db.execute("SELECT * FROM audit WHERE application_id IS NOT NULL ORDER BY id").fetchall()


def test_a_check_writes_nothing(lived: Lived, bare: Line, tmp_path: Path) -> None:
    (tmp_path / "temporary").mkdir()
    before = set(tmp_path.rglob("*"))
    told = said(bare.flask("restore", "--check", lived.backup, TMPDIR=str(tmp_path / "temporary")), 0)
    assert "proved in" in told
    assert set(tmp_path.rglob("*")) == before


def test_it_comes_from_standard_input_too(lived: Lived, bare: Line) -> None:
    with lived.backup.open("rb") as file:
        done = subprocess.run(
            [*FLASK, "restore", "-"], cwd=ROOT, env=bare.environment(), stdin=file, capture_output=True, check=True
        )
    assert b"restored to" in done.stdout


def test_what_is_there_is_never_touched(lived: Lived) -> None:
    before = tree(lived.line.folder)
    assert "is there already" in said(lived.line.flask("restore", lived.backup), 1)
    (lived.line.folder / "zhengzhao.db").rename(lived.backup.with_name("aside.db"))
    assert "holds pictures already" in said(lived.line.flask("restore", lived.backup), 1)
    lived.backup.with_name("aside.db").rename(lived.line.folder / "zhengzhao.db")
    assert tree(lived.line.folder) == before


def test_a_log_without_its_database_is_not_played_into_another(lived: Lived, bare: Line) -> None:
    bare.folder.mkdir()
    (bare.folder / "zhengzhao.db-wal").write_bytes(b"of another")
    assert "zhengzhao.db-wal is there already" in said(bare.flask("restore", lived.backup), 1)


def test_another_key_is_named_and_nothing_is_there(lived: Lived, bare: Line) -> None:
    other = Line(bare.folder, store_keys=OTHER_KEYS)
    for words in (["restore"], ["restore", "--check"]):
        assert "sealed under one, which STORE_KEYS does not hold" in said(other.flask(*words, lived.backup), 1)
    assert_nothing(bare)


def test_another_audit_key_is_asked_for(lived: Lived, bare: Line) -> None:
    other = Line(bare.folder, secret_key="x" * 40)
    assert "is SECRET_KEY the one of the server" in said(other.flask("restore", "--check", lived.backup), 1)


def database_at(lived: Lived, tmp_path: Path, statement: str) -> bytes:
    file = tmp_path / "changed.db"
    shutil.copy(lived.line.folder / "zhengzhao.db", file)
    with closing(sqlite3.connect(file)) as db, db:
        db.execute(statement)
    return file.read_bytes()


def test_a_database_of_a_later_version_is_refused(lived: Lived, bare: Line, tmp_path: Path) -> None:
    rewritten(lived, database=database_at(lived, tmp_path, "UPDATE alembic_version SET version_num = '9999'"))
    assert "made by a newer version" in said(bare.flask("restore", lived.backup), 1)
    assert_nothing(bare)


def test_a_database_of_an_earlier_version_is_brought_to_this_one(lived: Lived, bare: Line, tmp_path: Path) -> None:
    older = tmp_path / "older.db"
    database = Database(f"sqlite:///{older}")
    database.upgrade("0013")
    database.engine.dispose()
    rewritten(lived, database=older.read_bytes())
    assert "0 candidates" in said(bare.flask("restore", lived.backup), 0)
    restored = Database(f"sqlite:///{bare.folder}/zhengzhao.db")
    assert restored.is_current()
    restored.engine.dispose()


def test_a_picture_that_does_not_open_is_named_and_all_else_is_there(lived: Lived, bare: Line, tmp_path: Path) -> None:
    blob = next((lived.line.folder / "store").glob("??/*"))
    blob.write_bytes(blob.read_bytes()[:-1])
    said(lived.line.flask("backup", tmp_path / "new.zzb"), 0)
    for words in (["restore", "--check"], ["restore"]):
        assert f"does not open: {blob.name}: damaged" in said(bare.flask(*words, tmp_path / "new.zzb"), 1)
    assert (bare.folder / "zhengzhao.db").exists()


def test_a_setting_that_was_given_there_is_named(lived: Lived, bare: Line, tmp_path: Path) -> None:
    done = lived.line.flask("backup", tmp_path / "new.zzb", SUPPORT_CONTACT="020-1")
    assert done.code == 0
    told = said(bare.flask("restore", "--check", tmp_path / "new.zzb"), 0)
    assert "settings that were given there and are not here: SUPPORT_CONTACT" in told


def test_a_full_disk_is_told_and_nothing_is_restored(lived: Lived, bare: Line) -> None:
    done = limited(bare, 200_000, "restore", lived.backup)
    assert "nothing was restored: the disk is full" in said(done, 1)
    assert_nothing(bare)
    assert "restored to" in said(bare.flask("restore", lived.backup), 0)


def test_killed_in_the_middle_the_next_one_restores_it(lived: Lived, bare: Line) -> None:
    body = lived.backup.read_bytes()
    with in_the_middle(bare, body[: len(body) - 2 * SEALED_CHUNK]) as process:
        process.send_signal(signal.SIGKILL)
    assert_nothing(bare)
    assert "restored to" in said(bare.flask("restore", lived.backup), 0)
    assert tree(bare.folder / "store") == tree(lived.line.folder / "store")
    assert not list(bare.folder.rglob("*.part"))


def test_killed_between_the_pictures_and_the_database_the_next_one_restores_it(lived: Lived, bare: Line) -> None:
    said(bare.flask("restore", lived.backup), 0)
    (bare.folder / "zhengzhao.db").unlink()
    (bare.folder / "store" / "restore.part").mkdir()
    assert "restored to" in said(bare.flask("restore", lived.backup), 0)
    assert "store: sound" in said(bare.flask("sweep"), 0)


@contextmanager
def in_the_middle(line: Line, first: bytes) -> Iterator[subprocess.Popen[bytes]]:
    """A restore that has got the first part, unpacked pictures, and waits for the rest."""
    process = subprocess.Popen(
        [*FLASK, "restore", "-"], cwd=ROOT, env=line.environment(), stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdin
    process.stdin.write(first)
    process.stdin.flush()
    side = line.folder / "store" / "restore.part"
    while not any(side.glob("??/*")):
        assert process.poll() is None
    yield process
    process.wait(60)
    process.stdin.close()
