"""The whole procedure in real browsers: from the login to the printed form, on each of its ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.documents import cards
from tests.e2e import browsers, offices, steps
from tests.e2e.browsers import read_code
from tests.e2e.offices import approve, reject
from tests.e2e.papers import card_of, choose, received, status
from tests.e2e.scenes import scan
from tests.e2e.steps import button
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

A4 = [(595, 842)] * 2
PRINT = "打印毕业生登记表"
WAIT = "(注)正在审核中，请耐心等待审核结果！"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A demo of its own, in which nobody has done anything yet."""
    running = World(tmp_path_factory.mktemp("stories")).start()
    yield running
    assert running.stop() == 0
    assert "Traceback" not in running.log()


Opens = Callable[[str, str], Page]  # office, 准考证号


@pytest.fixture
def office(world: World, browser: Browser) -> Iterator[Opens]:
    """Opens a candidate's case at an office, each time on a PC of its own."""
    with ExitStack() as pcs:

        def opened(name: str, number: str) -> Page:
            page = pcs.enter_context(browsers.desktop(browser)).new_page()
            offices.open_case(page, world.origin, name, number)
            return page

        yield opened


@pytest.fixture(scope="module")
def papers() -> dict[str, bytes]:
    """Pictures of a card's two sides and of a person holding it."""
    card = cards.jpeg(cards.on_a_table(1600, 1200))
    return {"正面": card, "反面": card, "手持": cards.jpeg(cards.held())}


def apply_after_forecast(page: Page, world: World, number: str) -> None:
    """From the login by way of 毕业预测 to 申请."""
    steps.log_in(page, world.origin, number)
    page.get_by_role("link", name="毕业预测").click()
    expect(page.get_by_role("heading", name="预测通过：您可以申请毕业")).to_be_visible()
    page.get_by_role("link", name="毕业申请及图像采集").click()
    button(page, "申请").click()


def to_the_code(desk: Page) -> str:
    """In the dialog, from the tick to the QR code; what it says."""
    expect(desk.get_by_role("dialog", name="毕业相片")).to_be_visible()
    steps.confirm(desk)
    button(desk, "我知道了，去拍照").click()
    return read_code(desk)


def look_again(page: Page, world: World) -> None:
    """The candidate comes back to the menu."""
    page.goto(f"{world.origin}/forecast")
    page.get_by_role("link", name="毕业申请及图像采集").click()


def submit_and_print(page: Page, world: World, number: str, name: str) -> None:
    """申请 once everything is approved, then the form: two sides of A4 with the name."""
    look_again(page, world)
    button(page, "申请").click()
    page.get_by_role("main").get_by_role("link", name=PRINT).click()
    assert status(world, number) == "SUBMITTED"
    expect(page.locator("img.sheet")).to_have_count(2)
    for sheet in page.locator("img.sheet").all():
        assert browsers.width_of(sheet) > 700
    with page.expect_download() as begun:
        page.get_by_role("link", name="下载 PDF").click()
    sides = PdfReader(begun.value.path()).pages
    assert [(round(side.mediabox.width), round(side.mediabox.height)) for side in sides] == A4
    assert name in sides[0].extract_text()


def upload(page: Page, pictures: dict[str, bytes]) -> None:
    """Choose a file for each of these labels, then 提交身份证附件."""
    for label, picture in pictures.items():
        choose(page, label, picture)
        received(page, label)
    page.locator("#next").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def in_review(page: Page) -> None:
    """What the candidate is told meanwhile."""
    expect(page.get_by_text(WAIT)).to_be_visible()
    expect(button(page, "下一步")).to_be_disabled()


def comes_back(page: Page, world: World, opinion: str) -> None:
    """The candidate sees the opinion and the marked place, and may go on."""
    look_again(page, world)
    expect(page.get_by_text(opinion)).to_be_visible()
    expect(page.locator(".marked rect")).to_be_visible()
    assert browsers.width_of(page.locator(".marked img")) > 300
    expect(button(page, "下一步")).to_be_enabled()


