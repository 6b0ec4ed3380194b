"""The form, the population register and what the page says about them, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import steps
from tests.e2e.conftest import newcomer
from tests.e2e.scenes import APPLICATION
from tests.e2e.steps import button
from tests.e2e.test_axe import in_language, serious
from tests.e2e.world import World

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module", params=["eventlet", "threading"])
def without_a_register(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A server whose register nobody has imported yet; what it knew stands aside."""
    running = World(tmp_path_factory.mktemp(request.param), request.param).start()
    running.change("CREATE TABLE aside AS SELECT * FROM register_entry")
    running.change("DELETE FROM register_entry")
    yield running
    assert running.stop() == 0
    assert "Traceback" not in running.log()


def test_an_outage_ends_by_itself_although_nobody_looks(without_a_register: World, desk: Page) -> None:
    world, candidate = without_a_register, newcomer(without_a_register)
    steps.log_in(desk, world.origin, candidate)
    button(desk, "申请").click()
    expect(desk.get_by_text("公安人口库暂时无法连接")).to_be_visible()
    desk.goto("about:blank")
    world.change("INSERT INTO register_entry SELECT * FROM aside")
    world.change(f"UPDATE application SET register_next_at = applied_at WHERE id = {APPLICATION}", candidate)
    asked = f"SELECT 1 FROM application WHERE status = 'CAPTURE' AND id = {APPLICATION}"
    while not world.rows(asked, candidate):  # the test's time limit ends it
        desk.wait_for_timeout(200)
    desk.goto(f"{world.origin}/apply")
    expect(desk.get_by_role("heading", name="正在采集毕业证照片")).to_be_visible()


def test_the_office_of_the_chosen_place_is_shown_at_once(world: World, desk: Page, candidate: str) -> None:
    steps.log_in(desk, world.origin, candidate)
    office = desk.locator("#office-name")
    expect(office).to_have_text("广州市考办")
    desk.get_by_label("办理地点").select_option("南山区")
    expect(office).to_have_text("深圳市考办")
    expect(desk.locator("#office-contact")).to_contain_text("0755")


def test_what_is_wrong_is_in_focus_and_nothing_typed_is_lost(world: World, desk: Page, candidate: str) -> None:
    steps.log_in(desk, world.origin, candidate)
    desk.get_by_label("办理地点").select_option("南山区")
    phone = desk.locator("#application").get_by_label("联系电话")
    phone.fill("12345")
    button(desk, "申请").click()
    expect(desk.get_by_text("联系电话的格式不对")).to_be_visible()
    expect(phone).to_be_focused()
    expect(phone).to_have_value("12345")
    expect(desk.get_by_label("办理地点")).to_have_value("440305")
    phone.fill("020 3862 7000")
    phone.press("Enter")
    expect(desk.get_by_role("dialog", name="毕业相片")).to_be_visible()


def test_after_a_dialog_the_focus_is_on_the_button_that_opened_it(world: World, desk: Page, candidate: str) -> None:
    steps.log_in(desk, world.origin, candidate)
    steps.open_dialog(desk)
    for key in ("关闭", "取消", ""):
        desk.wait_for_load_state()
        button(desk, key).click() if key else desk.keyboard.press("Escape")
        expect(desk.get_by_role("dialog")).to_be_hidden()
        expect(button(desk, "申请")).to_be_focused()
        assert desk.url == f"{world.origin}/apply"
        button(desk, "申请").press("Enter")
        expect(desk.get_by_role("dialog", name="毕业相片")).to_be_visible()


def test_withdrawing_asks_once_and_one_may_apply_anew(world: World, desk: Page, candidate: str) -> None:
    steps.log_in(desk, world.origin, candidate)
    steps.open_dialog(desk)
    button(desk, "关闭").click()
    desk.wait_for_load_state()  # the script is there
    button(desk, "撤回申请").click()
    question = desk.get_by_role("dialog", name=re.compile("确定撤回吗"))
    expect(button(question, "不撤回")).to_be_focused()
    desk.keyboard.press("Escape")
    expect(question).to_be_hidden()
    expect(button(desk, "撤回申请")).to_be_focused()
    expect(desk.get_by_role("heading", name="正在采集毕业证照片")).to_be_visible()
    button(desk, "撤回申请").press("Enter")
    button(question, "确定撤回").click()
    expect(desk.get_by_text(re.compile("上一次申请已于 .* 撤回"))).to_be_visible()
    steps.open_dialog(desk)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing_bad_in_any_status(world: World, desk: Page, candidate: str, language: str) -> None:
    steps.log_in(desk, world.origin, candidate)
    in_language(desk, language)
    desk.locator("#phone").fill("12345")
    desk.locator("#application button").click()
    desk.locator("#phone-error").wait_for()
    found = {"mistake": serious(desk)}
    desk.locator("#phone").fill("13800138000")
    desk.locator("#application button").click()
    desk.get_by_role("dialog").wait_for()
    for status in (
        "REGISTER_CHECK",
        "CAPTURE",
        "DOCUMENTS",
        "PORTRAIT_REVIEW",
        "FULL_REVIEW_PROVINCE",
        "READY",
        "SUBMITTED",
    ):
        desk.goto("about:blank")  # the page before it might notice, and load itself again in the middle of the next
        world.change(f"UPDATE application SET status = '{status}' WHERE id = {APPLICATION}", candidate)
        desk.goto(f"{world.origin}/apply")
        found[status] = serious(desk)
    desk.goto(f"{world.origin}/result")
    found["result"] = serious(desk)
    assert found == {step: [] for step in found}
