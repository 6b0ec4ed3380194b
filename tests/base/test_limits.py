"""How often somebody may try: counted without ever waiting for anything."""

import threading

import pytest

from app.base.errors import Refused
from app.base.limits import Limits


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
