"""A reviewer at a PC: by keyboard, with a marked place that comes back to the candidate, a minute to undo."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.documents import cards
from tests.e2e import browsers, offices, steps
from tests.e2e.browsers import read_code
from tests.e2e.conftest import newcomer
from tests.e2e.papers import SUBMIT, choose, open_dialog, received, wanted
from tests.e2e.steps import button
from tests.e2e.test_axe import serious
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

_numbers = itertools.count(1)
IN_MEMORY = re.compile("^blob:")  # fetched before its case was opened


@pytest.fixture
def office(browser: Browser) -> Iterator[Page]:
    """A page of a reviewer."""
    with browsers.desktop(browser) as context:
        yield context.new_page()


def hand_in(world: World, browser: Browser) -> str:
    """Somebody new hands their portrait over to the office in Guangzhou; the 准考证号."""
    number = newcomer(world)
    with browsers.desktop(browser) as desk_context, browsers.phone(browser) as phone_context:
        desk, phone = desk_context.new_page(), phone_context.new_page()
        steps.to_code(desk, world.origin, number)
        steps.to_camera(phone, read_code(desk))
        steps.take_and_send(phone)
        steps.hand_over(desk)
    return number


def empty_the_queue(world: World) -> None:
    """Whatever other tests have handed in is not here."""
    world.change("UPDATE application SET status = 'SUBMITTED' WHERE status LIKE '%REVIEW%'")


def enter(page: Page, world: World, name: str = "guangzhou") -> None:
    steps.log_in(page, world.origin, name)
    expect(page.get_by_role("heading", name="待审核")).to_be_visible()


def colleague(world: World) -> str:
    """Another reviewer of the same office; the login name."""
    name = f"gz{next(_numbers)}"
    columns = [row[1] for row in world.rows("PRAGMA table_info(staff)") if row[1] not in ("id", "login_name", "name")]
    names = ", ".join(columns)
    world.change(
        f"INSERT INTO staff (login_name, name, {names}) SELECT ?, '李审核', {names} FROM staff "
        "WHERE login_name = 'guangzhou'",
        name,
    )
    return name


def status_of(world: World, number: str) -> str:
    [(status,)] = world.rows(
        "SELECT status FROM application JOIN candidate ON candidate.id = candidate_id WHERE exam_number = ?", number
    )
    return str(status)


def test_a_day_at_the_keyboard(world: World, browser: Browser, office: Page) -> None:
    empty_the_queue(world)
    first, second = hand_in(world, browser), hand_in(world, browser)
    enter(office, world)
    office.get_by_role("link", name=first).click()
    expect(office.locator("#sheet-portrait [data-zoom]")).to_be_visible()
    office.keyboard.press("z")
    expect(office.locator("#sheet-portrait .viewer-window")).to_have_class("viewer-window is-zoomed")
    office.keyboard.press("z")
    office.get_by_role("checkbox", name="背景", exact=True).check()
    expect(office.locator("canvas.layers")).to_be_visible()
    office.keyboard.press("r")
    assert status_of(world, first) == "PORTRAIT_REVIEW", "nothing is rejected without a reason"
    office.keyboard.press("1")
    office.keyboard.press("r")
    expect(office.locator(".undo")).to_contain_text("已退回")
    assert status_of(world, first) == "CAPTURE"
    expect(office.locator(".facts.narrow")).to_contain_text(second)
    expect(office.locator("#sheet-portrait img")).to_have_attribute("src", IN_MEMORY)
    office.get_by_label("审核意见").fill("ja")
    assert status_of(world, second) == "PORTRAIT_REVIEW", "keys are letters while somebody types"
    office.get_by_label("审核意见").fill("")
    office.get_by_label("审核意见").blur()
    office.keyboard.press("a")
    expect(office.locator(".undo")).to_contain_text("已通过")
    assert status_of(world, second) == "READY"
    steps.button(office, "撤销").click()
    expect(office.get_by_text("已撤销")).to_be_visible()
    assert status_of(world, second) == "PORTRAIT_REVIEW"


def tell_the_phone(desk: Page, phone: Page) -> None:
    """The retake's camera says what was wrong."""
    steps.button(desk, "下一步").click()
    phone.goto(read_code(desk))
    steps.confirm(phone)
    steps.button(phone, "我知道了，去拍照").click()
    expect(phone.locator(".last-time")).to_have_text("上次未通过：请摘下眼镜")


