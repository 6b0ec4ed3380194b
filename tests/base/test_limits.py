"""How often somebody may try: counted without ever waiting for anything."""

import threading

import pytest

from app.base.errors import Refused
from app.base.limits import Limits
from app.base.unavailable import StoreFailed

BUSY, NO = Refused("busy", "", 503), Refused("no", "", 422)


@pytest.fixture
def limits():
    return Limits()


def timers():
    return [each for each in threading.enumerate() if isinstance(each, threading.Timer)]


def test_counting_starts_no_thread_that_a_transaction_would_wait_for():
    limits = Limits()
    for each in timers():
        each.join()
    for n in range(50):
        limits.hit("3 per minute", "somebody", str(n))
    assert timers() == []


def test_the_fourth_of_three_is_told_when_to_come_again():
    limits = Limits()
    for _ in range(3):
        limits.hit("3 per minute", "somebody")
    with pytest.raises(Refused) as refused:
        limits.hit("3 per minute", "somebody")
    assert (refused.value.status, 0 < refused.value.retry_after <= 61) == (429, True)
    limits.forget("3 per minute", "somebody")
    limits.hit("3 per minute", "somebody")


def test_what_fails_by_our_fault_is_not_counted_and_what_is_refused_is(limits):
    for failure in [StoreFailed("full", full=True), BUSY] * 5 + [NO] * 2:
        with pytest.raises(type(failure)), limits.counted("2 per minute", "me"):
            raise failure
    with pytest.raises(Refused) as refusal, limits.counted("2 per minute", "me"):
        raise AssertionError("a third attempt was let in")
    assert refusal.value.code == "too_many"


def test_what_succeeds_counts(limits):
    for _ in range(2):
        with limits.counted("2 per minute", "me"):
            pass
    with pytest.raises(Refused):
        limits.hit("2 per minute", "me")


def test_what_was_reserved_counts_only_once_it_is_committed(limits):
    for _ in range(5):
        limits.reserve({}, "1 per minute", "me")
    info = {}
    limits.reserve(info, "1 per minute", "me")
    limits.spend(info)
    with pytest.raises(Refused):
        limits.reserve({}, "1 per minute", "me")
