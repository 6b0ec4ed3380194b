"""A phone that cannot scan: the code below the QR code, typed where no token is, or where the link's is dead."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e import browsers, steps
from tests.e2e.browsers import read_code
from tests.e2e.steps import button
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

CONNECT = "连接电脑"


def code_on(desk: Page) -> str:
    """What stands below the QR code."""
    shown = desk.locator("#typed")
    expect(shown).not_to_contain_text("–")
    return shown.text_content() or ""


def field_on(hand: Page) -> Locator:
    """Where it is typed."""
    return hand.get_by_label("请输入电脑上二维码下面的代码")


def type_in(hand: Page, code: str) -> None:
    """Letter by letter, and the keyboard's own button."""
    field_on(hand).press_sequentially(code)
    field_on(hand).press("Enter")


def test_the_short_address_and_the_code_lead_to_the_same_pairing(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    phone.goto(f"{world.origin}/m/")  # a slash too many
    type_in(phone, code_on(desk).lower())
    number = phone.locator(".compare .number")
    expect(number).to_be_visible()
    expect(desk.locator("output.number")).to_have_text(number.text_content() or "-")
    steps.confirm(phone)
    button(phone, "我知道了，去拍照").click()
    expect(button(phone, "拍照")).to_be_enabled()
    steps.photograph(desk, phone)


def test_what_is_wrong_is_said_below_the_field_and_stays_there(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    code = code_on(desk)
    phone.goto(f"{world.origin}/m")
    type_in(phone, code[:5])
    expect(phone.get_by_text("代码有 8 个字母或数字")).to_be_visible()
    field_on(phone).fill("2222 2222")
    button(phone, CONNECT).click()
    expect(phone.get_by_text("没有这个代码")).to_be_visible()
    expect(field_on(phone)).to_have_value("2222 2222")
    expect(field_on(phone)).to_be_focused()
    field_on(phone).fill(f"\t{code}\u200b ")  # as it comes from a table, or a message
    button(phone, CONNECT).click()
    expect(phone.get_by_label(steps.AGREE)).to_be_visible()


def test_without_a_network_nothing_that_was_typed_is_lost(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    phone.goto(f"{world.origin}/m")
    expect(field_on(phone)).to_be_visible()
    phone.context.set_offline(True)
    field_on(phone).fill(code_on(desk))
    button(phone, CONNECT).click()
    expect(phone.get_by_role("alert")).to_be_visible()
    phone.context.set_offline(False)
    button(phone, CONNECT).click()
    expect(phone.get_by_label(steps.AGREE)).to_be_visible()


def test_a_page_whose_link_is_dead_takes_the_code(
    world: World, browser: Browser, desk: Page, phone: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    phone.goto(read_code(desk))
    expect(phone.get_by_label(steps.AGREE)).to_be_visible()
    button(desk, "不是我的手机").click()
    expect(phone.get_by_role("heading", name="这次连接已结束")).to_be_visible()
    button(desk, "重新生成二维码").click()
    type_in(phone, code_on(desk))
    expect(phone.get_by_label(steps.AGREE)).to_be_visible()


def test_a_code_that_strangers_used_up_is_drawn_anew_by_itself(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    code = code_on(desk)
    phone.goto(f"{world.origin}/m")
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    for _try in range(10):
        answer = phone.request.post(
            f"{world.origin}/m/claim", data={"typed": wrong}, headers={"X-Zhengzhao": "phone", "Origin": world.origin}
        )
        assert answer.status == 403
    expect(desk.get_by_text("已换成新的代码")).to_be_visible()
    expect(desk.locator("#typed")).not_to_have_text(code)
    type_in(phone, code_on(desk))
    expect(phone.get_by_label(steps.AGREE)).to_be_visible()


def test_a_phone_alone_whose_connection_ended_is_led_back_to_its_application(
    world: World, browser: Browser, candidate: str
) -> None:
    with browsers.phone(browser) as context:
        hand = context.new_page()
        steps.to_specification(hand, world.origin, candidate)
        button(hand, "用本机拍照").click()
        expect(button(hand, "拍照")).to_be_enabled()
        world.change("UPDATE pairing SET ended_at = created_at, end_reason = 'revoked' WHERE ended_at IS NULL")
        hand.reload()
        expect(hand.get_by_text("请回到申请页面，再点“用本机拍照”")).to_be_visible()
        hand.get_by_role("link", name="查看申请").click()
        expect(hand.get_by_role("heading", name="毕业申请及图像采集")).to_be_visible()
