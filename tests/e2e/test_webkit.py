"""The main job with a phone that runs WebKit, as iPhones do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.e2e.handoff import take_and_hand_over, to_camera
from tests.e2e.webkit import WebKit, webkit
from tests.e2e.world import World

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def hand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebKit]:
    with webkit(tmp_path_factory.mktemp("webkit")) as running:
        yield running


def test_pc_and_phone_together(world: World, desk: Page, hand: WebKit, candidate: str) -> None:
    to_camera(desk, hand, world, candidate)
    take_and_hand_over(desk, hand)
