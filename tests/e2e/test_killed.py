"""The server dies in the middle of an upload and is started again: nothing is lost, nothing counts twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e import scenes, steps
from tests.e2e.browsers import read_code
from tests.e2e.conftest import newcomer
from tests.e2e.scenes import USE
from tests.e2e.steps import button
from tests.e2e.test_bad_links import PIECE, ROUNDS, at_camera, picture
from tests.e2e.wire import Cut, Wire
from tests.e2e.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.faults]

PIECEWISE = b"PATCH /m/captures"
# What happens to the uploads up to the one in which the server dies: in the body of the whole picture; when it was
# received and the answer was on its way; in the second of several pieces.
MOMENTS = {
    "whole": [Cut(up=PIECE)],
    "answered": [Cut(down=0)],
    "pieces": [Cut(of=PIECEWISE), Cut(up=9000, of=PIECEWISE)],
}


def not_whole(route: Route) -> None:
    """The picture in one piece does not get through."""
    whole = route.request.headers.get("upload-complete") == "?1"
    route.abort() if whole and route.request.method == "POST" else route.continue_()


@pytest.mark.between
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("_round", range(max(1, ROUNDS // 10)))
def test_killed_and_started_again_the_phone_finishes_by_itself(
    far_world: World, wire: Wire, desk: Page, phone: Page, moment: str, _round: int
) -> None:
    candidate = at_camera(desk, phone, far_world)
    scenes.choose_file(phone, picture(0))
    if moment == "pieces":
        phone.route("**/m/captures", not_whole)
    *before, last = MOMENTS[moment]
    wire.cuts = [*before, replace(last, then=far_world.kill)]
    button(phone, USE).click()
    expect(phone.get_by_text("网络不稳，正在重新连接…")).to_be_visible()
    assert far_world.process is None, "the server was not killed"
    far_world.start()
    scenes.arrived(phone, within=60)
    scenes.shown(desk, within=40)
    assert scenes.pictures(far_world, candidate) == 1
    steps.hand_over(desk)


def test_killed_while_the_code_is_shown(far_world: World, wire: Wire, desk: Page, phone: Page) -> None:
    steps.to_code(desk, far_world.origin, newcomer(far_world))
    link = read_code(desk)
    far_world.kill()
    far_world.start()
    scenes.scan(phone, link)
    expect(phone.get_by_label(steps.AGREE)).to_be_visible()
    expect(phone.get_by_text(scenes.number_on(desk))).to_be_visible()
