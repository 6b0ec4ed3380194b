"""A sealed file opens whole and unchanged, or not at all."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.seal import TAG_BYTES, Damaged, UnknownKey
from app.base.sealed_stream import CHUNK, HEADER_BYTES, SEALED_CHUNK, NotSealed, SealedReader, SealedWriter
from tests.base.vault import BOTH, NEW, OLD

LENGTHS = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7)


def sealed(body: bytes, keys: dict[str, bytes] = OLD, purpose: str = "test", step: int = 70_001) -> bytes:
    out = BytesIO()
    writer = SealedWriter(out, keys, purpose)
    for at in range(0, len(body), step):
        writer.write(body[at : at + step])
    writer.close()
    return out.getvalue()


def opened(file: bytes, keys: dict[str, bytes] = OLD, purpose: str = "test") -> bytes:
    reader, read = SealedReader(BytesIO(file), keys, purpose), bytearray()
    while body := reader.read(50_003):
        read += body
    return bytes(read)


def body_of(length: int) -> bytes:
    return (b"0123456789abcdef" * (length // 16 + 1))[:length]


THREE = sealed(body_of(2 * CHUNK + 100))


@pytest.mark.parametrize("length", LENGTHS)
def test_what_was_sealed_opens(length: int) -> None:
    file = sealed(body_of(length))
    assert opened(file) == body_of(length)
    assert len(file) == HEADER_BYTES + length + TAG_BYTES * max(1, -(-length // CHUNK))


@pytest.mark.parametrize("length", LENGTHS)
def test_cut_off_at_the_end_of_any_chunk_it_is_damaged(length: int) -> None:
    file = sealed(body_of(length))
    for end in range(HEADER_BYTES, len(file), SEALED_CHUNK):
        with pytest.raises(Damaged, match="its end is missing"):
            opened(file[:end])


@given(st.integers(0, len(THREE) - 1))
def test_cut_off_at_any_byte_it_does_not_open(end: int) -> None:
    with pytest.raises((Damaged, NotSealed)):
        opened(THREE[:end])


@given(st.integers(0, len(THREE) * 8 - 1))
def test_no_bit_can_be_changed(bit: int) -> None:
    changed = bytearray(THREE)
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises((Damaged, NotSealed, UnknownKey)):
        opened(bytes(changed))


def test_no_header_bit_can_be_changed() -> None:
    for bit in range(HEADER_BYTES * 8):
        changed = bytearray(THREE)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises((Damaged, NotSealed, UnknownKey)):
            opened(bytes(changed))


def test_nothing_is_given_out_of_a_chunk_that_was_changed() -> None:
    changed = bytearray(THREE)
    changed[HEADER_BYTES + SEALED_CHUNK + 5] ^= 1
    reader = SealedReader(BytesIO(bytes(changed)), OLD, "test")
    assert reader.read(CHUNK) == body_of(CHUNK)
    with pytest.raises(Damaged, match=f"byte {SEALED_CHUNK}"):
        reader.read(1)


def test_chunks_cannot_change_places_be_left_out_or_repeated() -> None:
    first, second = (THREE[HEADER_BYTES + n * SEALED_CHUNK :][:SEALED_CHUNK] for n in (0, 1))
    head, rest = THREE[:HEADER_BYTES], THREE[HEADER_BYTES + 2 * SEALED_CHUNK :]
    assert opened(head + first + second + rest) == body_of(2 * CHUNK + 100)
    for order in (second + first + rest, first + rest, first + first + second + rest, first + second + rest + rest):
        with pytest.raises(Damaged):
            opened(head + order)


def test_chunks_of_another_file_do_not_fit() -> None:
    other = sealed(body_of(2 * CHUNK + 100))
    with pytest.raises(Damaged):
        opened(THREE[:HEADER_BYTES] + other[HEADER_BYTES:])


def test_the_same_never_looks_the_same_twice_and_does_not_show() -> None:
    body = body_of(5000)
    assert sealed(body)[HEADER_BYTES:] != sealed(body)[HEADER_BYTES:]
    assert body[:64] not in sealed(body)


def test_a_key_that_is_not_there_is_named_and_an_older_one_opens() -> None:
    assert opened(THREE, BOTH) == body_of(2 * CHUNK + 100)
    with pytest.raises(UnknownKey, match="k1"):
        opened(THREE, NEW)


def test_another_key_of_the_same_name_or_another_purpose_opens_nothing() -> None:
    with pytest.raises(Damaged):
        opened(THREE, {"k1": b"x" * 32})
    with pytest.raises(Damaged):
        opened(THREE, purpose="another")


def test_another_cipher_is_named() -> None:
    with pytest.raises(UnknownKey, match="cipher 50"):
        opened(THREE.replace(b"ZZS1", b"ZZS2", 1))
