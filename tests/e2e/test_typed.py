"""What a candidate typed into the application form: there after an interruption, gone when it was accepted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import steps
from tests.e2e.conftest import newcomer
from tests.e2e.steps import button
from tests.e2e.test_axe import in_language
from tests.e2e.world import World

pytestmark = pytest.mark.e2e


def type_in(page: Page, phone: str = "020 3862 7000") -> None:
    """Another place and another number than the form came with."""
    page.wait_for_load_state()  # the scripts are there
    page.get_by_label("办理地点").select_option("南山区")
    page.locator("#phone").fill(phone)


def the_login_ends(desk: Page, world: World, candidate: str) -> None:
    """Half an hour of nothing, then 申请; the candidate logs in again on the way that is offered."""
    theirs = "(SELECT id FROM candidate WHERE exam_number = ?)"
    world.change(f"UPDATE login SET seen_at = '2000-01-01' WHERE candidate_id = {theirs}", candidate)
    button(desk, "申请").click()
    desk.get_by_role("link", name="重新登录").click()
    desk.get_by_label("准考证号").fill(candidate)
    desk.get_by_label("密码").fill(steps.PASSWORD)
    button(desk, "登录").click()


def the_page_is_outdated(desk: Page, world: World, candidate: str) -> None:
    """Somebody has logged in anew in another tab, then 申请 in the old one."""
    desk.context.clear_cookies()
    steps.log_in(desk.context.new_page(), world.origin, candidate)
    button(desk, "申请").click()
    desk.get_by_role("link", name="重新打开页面").click()


def the_language_changes(desk: Page, world: World, candidate: str) -> None:
    """中文 to English in the middle of the form."""
    in_language(desk, "en")


@pytest.mark.parametrize("happens", [the_login_ends, the_page_is_outdated, the_language_changes])
def test_what_was_typed_is_there_again(
    world: World, desk: Page, candidate: str, happens: Callable[[Page, World, str], None]
) -> None:
    steps.log_in(desk, world.origin, candidate)
    type_in(desk)
    happens(desk, world, candidate)
    expect(desk.locator("#phone")).to_have_value("020 3862 7000")
    expect(desk.locator("#place")).to_have_value("440305")
    expect(desk.locator("#office-contact")).to_contain_text("0755")


def test_another_candidate_on_the_same_pc_sees_nothing_of_it(world: World, desk: Page, candidate: str) -> None:
    steps.log_in(desk, world.origin, candidate)
    came_with = desk.locator("#phone").input_value()
    type_in(desk)
    desk.context.clear_cookies()
    steps.log_in(desk, world.origin, newcomer(world))
    nothing_is_kept(desk)
    expect(desk.locator("#phone")).to_have_value(came_with)


def test_who_logs_out_leaves_nothing_behind(world: World, desk: Page, candidate: str) -> None:
    steps.log_in(desk, world.origin, candidate)
    type_in(desk)
    desk.wait_for_function("() => sessionStorage.length === 1")
    desk.goto(f"{world.origin}/result")
    button(desk, "退出").click()
    expect(button(desk, "登录")).to_be_visible()
    nothing_is_kept(desk)


def mistaken(desk: Page, world: World, candidate: str) -> None:
    """The form has come back with what is wrong."""
    steps.log_in(desk, world.origin, candidate)
    type_in(desk, "12345")
    button(desk, "申请").click()
    expect(desk.get_by_text("联系电话的格式不对")).to_be_visible()
    desk.wait_for_load_state()  # the scripts are there


def test_once_applied_nothing_is_kept_and_a_mistake_shows_what_was_sent(
    world: World, desk: Page, candidate: str
) -> None:
    mistaken(desk, world, candidate)
    expect(desk.locator("#phone")).to_have_value("12345")
    desk.locator("#phone").fill("020 3862 7000")
    steps.open_dialog(desk)
    nothing_is_kept(desk)


def test_back_after_a_corrected_form_shows_where_the_application_is(world: World, desk: Page, candidate: str) -> None:
    mistaken(desk, world, candidate)
    desk.reload()
    expect(desk.locator("#phone")).to_have_value("12345")
    desk.locator("#phone").fill("020 3862 7000")
    steps.open_dialog(desk)
    desk.go_back()
    expect(desk.get_by_role("heading", name="正在采集毕业证照片")).to_be_visible()


def nothing_is_kept(page: Page) -> None:
    """What was typed is gone from this tab, not only hidden."""
    page.wait_for_function("() => sessionStorage.length === 0")