def test_an_id_card_that_the_register_knows(world: World, desk: Page, phone: Page, office: Opens) -> None:
    number = "010126000001"
    apply_after_forecast(desk, world, number)
    steps.to_camera(phone, to_the_code(desk))
    steps.photograph(desk, phone)
    expect(desk.get_by_text("已提交市考办审核")).to_be_visible()
    in_review(desk)
    approve(office("guangzhou", number))
    submit_and_print(desk, world, number, "陈思远")


def test_an_id_card_that_differs_from_the_register(
    world: World, desk: Page, phone: Page, office: Opens, papers: dict[str, bytes]
) -> None:
    number = "010126000002"
    apply_after_forecast(desk, world, number)
    expect(desk.get_by_role("heading", name="身份证附件", exact=True)).to_be_visible()
    upload(desk, {"身份证正面": papers["正面"], "身份证反面": papers["反面"], "手持身份证": papers["手持"]})
    in_review(desk)
    reject(office("guangzhou", number), "front", "请把身份证正面拍完整", passing=("back", "holding"))
    comes_back(desk, world, "请把身份证正面拍完整")
    button(desk, "下一步").click()
    expect(card_of(desk, "身份证正面").locator(".marked rect")).to_be_visible()
    assert browsers.width_of(card_of(desk, "身份证正面").locator(".marked img")) > 300
    upload(desk, {"身份证正面": papers["正面"]})
    approve(office("guangzhou", number))
    approve(office("province", number))

    look_again(desk, world)
    button(desk, "下一步").click()
    steps.to_camera(phone, to_the_code(desk))
    steps.photograph(desk, phone)
    reason = reject(office("guangzhou", number), "portrait", "请正对镜头")
    comes_back(desk, world, "请正对镜头")
    button(desk, "下一步").click()
    scan(phone, read_code(desk))
    steps.confirm(phone)
    expect(phone.locator(".last-time")).to_contain_text(f"上次未通过：{reason}")
    steps.photograph(desk, phone)
    approve(office("guangzhou", number))
    submit_and_print(desk, world, number, "林志强")


def test_another_document_that_the_province_sends_back(
    world: World, desk: Page, phone: Page, office: Opens, papers: dict[str, bytes]
) -> None:
    number = "010126000003"
    apply_after_forecast(desk, world, number)
    steps.to_camera(phone, to_the_code(desk))
    steps.photograph(desk, phone)
    expect(desk.get_by_role("heading", name="证件附件", exact=True)).to_be_visible()
    expect(phone.get_by_text("照片已保存，还没有提交审核。请回到电脑继续，上传证件附件。")).to_be_visible()
    upload(desk, {f"通行证{side}": papers[side] for side in ("正面", "反面")} | {"手持通行证": papers["手持"]})
    in_review(desk)
    approve(office("guangzhou", number))
    reject(office("province", number), "back", "反面有反光", passing=("portrait", "front", "holding"))
    comes_back(desk, world, "反面有反光")
    button(desk, "下一步").click()
    upload(desk, {"通行证反面": papers["反面"]})
    approve(office("guangzhou", number))
    approve(office("province", number))
    submit_and_print(desk, world, number, "何家明")


def test_a_phone_is_all_there_is(world: World, phone: Page, office: Opens) -> None:
    number = "010126000005"
    world.change(
        "INSERT INTO staff (login_name, password_hash, name, role, office_id) SELECT 'zhuhai', password_hash,"
        " '珠海审核员', role, (SELECT id FROM office WHERE code = 'zhuhai') FROM staff"
        " WHERE login_name = 'guangzhou'"
    )
    apply_after_forecast(phone, world, number)
    steps.confirm(phone)
    button(phone, "我知道了，去拍照").click()
    button(phone, "用本机拍照").click()
    expect(button(phone, "拍照")).to_be_enabled()
    steps.take_and_send(phone)
    steps.hand_over(phone)
    approve(office("zhuhai", number))
    submit_and_print(phone, world, number, "欧阳婉仪")
