"""Events are only hints: with every one of them swallowed, both sides still find out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from tests.e2e import scenes, steps
from tests.e2e.browsers import read_code
from tests.e2e.conftest import newcomer
from tests.e2e.scenes import READ
from tests.e2e.steps import button
from tests.e2e.world import World

pytestmark = pytest.mark.e2e


def deaf(page: Page) -> list[str]:
    """No socket gets through, neither as a websocket nor by polling; a count of the tries is returned."""
    tries: list[str] = []

    def socket(opened: WebSocketRoute) -> None:
        tries.append(opened.url)
        opened.close()

    def polling(route: Route) -> None:
        tries.append(route.request.url)
        route.abort()

    page.route_web_socket("**/socket.io/**", socket)
    page.route("**/socket.io/**", polling)
    return tries


def seen_again(page: Page) -> None:
    """The person looks at the page again."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_a_deaf_desktop_unlocks_by_looking_now_and_then(world: World, desk: Page, phone: Page, candidate: str) -> None:
    tries = deaf(desk)
    desk.clock.install()
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(phone, read_code(desk))
    steps.take_and_send(phone)
    scenes.arrived(phone)
    expect(desk.locator("#qr img")).to_be_visible()
    desk.clock.fast_forward(15_000)
    scenes.shown(desk)
    steps.hand_over(desk)
    assert tries, "the sockets were not blocked: they were never asked for"


def test_a_deaf_desktop_unlocks_when_it_is_looked_at(world: World, desk: Page, phone: Page, candidate: str) -> None:
    deaf(desk)
    steps.to_code(desk, world.origin, candidate)
    steps.to_camera(phone, read_code(desk))
    seen_again(desk)
    expect(desk.get_by_text("正在拍照")).to_be_visible()
    steps.take_and_send(phone)
    scenes.arrived(phone)
    seen_again(desk)
    scenes.shown(desk)


def test_a_deaf_phone_hears_of_a_retake_and_of_its_end(world: World, desk: Page, phone: Page, candidate: str) -> None:
    deaf(phone)
    phone.clock.install()
    scenes.connected(desk, phone, world, candidate)
    steps.confirm(phone)
    button(phone, READ).click()
    steps.take_and_send(phone)
    scenes.shown(desk)
    scenes.arrived(phone)
    button(desk, scenes.RETAKE).click()
    expect(desk.get_by_text("已确认信息")).to_be_visible()
    phone.clock.fast_forward(15_000)
    expect(button(phone, "拍照")).to_be_enabled()
    button(desk, scenes.NOT_MINE).click()
    expect(button(desk, scenes.RENEW)).to_be_visible()
    seen_again(phone)
    expect(phone.get_by_text("电脑上已取消这部手机的连接")).to_be_visible()


def test_a_bell_while_the_next_page_is_on_its_way_does_not_stop_it(world: World, desk: Page, phone: Page) -> None:
    steps.to_code(desk, world.origin, newcomer(world, like="010126000003"))
    steps.to_camera(phone, read_code(desk))
    steps.take_and_send(phone)
    expect(button(desk, steps.NEXT)).to_be_enabled()
    on_its_way = []
    desk.route("**/hand-over", lambda route: on_its_way.append((route, route.fetch(max_redirects=0))))
    with desk.expect_response(lambda told: told.url.endswith("/apply/capture/panel") and told.status == 409):
        button(desk, steps.NEXT).click(no_wait_after=True)
    [(route, answer)] = on_its_way
    route.fulfill(response=answer)
    expect(desk.get_by_role("dialog", name="证件附件")).to_be_visible()
