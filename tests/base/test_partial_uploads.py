"""An upload in pieces: every acknowledged piece is there, in its place, once."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.partial_uploads import NoUpload, PartialUploads, TooLong, WrongOffset
from app.base.seal import Damaged, Sealer
from tests.base.vault import BOTH, NEW, OLD, StillClock, flip

KEY = f"{'a' * 64}/{'1' * 64}"
OTHER = f"{'b' * 64}/{'2' * 64}"
ROOM = 15_000


def pieces(folder: Path, keys: dict[str, bytes] = OLD, clock: StillClock | None = None) -> PartialUploads:
    return PartialUploads(folder, Sealer(keys), clock or StillClock(), ROOM)


@given(st.lists(st.binary(max_size=200), max_size=8))
def test_pieces_join_to_what_was_sent_also_across_restarts(parts: list[bytes]) -> None:
    body = b"".join(parts)
    with TemporaryDirectory() as name:
        folder = Path(name)
        assert pieces(folder).start(KEY, len(body)) == 0
        sent = 0
        for part in parts:
            sent = pieces(folder).append(KEY, sent, part)
            assert pieces(folder).offset(KEY) == sent
        assert pieces(folder).read(KEY) == body
        assert pieces(folder).length(KEY) == sent


def test_before_a_start_there_is_no_upload(tmp_path: Path) -> None:
    store = pieces(tmp_path)
    assert store.offset(KEY) is None
    for ask in (store.length, store.read):
        with pytest.raises(NoUpload):
            ask(KEY)
    with pytest.raises(NoUpload):
        store.append(KEY, 0, b"piece")


def test_starting_again_goes_on_where_it_was(tmp_path: Path) -> None:
    store = pieces(tmp_path)
    store.start(KEY, 10)
    store.append(KEY, 0, b"12345")
    assert store.start(KEY, 10) == 5


def test_starting_again_with_another_length_begins_afresh(tmp_path: Path) -> None:
    store = pieces(tmp_path)
    store.start(KEY, 10)
    store.append(KEY, 0, b"12345")
    assert store.start(KEY, 11) == 0
    assert store.length(KEY) == 11


@pytest.mark.parametrize("offset", [0, 4, 6, 10])
def test_a_piece_elsewhere_is_refused_with_the_right_offset(tmp_path: Path, offset: int) -> None:
    store = pieces(tmp_path)
    store.start(KEY, 10)
    store.append(KEY, 0, b"12345")
    with pytest.raises(WrongOffset) as refusal:
        store.append(KEY, offset, b"6")
    assert refusal.value.current == 5


def test_more_than_was_announced_is_refused_and_not_kept(tmp_path: Path) -> None:
    store = pieces(tmp_path)
    store.start(KEY, 4)
    with pytest.raises(TooLong):
        store.append(KEY, 0, b"12345")
    assert store.offset(KEY) == 0


def test_of_many_pieces_at_the_same_offset_one_wins(tmp_path: Path) -> None:
    pieces(tmp_path).start(KEY, 10_000)
    bodies = [bytes([n]) * (n + 1) for n in range(16)]

    def send(body: bytes) -> bytes | None:
        try:
            pieces(tmp_path).append(KEY, 0, body)
        except WrongOffset:
            return None
        return body

    with ThreadPoolExecutor(16) as pool:
        winners = [body for body in pool.map(send, bodies) if body]
    assert len(winners) == 1
    assert pieces(tmp_path).read(KEY) == winners[0]


def test_nothing_on_the_disk_shows_the_picture(tmp_path: Path) -> None:
    store = pieces(tmp_path)
    store.start(KEY, 8)
    store.append(KEY, 0, b"portrait")
    assert not any(b"portrait" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_keys_may_rotate_between_two_pieces(tmp_path: Path) -> None:
    pieces(tmp_path, OLD).start(KEY, 8)
    pieces(tmp_path, OLD).append(KEY, 0, b"port")
    pieces(tmp_path, BOTH).append(KEY, 4, b"rait")
    assert pieces(tmp_path, BOTH).read(KEY) == b"portrait"
    assert pieces(tmp_path, NEW).offset(KEY) is None


def test_a_piece_that_was_changed_or_moved_is_damage(tmp_path: Path) -> None:
    store = pieces(tmp_path)
    for key in (KEY, OTHER):
        store.start(key, 5)
        store.append(key, 0, key[:5].encode())
    first = tmp_path / KEY / f"{0:012}"
    (tmp_path / OTHER / first.name).write_bytes(first.read_bytes())
    flip(first)
    for key in (KEY, OTHER):
        with pytest.raises(Damaged):
            store.read(key)


def test_a_torn_piece_and_what_follows_a_hole_do_not_count(tmp_path: Path) -> None:
    store = pieces(tmp_path)
    store.start(KEY, 9)
    for offset, body in ((0, b"abc"), (3, b"def"), (6, b"ghi")):
        store.append(KEY, offset, body)
    second = tmp_path / KEY / f"{3:012}"
    second.rename(second.with_name(f"{second.name}.0badcafe.part"))
    assert store.offset(KEY) == 3
    assert store.append(KEY, 3, b"defg") == 7
    assert store.read(KEY) == b"abcdefg"


def test_a_dropped_upload_is_gone_and_others_stay(tmp_path: Path) -> None:
    store = pieces(tmp_path)
    for key in (KEY, OTHER):
        store.start(key, 1)
    store.drop(KEY)
    store.drop(KEY)
    assert store.offset(KEY) is None
    assert store.offset(OTHER) == 0


def test_a_sweep_drops_what_nothing_was_added_to_for_long(tmp_path: Path) -> None:
    clock = StillClock()
    store = pieces(tmp_path, clock=clock)
    for key in (KEY, OTHER):
        store.start(key, 1)
    hour_ago = (clock.now() - timedelta(hours=1)).timestamp()
    os.utime(tmp_path / KEY, (hour_ago, hour_ago))
    assert store.sweep(timedelta(minutes=59)) == 1
    assert (store.offset(KEY), store.offset(OTHER)) == (None, 0)
    clock.pass_(timedelta(hours=2))
    assert store.sweep(timedelta(hours=3)) == 0
    assert store.sweep(timedelta(hours=1)) == 1


@pytest.mark.parametrize("key", ["", "..", "../../etc", "A" * 64, "a" * 64, f"{'a' * 64}/..", f"{'a' * 64}/{'a' * 65}"])
def test_only_a_hash_can_be_a_key(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="64 hexadecimal"):
        pieces(tmp_path).start(key, 1)
