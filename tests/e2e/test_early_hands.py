"""A slow network, and a person who is faster than the page's script: nothing is missed, nothing is done unasked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e import steps
from tests.e2e.browsers import box_of, read_code
from tests.e2e.steps import button
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

STYLED = "() => [...document.querySelectorAll('link[rel=stylesheet]')].every(({ sheet }) => sheet)"
TYPED = "020 3862 7000"


@pytest.fixture
def held(desk: Page) -> list[Route]:
    """The scripts of the page are on their way until `arrive(held)`."""
    waiting = []
    desk.route(re.compile("/js/desk/(page|application-form)"), lambda route: waiting.append(route))  # noqa: PLW0108 — Playwright cannot mark a built-in
    return waiting


def arrive(held: list[Route]) -> None:
    """The network brings what it held back."""
    for route in held:
        route.continue_()


def test_the_dialog_does_not_move_when_its_script_arrives(
    world: World, desk: Page, candidate: str, held: list[Route]
) -> None:
    steps.log_in(desk, world.origin, candidate)
    steps.open_dialog(desk)
    desk.wait_for_function(STYLED)
    before = desk.get_by_label(steps.AGREE).bounding_box()
    expect(desk.locator("dialog:modal")).to_have_count(0)
    arrive(held)
    expect(desk.locator("dialog:modal")).to_be_visible()
    assert desk.get_by_label(steps.AGREE).bounding_box() == before


def test_what_was_chosen_and_typed_early_counts_as_much(
    world: World, desk: Page, candidate: str, held: list[Route]
) -> None:
    steps.log_in(desk, world.origin, candidate)
    desk.locator("#place").select_option("南山区")
    desk.locator("#phone").fill(TYPED)
    arrive(held)
    expect(desk.locator("#office-contact")).to_contain_text("0755")
    desk.unroute_all()
    desk.locator(".language button[value=en]").click()
    expect(desk.locator("html")).to_have_attribute("lang", "en")
    expect(desk.locator("#place")).to_have_value("440305")
    expect(desk.locator("#phone")).to_have_value(TYPED)


def test_what_is_typed_early_is_newer_than_what_was_kept(
    world: World, desk: Page, candidate: str, held: list[Route]
) -> None:
    steps.log_in(desk, world.origin, candidate)
    arrive(held)
    desk.wait_for_load_state()
    desk.locator("#phone").fill("13900139000")
    held.clear()
    desk.reload(wait_until="commit")
    desk.locator("#phone").fill(TYPED)
    desk.wait_for_function("() => Object.values(sessionStorage).join().includes('13900139000')")
    arrive(held)
    desk.wait_for_function(f"() => Object.values(sessionStorage).join().includes('{TYPED}')")
    expect(desk.locator("#phone")).to_have_value(TYPED)


def test_nothing_is_withdrawn_before_it_was_asked(world: World, desk: Page, candidate: str, held: list[Route]) -> None:
    steps.log_in(desk, world.origin, candidate)
    steps.open_dialog(desk)
    desk.goto(f"{world.origin}/apply", wait_until="commit")
    button(desk, "撤回申请").click()
    expect(desk.get_by_text("确定撤回吗")).to_be_visible()
    desk.get_by_role("link", name="不撤回").click()
    button(desk, "撤回申请").click()
    button(desk, "确定撤回").click()
    expect(desk.get_by_text(re.compile("上一次申请已于 .* 撤回"))).to_be_visible()


def test_a_button_that_is_pressed_while_the_panel_is_renewed_is_pressed(
    world: World, desk: Page, phone: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    phone.goto(read_code(desk))
    expect(phone.get_by_role("heading", name="请确认学生信息")).to_be_visible()
    stranger = button(desk, "不是我的手机")
    expect(stranger).to_be_visible()
    box = box_of(stranger)
    desk.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    desk.mouse.down()
    with desk.expect_response("**/apply/capture/panel"):
        steps.confirm(phone)
    desk.mouse.up()
    expect(desk.get_by_role("dialog").get_by_role("heading", name="这次连接已结束")).to_be_visible()
