"""The main job with a phone that runs Firefox."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.e2e.firefox import Firefox, firefox
from tests.e2e.handoff import take_and_hand_over, to_camera
from tests.e2e.world import World

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def hand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with firefox(tmp_path_factory.mktemp("firefox")) as running:
        yield running


def test_pc_and_phone_together(world: World, desk: Page, hand: Firefox, candidate: str) -> None:
    to_camera(desk, hand, world, candidate)
    take_and_hand_over(desk, hand)
