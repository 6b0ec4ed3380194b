"""How codes to type are made and found, without a database."""

from __future__ import annotations

from app.pairing.typed_rules import ALPHABET, TypedCodes, as_meant, grouped


def test_codes_use_the_whole_alphabet_and_differ() -> None:
    codes = [TypedCodes(["k" * 40]).make(pairing, number) for pairing in range(100) for number in range(10)]
    assert len(set(codes)) == 1000
    assert set("".join(codes)) == set(ALPHABET)


def test_it_counts_after_the_keys_have_changed() -> None:
    before, after = TypedCodes(["old" * 14]), TypedCodes(["old" * 14, "new" * 14])
    code = before.make(7, 0)
    assert before.hashes(7, code)[-1] in after.hashes(7, code)
    assert before.selectors(code)[-1] in after.selectors(code)
    assert after.make(7, 0) != code


def test_what_is_shown_is_what_is_meant() -> None:
    code = TypedCodes(["k" * 40]).make(7, 3)
    assert as_meant(grouped(code)) == code
    assert as_meant(grouped(code).lower().replace(" ", "－")) == code
