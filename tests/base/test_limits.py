"""How often somebody may try: counted without ever waiting, in a bounded number of bytes, and nothing typed is kept."""

from __future__ import annotations

import threading
import tracemalloc
from typing import Any

import pytest

from app.base.errors import Refused
from app.base.limits import RateLimits, parse
from app.base.unavailable import StoreFailed

BUSY, NO = Refused("busy", "", 503), Refused("no", "", 422)


class Seconds:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.passed = 1000.0

    def __call__(self) -> float:
        return self.passed


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def limits(seconds: Seconds) -> RateLimits:
    return RateLimits(seconds)


def used(limits: RateLimits, *key: str, rule: str = "3 per minute", times: int = 3) -> None:
    for _ in range(times):
        limits.hit(rule, *key)


def test_counting_starts_no_thread_that_a_transaction_would_wait_for(limits: RateLimits) -> None:
    before = set(threading.enumerate())
    for n in range(50):
        limits.hit("3 per minute", "somebody", str(n))
    assert set(threading.enumerate()) <= before


def test_the_fourth_of_three_is_told_when_to_come_again(limits: RateLimits, seconds: Seconds) -> None:
    used(limits, "somebody")
    seconds.passed += 20
    with pytest.raises(Refused) as refused:
        limits.hit("3 per minute", "somebody")
    assert (refused.value.status, refused.value.retry_after) == (429, 40)
    seconds.passed += 40
    limits.hit("3 per minute", "somebody")


def test_a_try_that_was_none_is_given_back(limits: RateLimits) -> None:
    used(limits, "somebody", "a")
    limits.back("somebody", "a")
    limits.hit("3 per minute", "somebody", "a")
    with pytest.raises(Refused):
        limits.hit("3 per minute", "somebody", "a")


def test_keys_that_read_alike_are_not_the_same(limits: RateLimits) -> None:
    used(limits, "somebody", "a", "bc")
    limits.hit("3 per minute", "somebody", "ab", "c")


@pytest.mark.parametrize("text", ["3", "3 per", "3 per fortnight", "many per day"])
def test_a_rule_that_cannot_be_read_is_a_defect(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        parse(text)


def test_names_of_megabytes_leave_nothing_behind(limits: RateLimits) -> None:
    tracemalloc.start()
    try:
        for n in range(40):
            limits.hit("3 per hour", "login-name", f"{n}" * (1 << 20))
        assert tracemalloc.get_traced_memory()[0] < 1 << 20
    finally:
        tracemalloc.stop()


def test_what_is_typed_is_nowhere_in_memory(limits: RateLimits) -> None:
    limits.hit("3 per hour", "login-name", "010126000001")
    assert "010126000001" not in repr([vars(kind) for kind in limits._kinds.values()])


def test_a_flood_of_names_is_bounded_and_forgets_who_tried_longest_ago(seconds: Seconds) -> None:
    limits = RateLimits(seconds, events=100)
    used(limits, "login-name", "long ago")
    used(limits, "login-name", "again and again")
    used(limits, "login-address", "a school")
    for n in range(500):
        seconds.passed += 0.001
        limits.is_full("3 per minute", "login-name", "again and again")
        limits.hit("3 per minute", "login-name", str(n))
        if n == 50:
            limits.back("login-name", "again and again")
            limits.hit("3 per minute", "login-name", "again and again")
    assert sum(len(tries) for tries in limits._kinds["login-name"].tries.values()) <= 100
    assert not limits.is_full("3 per minute", "login-name", "long ago")
    assert limits.is_full("3 per minute", "login-address", "a school")


def test_what_fails_by_our_fault_is_not_counted_and_what_is_refused_is(limits: RateLimits) -> None:
    for failure in [StoreFailed("full", full=True), BUSY] * 5 + [NO] * 2:
        with pytest.raises(type(failure)), limits.counted("2 per minute", "kind", "me"):
            raise failure
    with pytest.raises(Refused) as refusal, limits.counted("2 per minute", "kind", "me"):
        raise AssertionError("a third attempt was let in")
    assert refusal.value.code == "too_many"


def test_what_succeeds_counts(limits: RateLimits) -> None:
    for _ in range(2):
        with limits.counted("2 per minute", "kind", "me"):
            pass
    with pytest.raises(Refused):
        limits.hit("2 per minute", "kind", "me")


def test_what_was_reserved_counts_only_once_it_is_committed(limits: RateLimits) -> None:
    for _ in range(5):
        limits.reserve({}, "1 per minute", "kind", "me")
    info: dict[Any, Any] = {}
    limits.reserve(info, "1 per minute", "kind", "me")
    limits.spend(info)
    with pytest.raises(Refused):
        limits.reserve({}, "1 per minute", "kind", "me")
