"""What tests of the parent system begin with."""

from __future__ import annotations

import pytest

from tests.parent.signing import KEYS_TEXT
from tests.world import NewWorld, World


@pytest.fixture
def world(new_world: NewWorld) -> World:
    """A server that knows the parent system's keys."""
    return new_world(parent_keys=KEYS_TEXT)
