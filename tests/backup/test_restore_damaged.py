"""`flask restore` of a file that was cut off or changed: nothing is restored, and it says why."""

from __future__ import annotations

import random

from app.base.sealed_stream import CHUNK, HEADER_BYTES, SEALED_CHUNK
from tests.backup.conftest import Lived
from tests.backup.line import Line, said
from tests.backup.rewriting import assert_nothing, rewritten


def places(length: int) -> list[int]:
    """Where a file is cut or changed: its header, the ends of chunks, its end, and anywhere."""
    edges = [0, 3, HEADER_BYTES, HEADER_BYTES + SEALED_CHUNK, HEADER_BYTES + 2 * SEALED_CHUNK, length - 1]
    return [at for at in [*edges, *random.Random(7).sample(range(length), 4)] if at < length]


def test_cut_off_anywhere_nothing_is_restored(lived: Lived, bare: Line) -> None:
    body = lived.backup.read_bytes()
    assert len(body) > 2 * CHUNK
    for end in places(len(body)):
        lived.backup.write_bytes(body[:end])
        assert "nothing was restored: the file is" in said(bare.flask("restore", lived.backup), 1)
        assert_nothing(bare)


def test_changed_anywhere_nothing_is_restored(lived: Lived, bare: Line) -> None:
    body = lived.backup.read_bytes()
    for at in places(len(body)):
        lived.backup.write_bytes(body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :])
        told = said(bare.flask("restore", lived.backup), 1)
        assert "nothing was restored: " in told
        assert_nothing(bare)


def test_an_archive_without_its_end_is_damaged(lived: Lived, bare: Line) -> None:
    rewritten(lived, end=None)
    assert "not as many as its end says" in said(bare.flask("restore", lived.backup), 1)
    assert_nothing(bare)


def test_a_later_format_is_told(lived: Lived, bare: Line) -> None:
    rewritten(lived, about=b'{"format": 2}')
    assert "install a newer one" in said(bare.flask("restore", lived.backup), 1)


def test_a_first_part_that_was_changed_is_told_as_that_and_in_letters(lived: Lived, bare: Line) -> None:
    """What stands where the key's id should is not shown: a terminal would act on it."""
    body = lived.backup.read_bytes()
    for at, new, words in ((7, b"\x1b", "its first bytes were changed"), (3, b"2", "this version does not know")):
        lived.backup.write_bytes(body[:at] + new + body[at + 1 :])
        told = said(bare.flask("restore", "--check", lived.backup), 1)
        assert words in told
        assert "\x1b" not in told