def test_a_marked_place_comes_back_to_the_candidate_and_to_the_phone(
    world: World, browser: Browser, office: Page, phone: Page
) -> None:
    empty_the_queue(world)
    number = hand_in(world, browser)
    enter(office, world)
    office.get_by_role("link", name=number).click()
    offices.mark(office, "portrait")
    region = [float(each) for each in office.locator("input[name='region.portrait']").input_value().split(",")]
    assert region == pytest.approx([0.25, 0.25, 0.25, 0.25], abs=0.01)
    expect(office.locator("#sheet-portrait .viewer-window")).to_have_class("viewer-window")
    office.locator(".drawn").press("ArrowRight")
    office.locator(".drawn").press("Shift+ArrowDown")
    office.get_by_label("审核意见").fill("请摘下眼镜")
    steps.button(office, "不通过").click()
    expect(office.locator(".undo")).to_be_visible()
    with browsers.desktop(browser) as context:
        desk = context.new_page()
        steps.log_in(desk, world.origin, number)
        expect(desk.get_by_text("请摘下眼镜")).to_be_visible()
        assert browsers.width_of(desk.locator(".marked img")) > 300
        picture, spot = browsers.box_of(desk.locator(".marked img")), browsers.box_of(desk.locator(".marked rect"))
        assert spot["x"] - picture["x"] == pytest.approx(0.27 * picture["width"], abs=6)
        tell_the_phone(desk, phone)
    [(kept, opinion)] = world.rows("SELECT region, opinion FROM decision ORDER BY id DESC LIMIT 1")
    assert opinion == "请摘下眼镜"
    assert [float(each) for each in kept.strip("[]").split(",")] == pytest.approx([0.27, 0.25, 0.25, 0.27], abs=0.01)


def test_a_second_reviewer_is_told_and_has_no_buttons(world: World, browser: Browser, office: Page) -> None:
    empty_the_queue(world)
    number = hand_in(world, browser)
    enter(office, world)
    office.get_by_role("link", name=number).click()
    expect(steps.button(office, "通过")).to_be_visible()
    with browsers.desktop(browser) as context:
        second = context.new_page()
        enter(second, world, colleague(world))
        expect(second.get_by_text("正在审核", exact=False).last).to_be_visible()
        second.get_by_role("link", name=number).click()
        expect(second.get_by_text("您只能查看")).to_be_visible()
        expect(steps.button(second, "通过")).to_have_count(0)
        steps.button(office, "释放本件，交由他人审核").click()
        second.reload()
        expect(steps.button(second, "通过")).to_be_visible()


def test_who_decides_about_a_case_that_went_to_another_city_is_told(
    world: World, browser: Browser, office: Page
) -> None:
    empty_the_queue(world)
    number = hand_in(world, browser)
    enter(office, world)
    office.get_by_role("link", name=number).click()
    world.change(
        "UPDATE application SET office_id = (SELECT id FROM office WHERE name LIKE '深圳%') "
        "WHERE status LIKE '%REVIEW%'"
    )
    steps.button(office, "通过").click()
    expect(office.get_by_text("您刚才的操作没有保存", exact=False)).to_be_visible()
    expect(office).to_have_url(f"{world.origin}/review")
    assert status_of(world, number) == "PORTRAIT_REVIEW"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_queue_and_a_case_are_for_everybody(world: World, browser: Browser, office: Page, language: str) -> None:
    empty_the_queue(world)
    number = hand_in(world, browser)
    enter(office, world)
    if language == "en":
        office.locator(".language button[value=en]").click()
    assert serious(office) == []
    office.get_by_role("link", name=number).click()
    office.locator("#sheet-portrait [data-zoom]").wait_for()
    assert serious(office) == []


def test_what_is_said_about_several_items_is_sent_by_its_own_button(world: World, office: Page, desk: Page) -> None:
    empty_the_queue(world)
    number = wanted(world)
    world.change(
        "UPDATE application SET office_id = (SELECT id FROM office WHERE name LIKE '广州%') WHERE status = 'DOCUMENTS'"
    )
    open_dialog(desk, world, number)
    for label in ("身份证正面", "身份证反面", "手持身份证"):
        choose(desk, label, cards.jpeg(cards.on_a_table(1600, 1200)))
        received(desk, label)
    button(desk, SUBMIT).click()
    expect(desk.get_by_text("正在审核中", exact=False)).to_be_visible()
    enter(office, world)
    office.get_by_role("link", name=number).click()
    office.locator("#sheet-front [data-zoom]").wait_for()
    steps.button(office.locator("fieldset[data-item=front]"), "不通过").click()
    expect(steps.button(office, "全部通过")).to_be_disabled()
    for item in ("front", "back", "holding"):
        steps.button(office.locator(f"fieldset[data-item={item}]"), "通过").click()
    expect(steps.button(office, "全部通过")).to_be_enabled()
    expect(steps.button(office, "提交审核结果")).to_be_focused()
    expect(office.locator(".person-strip")).to_be_in_viewport()
    office.get_by_label("审核意见").fill("三张都清楚")
    assert status_of(world, number) == "DOCUMENT_REVIEW_CITY"
    steps.button(office, "提交审核结果").click()
    expect(office.locator(".undo")).to_contain_text("已通过")
    assert world.rows("SELECT DISTINCT opinion FROM decision ORDER BY id DESC LIMIT 1") == [("三张都清楚",)]
