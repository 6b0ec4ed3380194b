"""Blobs: kept once, for one owner, sealed, on the disk before their name is known."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.clock import SystemClock
from app.base.seal import Damaged, Sealer, UnknownKey
from app.base.store import NAME, LocalStore, NoBlob, blob_name, store_from_url
from app.base.sweep import sweep
from app.base.unavailable import StoreFailed
from tests.base.vault import BOTH, NEW, OLD, blob_file, flip, local

DAY = timedelta(days=1)


def test_what_was_put_can_be_got(tmp_path: Path) -> None:
    store = local(tmp_path)
    assert store.get(store.put("owner", b"picture")) == b"picture"


@given(st.tuples(st.text(), st.binary()), st.tuples(st.text(), st.binary()))
def test_names_are_equal_only_for_the_same_owner_and_picture(one: tuple[str, bytes], other: tuple[str, bytes]) -> None:
    names = {blob_name(b"key", *one), blob_name(b"key", *other)}
    assert (len(names) == 1) == (one == other)
    assert all(NAME.fullmatch(name) for name in names)


def test_deleting_one_persons_picture_leaves_the_same_picture_of_another(tmp_path: Path) -> None:
    store = local(tmp_path)
    mine, theirs = store.put("mine", b"picture"), store.put("theirs", b"picture")
    assert store.delete(mine)
    with pytest.raises(NoBlob):
        store.get(mine)
    assert store.get(theirs) == b"picture"
    assert not store.delete(mine)


def test_putting_an_intact_picture_again_writes_nothing_but_makes_it_young(tmp_path: Path) -> None:
    store = local(tmp_path)
    path = blob_file(tmp_path, store.put("owner", b"picture"))
    os.utime(path, (0, 0))
    before = path.read_bytes()
    store.put("owner", b"picture")
    assert path.read_bytes() == before
    assert path.stat().st_mtime > 0


def test_putting_a_damaged_picture_again_mends_it(tmp_path: Path) -> None:
    store = local(tmp_path)
    name = store.put("owner", b"picture")
    flip(blob_file(tmp_path, name))
    with pytest.raises(Damaged):
        store.get(name)
    assert store.put("owner", b"picture") == name
    assert store.get(name) == b"picture"


def test_a_picture_under_the_name_of_another_is_damage(tmp_path: Path) -> None:
    store = local(tmp_path)
    one, two = store.put("owner", b"one"), store.put("owner", b"two")
    blob_file(tmp_path, two).write_bytes(blob_file(tmp_path, one).read_bytes())
    with pytest.raises(Damaged):
        store.get(two)


def test_after_a_rotation_old_names_still_open(tmp_path: Path) -> None:
    name = local(tmp_path, OLD).put("owner", b"picture")
    assert local(tmp_path, BOTH).get(name) == b"picture"
    with pytest.raises(UnknownKey):
        local(tmp_path, NEW).get(name)


def test_nothing_on_the_disk_shows_the_picture_or_its_hash_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    path = blob_file(folder, local(folder).put("owner", b"a portrait of somebody"))
    assert b"portrait" not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [stat.S_IMODE(p.stat().st_mode) for p in (folder, path.parent)] == [0o700, 0o700]


@pytest.mark.parametrize(
    "name", ["", "..", "../" * 20 + "etc/passwd", "/etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n"]
)
def test_only_a_name_that_we_could_have_made_reaches_the_disk(tmp_path: Path, name: str) -> None:
    store = local(tmp_path)
    for ask in (store.get, store.delete):
        with pytest.raises(ValueError, match="64 hexadecimal"):
            ask(name)


def test_fifty_equal_puts_at_once_make_one_whole_blob(tmp_path: Path) -> None:
    body = os.urandom(100_000)
    with ThreadPoolExecutor(16) as pool:
        names = set(pool.map(lambda _: local(tmp_path).put("owner", body), range(50)))
    assert len(names) == 1
    assert local(tmp_path).get(names.pop()) == body
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == 1


def test_a_blob_is_deleted_only_if_it_was_last_put_before_then(tmp_path: Path) -> None:
    store = local(tmp_path)
    name = store.put("owner", b"picture")
    [(_, when)] = store.names()
    assert not store.delete(name, before=when)
    assert store.delete(name, before=when + timedelta.resolution)


def test_names_and_torn_files_are_told_apart(tmp_path: Path) -> None:
    store = local(tmp_path)
    name = store.put("owner", b"picture")
    torn = blob_file(tmp_path, name).with_name(f"{name}.0badcafe.part")
    torn.write_bytes(b"half a pict")
    [(found, when)] = store.names()
    assert found == name
    assert store.tidy(when - DAY) == 0
    assert torn.exists()
    assert store.tidy(when + DAY) == 1
    assert not torn.exists()
    assert store.get(name) == b"picture"


def test_a_write_that_fails_leaves_no_torn_file_behind(tmp_path: Path) -> None:
    store = local(tmp_path)
    in_the_way = blob_file(tmp_path, blob_name(Sealer(OLD).derived("blob name"), "owner", b"picture"))
    in_the_way.mkdir(parents=True)
    with pytest.raises(StoreFailed):
        store.put("owner", b"picture")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_file_url_is_a_folder(tmp_path: Path) -> None:
    store = store_from_url(f"file://{tmp_path}/my%20store", Sealer(OLD))
    assert isinstance(store, LocalStore)
    store.put("owner", b"picture")
    assert (tmp_path / "my store").is_dir()


@pytest.mark.parametrize("url", ["s3://bucket/pictures", "/var/store", "file://var/store", "file:store"])
def test_any_other_url_is_refused_in_words(url: str) -> None:
    with pytest.raises(ValueError, match="STORE_URL"):
        store_from_url(url, Sealer(OLD))


def test_while_a_backup_holds_it_nothing_is_deleted(tmp_path: Path) -> None:
    store, beside = local(tmp_path / "store"), local(tmp_path / "store")
    name = store.put("owner", b"a portrait")
    with beside.hold():
        assert not store.delete(name)
        assert sweep(store, tuple, SystemClock().now() + timedelta(days=2)).orphans == ()
        assert store.get(store.put("owner", b"another")) == b"another"
    assert store.delete(name)


def test_one_backup_at_a_time_holds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.base.store.HOLD_PATIENCE", 0)
    store, beside = local(tmp_path / "store"), local(tmp_path / "store")
    with store.hold(), pytest.raises(StoreFailed, match="another backup"), beside.hold():
        pass
    with beside.hold():
        pass
