"""Files of others are sealed as they arrive, and come back as they were or not at all."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from app.base.clock import SystemClock
from app.base.seal import Damaged, UnknownKey
from app.base.sealed_files import SealedFiles
from app.base.sealed_stream import CHUNK

NAME, OTHER = "a" * 20 + ".csv", "b" * 20 + ".csv"
KEYS = {"one": b"k" * 32}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
def kept(folder: Path) -> SealedFiles:
    return SealedFiles(folder, KEYS)


def fail_half_way(kept: SealedFiles) -> None:
    with kept.writing(NAME) as writer:
        writer.write(b"half")
        raise RuntimeError


def read(kept: SealedFiles, name: str = NAME) -> bytes:
    with kept.open(name) as file:
        return file.read()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7])
def test_what_was_written_in_pieces_is_read_and_stands_nowhere_in_the_clear(
    folder: Path, kept: SealedFiles, size: int
) -> None:
    body = os.urandom(size)
    with kept.writing(NAME) as writer:
        for at in range(0, size, 100_000):
            writer.write(body[at : at + 100_000])
    assert read(kept) == body
    [file] = folder.iterdir()
    assert size < 16 or body[:16] not in file.read_bytes()


@pytest.mark.parametrize("left", [0, 10, 200, CHUNK, CHUNK + 100, -1])
def test_a_file_that_was_cut_is_damaged(folder: Path, kept: SealedFiles, left: int) -> None:
    kept.write(NAME, b"x" * 2 * CHUNK)
    [file] = folder.iterdir()
    file.write_bytes(file.read_bytes()[:left])
    with pytest.raises(Damaged):
        read(kept)


def test_one_file_is_not_taken_for_another(folder: Path, kept: SealedFiles) -> None:
    kept.write(NAME, b"mine")
    [file] = folder.iterdir()
    file.rename(file.with_name(OTHER))
    with pytest.raises(Damaged):
        read(kept, OTHER)


def test_without_its_key_it_cannot_be_opened(folder: Path, kept: SealedFiles) -> None:
    kept.write(NAME, b"mine")
    with pytest.raises(UnknownKey):
        read(SealedFiles(folder, {"two": b"q" * 32}))


def test_a_write_that_fails_leaves_nothing_and_old_files_go(folder: Path, kept: SealedFiles) -> None:
    with pytest.raises(RuntimeError):
        fail_half_way(kept)
    assert list(folder.iterdir()) == []
    kept.write(NAME, b"mine")
    assert kept.sweep(SystemClock().now() - timedelta(hours=1)) == 0
    assert kept.sweep(SystemClock().now() + timedelta(hours=1)) == 1
