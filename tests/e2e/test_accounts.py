"""From `flask init` to the first reviewer at work, and a candidate who has forgotten their password: in a browser, in
both languages, every page as axe sees it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import browsers, steps
from tests.e2e.accounts import begun, choose_password, give_password, set_up_second
from tests.e2e.conftest import newcomer
from tests.e2e.steps import button
from tests.e2e.test_axe import in_language, serious
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

OPERATORS, REVIEWERS = "mango river lamp", "tulip kettle moon"
OFFICE = (
    "INSERT INTO office (code, name, level, contact, city, address, hours, bring, active, version)"
    " VALUES ('guangzhou', '广州市考办', 'city', 'x', '440100', '', '', '', 1, 0)"
)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, str]]:
    """A server that is no demo, and its operator's one-time password."""
    world, password = begun(tmp_path_factory.mktemp("real"))
    try:
        world.change(OFFICE)
        yield world, password
    finally:
        world.stop()


def is_fine(page: Page, name: str) -> None:
    """Nothing on this page keeps people out."""
    size = page.viewport_size
    assert serious(page) == [], name
    if size:
        page.set_viewport_size(size)


def test_from_init_to_the_first_reviewer_at_work(real: tuple[World, str], browser: Browser) -> None:
    world, password = real
    with browsers.desktop(browser) as office, browsers.desktop(browser) as branch:
        page = office.new_page()
        give_password(page, world.origin, "operator", password)
        choose_password(page, password, OPERATORS, is_fine)
        totp = set_up_second(page, is_fine)
        expect(page).to_have_url(f"{world.origin}/operate")
        first = add_reviewer(page)
        at_work = branch.new_page()
        give_password(at_work, world.origin, "guangzhou.li", first)
        choose_password(at_work, first, REVIEWERS, is_fine)
        expect(at_work.get_by_role("heading", name="待审核")).to_be_visible()
        look_around(at_work, world)
        button(page, "退出").click()
        give_password(page, world.origin, "operator", OPERATORS)
        page.locator("#code").fill(totp.now())  # of the step that set it up, or of a later one
        is_fine(page, "code")
        leave_all(at_work)


def add_reviewer(page: Page) -> str:
    """In the console; the one-time password."""
    page.get_by_role("link", name="工作人员").click()
    is_fine(page, "staff")
    page.get_by_role("link", name="添加工作人员").click()
    page.get_by_label("登录名").fill("guangzhou.li")
    page.get_by_label("姓名").fill("李审核")
    page.get_by_label("角色").select_option(label="审核员")
    button(page, "添加").click()
    expect(page.get_by_role("alert")).to_contain_text("审核员要属于一个考办")
    is_fine(page, "new staff, wrong")
    page.get_by_label("考办").select_option(label="广州市考办")
    button(page, "添加").click()
    password = page.locator("#password").inner_text()
    is_fine(page, "one-time password")
    page.get_by_role("link", name="回到工作人员").click()
    page.get_by_role("link", name="guangzhou.li").click()
    is_fine(page, "one of staff")
    return password


def look_around(page: Page, world: World) -> None:
    """A reviewer's account, and an empty search for a candidate."""
    page.get_by_role("link", name="李审核").click()
    expect(page.get_by_role("heading", name="我的账户")).to_be_visible()
    is_fine(page, "account")
    page.goto(f"{world.origin}/account/second")
    is_fine(page, "no second factor yet")
    page.goto(f"{world.origin}/candidates/reset?number=999")
    expect(page.get_by_role("alert")).to_be_visible()
    is_fine(page, "nobody found")


def leave_all(page: Page) -> None:
    """全部退出."""
    page.get_by_role("link", name="李审核").click()
    button(page, "全部退出").click()
    expect(page.get_by_text("所有地方的登录都已退出")).to_be_visible()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_forgotten_password_by_keyboard(world: World, browser: Browser, language: str) -> None:
    candidate = newcomer(world)
    with browsers.desktop(browser) as counter, browsers.phone(browser) as pocket:
        office, hand = counter.new_page(), pocket.new_page()
        steps.log_in(office, world.origin, "guangzhou")
        in_language(office, language)
        office.goto(f"{world.origin}/candidates/reset?number={candidate}")
        is_fine(office, "before a code is given out")
        for box in office.get_by_role("checkbox").all():
            box.focus()
            box.press("Space")
        office.keyboard.press("Tab")
        office.keyboard.press("Enter")
        code = office.locator("#reset-code").inner_text()
        is_fine(office, "a code")
        hand.goto(f"{world.origin}/login")
        in_language(hand, language)
        hand.locator("a[href='/forgotten']").click()
        is_fine(hand, "forgotten")
        hand.locator("#name").fill(candidate)
        hand.locator("#one-time").fill(code)
        hand.locator("#new").fill(OPERATORS)
        hand.locator("#again").fill(OPERATORS)
        hand.keyboard.press("Enter")
        expect(hand.locator(".flashes .good")).to_be_visible()
        give_password(hand, world.origin, candidate, OPERATORS)
        expect(hand.locator(".banner.warn form[action$='/read']")).to_be_visible()
        is_fine(hand, "told")
        hand.locator("form[action$='/read'] button").click()
        expect(hand.locator("form[action$='/read']")).to_have_count(0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_of_accounts_in_both_languages(world: World, browser: Browser, tmp_path: Path, language: str) -> None:
    candidate = newcomer(world)
    with browsers.desktop(browser) as context:
        page = context.new_page()
        for name, addresses in {
            "operator": ("/operate/staff", "/operate/staff/new", "/operate/staff/1", "/account/second/new"),
            "support": ("/account", "/account/second", f"/candidates/reset?number={candidate}"),
            candidate: ("/account", "/account/password"),
        }.items():
            page.context.clear_cookies()
            steps.log_in(page, world.origin, name)
            in_language(page, language)
            for address in addresses:
                page.goto(f"{world.origin}{address}")
                is_fine(page, address)
