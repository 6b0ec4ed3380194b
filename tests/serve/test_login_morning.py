"""The morning a batch opens: hundreds log in at once, on the real server, and everybody else is served in between."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.identity.passwords import LocalPasswords, verify
from bench.logins import morning
from tests.e2e.world import World
from tests.people import HASHED, PASSWORD


@pytest.fixture
def world(mode: str, tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, mode)
    yield made.start()
    made.stop()


def test_two_hundred_right_logins_at_once_get_in_and_nobody_else_waits_for_them(world: World) -> None:
    """The longest wait is held against the time that all took: on the event loop a bell waited for nearly all of it."""
    with ThreadPoolExecutor(1) as apart:  # browsers of other tests may have left a loop running in this thread
        seen = apart.submit(morning, world, 200).result()
    assert seen.entered == 200
    assert max(seen.bells) < 1000 * seen.seconds / 3
    assert seen.health.longest < 1000 * seen.seconds / 3
    assert "Traceback" not in world.log()


def test_a_worker_process_tells_right_from_wrong_and_nobody() -> None:
    passwords = LocalPasswords(1)
    try:
        passwords.start()
        asked = [(HASHED, PASSWORD), (HASHED, "wrong"), ("", PASSWORD), ("no hash", PASSWORD), (HASHED, "\x00\ud800")]
        assert [passwords.are_right(*each) for each in asked] == [True, False, False, False, False]
    finally:
        passwords.close()


def test_nobody_has_no_password() -> None:
    assert not verify("", b"whatever")
