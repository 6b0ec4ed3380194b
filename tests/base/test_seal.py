"""What is sealed opens again unchanged, under its own name and a known key, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.seal import OVERHEAD, Damaged, Sealer, UnknownKey
from tests.base.vault import BOTH, NEW, OLD

BEFORE = (
    "5a5a30316b31000000000000000000000000000044ea2c2071a33d188919af77b13a0e4db8f4fc0a"
    "17559750d99e873587743b39cff08d8c7041"
)
SEALED = Sealer(OLD).seal("name", b"a portrait")


@given(st.text(), st.binary())
def test_what_was_sealed_opens(name: str, body: bytes) -> None:
    assert Sealer(OLD).open(name, Sealer(OLD).seal(name, body)) == body


@given(st.binary(min_size=16))
def test_a_sealed_body_does_not_show_and_never_looks_the_same_twice(body: bytes) -> None:
    first, second = Sealer(OLD).seal("name", body), Sealer(OLD).seal("name", body)
    assert body not in first
    assert first != second
    assert len(first) == len(body) + OVERHEAD


def test_after_a_rotation_old_seals_open_and_new_ones_name_the_new_key() -> None:
    rotated = Sealer(BOTH)
    assert rotated.open("name", SEALED) == b"a portrait"
    assert Sealer(NEW).open("name", rotated.seal("name", b"new")) == b"new"


def test_a_key_that_was_taken_away_is_named() -> None:
    with pytest.raises(UnknownKey, match="k1"):
        Sealer(NEW).open("name", SEALED)


def test_a_seal_moved_to_another_name_is_damage() -> None:
    with pytest.raises(Damaged):
        Sealer(OLD).open("another name", SEALED)


def test_what_was_sealed_before_there_were_other_ciphers_opens() -> None:
    """Made by the first version, whose magic was `ZZ01`."""
    kept = bytes.fromhex(BEFORE)
    assert kept.startswith(b"ZZ01k1")
    assert Sealer(OLD).open("name", kept) == b"a portrait"


def test_a_cipher_of_a_later_version_is_named_and_no_damage() -> None:
    with pytest.raises(UnknownKey, match="cipher 50"):
        Sealer(OLD).open("name", SEALED.replace(b"ZZ01", b"ZZ02", 1))


def test_a_shortened_seal_is_damage() -> None:
    for length in range(len(SEALED)):
        with pytest.raises(Damaged):
            Sealer(OLD).open("name", SEALED[:length])


def test_no_bit_can_be_changed() -> None:
    for bit in range(len(SEALED) * 8):
        changed = bytearray(SEALED)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises((Damaged, UnknownKey)):
            Sealer(OLD).open("name", bytes(changed))


def test_the_header_cannot_be_relabelled_even_with_an_equal_key() -> None:
    twins = {"a1": b"1" * 32, "a2": b"1" * 32}
    relabelled = Sealer(twins).seal("name", b"a portrait").replace(b"a1", b"a2", 1)
    assert b"a2" in relabelled
    with pytest.raises(Damaged):
        Sealer(twins).open("name", relabelled)


def test_a_sealer_without_keys_or_with_an_overlong_id_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a key"):
        Sealer({})
    with pytest.raises(ValueError, match="16 characters"):
        Sealer({"k" * 17: b"1" * 32})
