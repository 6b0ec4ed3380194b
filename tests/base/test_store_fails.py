"""Disks that are full, gone or spent: told as the store's own failure, never as a broken picture; then it goes on."""

from __future__ import annotations

import os
import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from app.base.clock import SystemClock
from app.base.partial_uploads import PartialUploads
from app.base.seal import Sealer
from app.base.store import LocalStore, NoBlob
from app.base.sweep import sweep
from app.base.unavailable import StoreFailed
from tests.base.vault import OLD, StillClock, local

KEY = f"{'a' * 64}/{'1' * 64}"
BODY = os.urandom(100_000)
Fault = Callable[[Path], AbstractContextManager[None]]


@contextmanager
def full(_folder: Path) -> Iterator[None]:
    """No file may grow: what a full disk is to who writes, without being root."""
    yield from limited(resource.RLIMIT_FSIZE, 4096)


@contextmanager
def out_of_descriptors(_folder: Path) -> Iterator[None]:
    """Not one more file can be opened."""
    free = os.dup(0)
    os.close(free)
    yield from limited(resource.RLIMIT_NOFILE, free)


def limited(what: int, most: int) -> Iterator[None]:
    before = resource.getrlimit(what)
    resource.setrlimit(what, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(what, before)


@contextmanager
def deleted(folder: Path) -> Iterator[None]:
    """The folder is not there."""
    away = folder.with_name("away")
    shutil.move(folder, away)
    yield
    shutil.rmtree(folder, ignore_errors=True)
    shutil.move(away, folder)


@contextmanager
def not_a_folder(folder: Path) -> Iterator[None]:
    """Something else stands in its place."""
    with deleted(folder):
        folder.write_text("not a folder")
        yield
        folder.unlink()


FAULTS = [full, out_of_descriptors, deleted, not_a_folder]


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return local(tmp_path / "store")


@pytest.fixture
def pieces(tmp_path: Path) -> PartialUploads:
    made = PartialUploads(tmp_path / "pieces", Sealer(OLD), StillClock(), 1 << 20)
    made.start(KEY, 2 * len(BODY))
    return made


@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_kept_is_the_stores_failure_and_is_kept_afterwards(
    tmp_path: Path, store: LocalStore, fault: Fault
) -> None:
    with fault(tmp_path / "store"), pytest.raises(StoreFailed) as failure:
        store.put("owner", BODY)
    assert failure.value.full == (fault is full)
    assert store.get(store.put("owner", BODY)) == BODY


@pytest.mark.parametrize("fault", FAULTS[1:])
def test_no_picture_is_missing_because_the_store_is(tmp_path: Path, store: LocalStore, fault: Fault) -> None:
    name = store.put("owner", BODY)
    for ask in (store.get, store.delete):
        with fault(tmp_path / "store"), pytest.raises(StoreFailed):
            ask(name)
    assert store.get(name) == BODY


@pytest.mark.parametrize("fault", FAULTS)
def test_a_check_tells_of_it(tmp_path: Path, store: LocalStore, pieces: PartialUploads, fault: Fault) -> None:
    for port, folder in ((store, "store"), (pieces, "pieces")):
        with fault(tmp_path / folder), pytest.raises(StoreFailed):
            port.check()
        port.check()
    assert [path for path in tmp_path.rglob("*.part")] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_piece_that_cannot_be_kept_does_not_count_and_the_upload_goes_on(
    tmp_path: Path, pieces: PartialUploads, fault: Fault
) -> None:
    pieces.append(KEY, 0, BODY)
    with fault(tmp_path / "pieces"), pytest.raises(StoreFailed):
        pieces.append(KEY, len(BODY), BODY)
    assert pieces.offset(KEY) == len(BODY)
    pieces.append(KEY, len(BODY), BODY)
    assert pieces.read(KEY) == 2 * BODY


@pytest.mark.parametrize("fault", FAULTS[1:])
def test_everything_else_about_pieces_fails_alike(tmp_path: Path, pieces: PartialUploads, fault: Fault) -> None:
    for ask in (pieces.offset, pieces.read, pieces.drop, lambda key: pieces.start(key, 7)):
        with fault(tmp_path / "pieces"), pytest.raises(StoreFailed):
            ask(KEY)
    assert pieces.offset(KEY) == 0


def test_a_subfolder_that_somebody_removed_is_made_again_and_what_was_in_it_is_missing(
    tmp_path: Path, store: LocalStore
) -> None:
    name = store.put("owner", BODY)
    shutil.rmtree(tmp_path / "store" / name[:2])
    with pytest.raises(NoBlob):
        store.get(name)
    assert store.put("owner", BODY) == name
    assert store.get(name) == BODY


def test_a_sweep_of_a_store_that_is_gone_reports_that_and_nothing_else(tmp_path: Path, store: LocalStore) -> None:
    name = store.put("owner", BODY)
    with deleted(tmp_path / "store"), pytest.raises(StoreFailed):
        sweep(store, lambda: [name], SystemClock().now())
    assert sweep(store, lambda: [name], SystemClock().now()).sound
