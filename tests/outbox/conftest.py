"""What tests of notices begin with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.outbox.receiver import Receiver, receiving
from tests.outbox.telling import KEY_TEXT
from tests.world import NewWorld, World


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """The parent system's end."""
    with receiving() as made:
        yield made


@pytest.fixture
def world(new_world: NewWorld, receiver: Receiver) -> World:
    """A server that tells the receiver."""
    return new_world(webhook_url=receiver.url, webhook_key=KEY_TEXT)
