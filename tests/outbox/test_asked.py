"""A receiver that asks to be left alone for a while (`Retry-After`) is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.outbox.rules import LONGEST_WAIT
from tests.outbox.receiver import Receiver
from tests.outbox.telling import deliver, deliverer, told
from tests.world import World


@pytest.mark.parametrize(
    ("status", "said", "minutes"),
    [
        (429, "1800", 30),
        (503, "Sun, 22 Nov 2026 11:00:00 GMT", 120),
        (503, "Sun, 22 Nov 2026 08:00:00 GMT", 1),
        (429, "5", 1),
        (429, "9" * 40, LONGEST_WAIT // timedelta(minutes=1)),
        (429, "soon", 1),
        (429, "-5", 1),
        (422, "1800", 30),
    ],
)
def test_one_that_asks_to_be_left_alone_is_for_so_long_and_not_for_ever(
    world: World, receiver: Receiver, status: int, said: str, minutes: int
) -> None:
    receiver.behave = lambda handler: receiver.answer(handler, status, **{"Retry-After": said})
    told(world)
    deliver(world)
    world.clock.move(minutes * 60 - 1)
    assert not deliverer(world).is_due()
    world.clock.move(1)
    receiver.behave = 200
    assert deliver(world) == 1
