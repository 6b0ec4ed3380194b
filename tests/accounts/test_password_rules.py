"""Which passwords are refused, each with its reason."""

from __future__ import annotations

import pytest

from app.accounts.password_rules import (
    COMMON,
    KNOWN,
    LEAST,
    LEAST_OF_STAFF,
    LONG,
    OWN_NUMBER,
    PATTERN,
    SHORT,
    weaknesses,
)
from app.accounts.person_rules import least_of, names_of, numbers_of
from tests import people

CANDIDATE = people.candidate(exam_number="010126000001")  # born 1999-04-12, ID 44010419990412000X, 13800138000
STAFF = people.reviewer(login_name="guangzhou.li", id_number="440105198001010001")


def of_candidate(password: str) -> list[str]:
    own = numbers_of(CANDIDATE)
    return [each.text for each in weaknesses(password, least_of(CANDIDATE), own, names_of(CANDIDATE))]


def of_staff(password: str) -> list[str]:
    return [each.text for each in weaknesses(password, least_of(STAFF), numbers_of(STAFF), names_of(STAFF))]


@pytest.mark.parametrize(
    "password",
    [
        "tulip-7-kettle",
        "木棉花开红似火呀",
        "correct horse battery",
        "xk3vq9pw",
        "荔枝湾涌的小船儿",
        "kettle 1999 lychee",
        "h7712kettle",
    ],
)
def test_good_ones_pass(password: str) -> None:
    assert of_candidate(password) == []


@pytest.mark.parametrize("password", ["", "a", "xk3vq9p"])
def test_short_ones_are_told_so(password: str) -> None:
    assert SHORT in of_candidate(password)


def test_staff_need_more() -> None:
    assert (LEAST, LEAST_OF_STAFF) == (8, 12)
    assert of_staff("xk3vq9pw2m7") == [SHORT]
    assert of_staff("xk3vq9pw2m7t") == []


def test_at_most_256() -> None:
    good = "tulip kettle " * 20
    assert of_candidate(good[:256]) == []
    assert of_candidate(good[:257]) == [LONG]


@pytest.mark.parametrize(
    "password",
    [
        "woaini1314",
        "WoAiNi1314",
        "a123456789",
        "password",
        "Password2026",
        "1qaz2wsx",
        "iloveyou!!",
        "ｐａｓｓｗｏｒｄ",
        "qq123456",
        "p@$$w0rd",
        "P@$$w0rd2026",
        "5201314a",
        "zhengzhao2026",
        "biye-2026",
        "Zikao@2026",
    ],
)
def test_common_ones(password: str) -> None:
    assert KNOWN in of_candidate(password)


@pytest.mark.parametrize(
    "password",
    [
        "010126000001",
        "44010419990412000X",
        "44010419990412000x",
        "x0412000Xx",
        "wang19990412",
        "990412chen",
        "1999-04-12!",
        "13800138000",
        "my04121999",
        "10419990412",
        "26000001x",
        "x13800138x9",
        "001380abc",
        "zz831008zz",
        "x21409991x",
        "4 1 9 9 9 0 x y",
    ],
)
def test_ones_own_numbers(password: str) -> None:
    assert OWN_NUMBER in of_candidate(password)


@pytest.mark.parametrize("password", ["guangzhou.li12", "GuangzhouLi2026", "x19800101xabc"])
def test_staffs_own(password: str) -> None:
    assert OWN_NUMBER in of_staff(password)


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaa",
        "xyxyxyxyxy",
        "abcdefghi",
        "987654321",
        "qwertyuiopasdf",
        "abcd1234",
        "1357135713571357",
        "88888888a",
    ],
)
def test_repetition_and_sequences(password: str) -> None:
    assert PATTERN in of_candidate(password)


def test_each_reason_is_told() -> None:
    assert of_candidate("1234567") == [SHORT, KNOWN, PATTERN]


def test_there_is_no_rule_of_composition() -> None:
    assert of_candidate("onlysmallletterstoo") == []


def test_the_list_is_small_sorted_and_names_its_source() -> None:
    lines = COMMON.read_text("utf-8").splitlines()
    listed = [each for each in lines if not each.startswith("#")]
    assert COMMON.stat().st_size < 60_000
    assert listed == sorted(set(listed))
    assert len(listed) > 5000
    assert {"5201314", "woaini1314", "a123456"} <= set(listed)
    assert "zxcvbn" in lines[1]
