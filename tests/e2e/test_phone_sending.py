"""A picture is never lost and never sent twice: reloads, broken links, borrowed phones, a permission that ran out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e import steps
from tests.e2e.browsers import desktop, read_code
from tests.e2e.conftest import newcomer
from tests.e2e.scenes import RENEW, judge, use_too_late
from tests.e2e.steps import button
from tests.e2e.world import World
from tests.visitors import JSONValue

pytestmark = pytest.mark.e2e

USE = "使用这张照片"
UNSENT = "有一张照片还没有送出"
OF = (
    "application_id IN (SELECT a.id FROM application a JOIN candidate c ON c.id = a.candidate_id "
    "WHERE c.exam_number = ?)"
)


def photographed(desk: Page, hand: Page, world: World, candidate: str) -> None:
    """A phone that has taken a picture and not yet decided."""
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(hand, read_code(desk))
    button(hand, "拍照").click()
    expect(button(hand, USE)).to_be_visible()


def arrived(hand: Page) -> None:
    expect(hand.get_by_role("heading", name="请回到电脑继续")).to_be_visible()


def captures(world: World, candidate: str) -> int:
    """How many pictures of this candidate the server has."""
    query = f"SELECT count(*) FROM capture WHERE pairing_id IN (SELECT id FROM pairing WHERE {OF})"
    return int(world.rows(query, candidate)[0][0])


def test_a_reload_at_every_step_goes_on_where_the_person_was(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    phone.goto(read_code(desk))
    expect(phone.get_by_label(steps.AGREE)).to_be_visible()
    assert "#" not in phone.url, "a claimed token leaves the address"
    phone.reload()
    steps.confirm(phone)
    expect(button(phone, "我知道了，去拍照")).to_be_visible()
    phone.reload()
    button(phone, "我知道了，去拍照").click()
    expect(button(phone, "拍照")).to_be_enabled()
    phone.reload()
    button(phone, "拍照").click()
    expect(button(phone, USE)).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("heading", name=UNSENT)).to_be_visible()
    button(phone, USE).click()
    arrived(phone)
    phone.reload()
    arrived(phone)
    assert captures(world, candidate) == 1


def test_pressing_twice_sends_once(world: World, desk: Page, phone: Page, candidate: str) -> None:
    photographed(desk, phone, world, candidate)
    sent = []
    phone.on("request", lambda request: sent.append(request.url) if request.url.endswith("/m/captures") else None)
    button(phone, USE).dblclick()
    arrived(phone)
    assert len(sent) == 1
    assert captures(world, candidate) == 1


@pytest.mark.between
def test_when_one_piece_breaks_small_pieces_arrive(world: World, desk: Page, phone: Page, candidate: str) -> None:
    photographed(desk, phone, world, candidate)
    breaks = iter([True, False, True, False, False, True])
    phone.route(
        "**/m/captures",
        lambda route: route.abort() if route.request.headers["upload-complete"] == "?1" else route.continue_(),
    )
    phone.route("**/m/captures/*", lambda route: route.abort() if next(breaks, False) else route.continue_())
    button(phone, USE).click()
    arrived(phone)
    assert captures(world, candidate) == 1


@pytest.mark.between
def test_a_verdict_that_got_lost_is_asked_for_again(world: World, desk: Page, phone: Page, candidate: str) -> None:
    photographed(desk, phone, world, candidate)
    lost = iter([True])

    def answer_gets_lost(route: Route) -> None:
        if next(lost, False):
            route.fetch()
            route.abort()
        else:
            route.continue_()

    phone.route("**/m/captures", answer_gets_lost)
    button(phone, USE).click()
    arrived(phone)
    assert captures(world, candidate) == 1


def test_without_a_network_it_waits_and_goes_on_by_itself(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    photographed(desk, phone, world, candidate)
    phone.context.set_offline(True)
    button(phone, USE).click()
    expect(phone.get_by_text("照片保存在这台手机上")).to_be_visible()
    phone.context.set_offline(False)
    arrived(phone)


@pytest.mark.between
def test_reloading_while_sending_goes_on_sending(world: World, desk: Page, phone: Page, candidate: str) -> None:
    photographed(desk, phone, world, candidate)
    phone.route("**/m/captures", lambda route: route.abort())
    button(phone, USE).click()
    expect(phone.get_by_text("照片保存在这台手机上")).to_be_visible()
    phone.unroute("**/m/captures")
    phone.reload()
    arrived(phone)
    assert captures(world, candidate) == 1


def test_a_borrowed_phone_neither_shows_nor_sends_what_another_person_left(
    world: World, browser: Browser, desk: Page, phone: Page, candidate: str
) -> None:
    photographed(desk, phone, world, candidate)
    with desktop(browser) as context:
        other_desk, other = context.new_page(), newcomer(world)
        steps.to_code(other_desk, world.origin, other)
        phone.goto("about:blank")
        steps.to_camera(phone, read_code(other_desk))
        expect(phone.get_by_text(UNSENT)).to_have_count(0)
        steps.take_and_send(phone)
        arrived(phone)
    assert captures(world, candidate) == 0
    assert captures(world, other) == 1


@pytest.mark.between
def test_a_permission_that_ran_out_keeps_the_picture_for_the_next_scan(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    photographed(desk, phone, world, candidate)
    use_too_late(phone, world, candidate)
    expect(phone.get_by_text("这次拍照的时间已用完")).to_be_visible()
    expect(phone.get_by_text("已保存在这台手机上")).to_be_visible()
    desk.reload()
    button(desk, RENEW).click()
    phone.goto("about:blank")
    phone.goto(read_code(desk))
    steps.confirm(phone)
    expect(phone.get_by_role("heading", name=UNSENT)).to_be_visible()
    button(phone, USE).click()
    arrived(phone)
    assert captures(world, candidate) == 1


@pytest.mark.between
def test_a_picture_the_server_refuses_says_why_and_is_taken_again(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    photographed(desk, phone, world, candidate)
    report: JSONValue = {
        "pack": "p",
        "version": "1",
        "verdict": "refuse",
        "findings": [
            {
                "check": "exposure",
                "value": 9,
                "unit": "",
                "low": 20,
                "high": None,
                "verdict": "refuse",
                "advice": {"zh": "照片太暗。请面向窗户或灯。", "en": "Too dark."},
            }
        ],
    }
    fault = {"code": "refused", "text": "照片没有通过检查。请重拍。"}
    phone.route("**/m/captures", lambda route: judge(route, 422, fault, report=report))
    button(phone, USE).click()
    expect(phone.get_by_role("heading", name="这张照片不能用")).to_be_visible()
    expect(phone.get_by_text("照片太暗。请面向窗户或灯。")).to_be_visible()
    expect(button(phone, USE)).to_have_count(0)
    phone.unroute("**/m/captures")
    button(phone, "重拍").click()
    expect(button(phone, "拍照")).to_be_enabled()
