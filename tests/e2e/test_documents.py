"""身份证附件 in real browsers: on a PC, through a phone, on a phone alone."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.documents import cards
from tests.e2e import browsers, steps
from tests.e2e.browsers import read_code
from tests.e2e.papers import OF_OTHERS, SUBMIT, agree, card_of, choose, open_dialog, received, status, stored, wanted
from tests.e2e.steps import button
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

LABELS = ("身份证正面", "身份证反面", "手持身份证")
DROP = """([where, encoded, name]) => {
  const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name, { type: "image/jpeg" }));
  const target = document.querySelector(where ? `[data-slot=${where}] .paper-shown` : "#dialog-title");
  for (const kind of ["dragover", "drop"]) {
    const event = new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true });
    target.dispatchEvent(event);
    if (!event.defaultPrevented) throw new Error(`${kind} would leave the page`);
  }
}"""


def drop(page: Page, slot: str | None, picture: bytes) -> None:
    """Let a file fall onto a slot, or beside all of them."""
    page.evaluate(DROP, [slot, base64.b64encode(picture).decode(), "card.jpg"])


@pytest.fixture(scope="module")
def small() -> bytes:
    return cards.jpeg(cards.on_a_table(1600, 1200))


@pytest.fixture(scope="module")
def paper_browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser whose camera films a card on a table."""
    film = browsers.film(tmp_path_factory.mktemp("card"), cards.on_a_table(1440, 1920, cards.card(1300)))
    running = browsers.launch(playwright, film)
    yield running
    running.close()


def test_three_pictures_from_a_pc_are_handed_over(world: World, desk: Page, small: bytes) -> None:
    candidate = wanted(world)
    open_dialog(desk, world, candidate)
    for words in ("附件应为JPG、PNG或者JPEG格式，大小应小于1M。", "还缺：身份证正面、身份证反面、手持身份证。"):
        expect(desk.get_by_role("dialog").get_by_text(words)).to_be_visible()
    for label in LABELS:
        expect(button(desk, SUBMIT)).to_be_disabled()
        choose(desk, label, small)
        received(desk, label)
    expect(button(desk, SUBMIT)).to_be_enabled()
    pictures, consent = (browsers.box_of(desk.locator(part)) for part in (".papers", ".agree-first"))
    assert pictures["y"] < consent["y"], "what is to be looked at comes first"
    button(desk, SUBMIT).click()
    expect(desk.get_by_role("dialog")).to_be_hidden()
    assert status(world, candidate) == "DOCUMENT_REVIEW_CITY"


def test_a_picture_in_portrait_shape_is_shown_whole(world: World, desk: Page) -> None:
    open_dialog(desk, world, wanted(world))
    choose(desk, "手持身份证", cards.jpeg(cards.held()))
    received(desk, "手持身份证")
    picture = browsers.box_of(card_of(desk, "手持身份证").get_by_role("img"))
    frame = browsers.box_of(card_of(desk, "手持身份证").locator(".paper-shown"))
    assert picture["height"] <= frame["height"]


def test_a_large_picture_that_is_damaged_is_not_made_sound_by_making_it_small(world: World, desk: Page) -> None:
    open_dialog(desk, world, wanted(world))
    choose(desk, "身份证正面", cards.large(6)[: 5 << 20] + b"\xff\xd9")
    expect(card_of(desk, "身份证正面")).to_contain_text("照片文件不完整")


def test_a_six_megabyte_picture_is_made_small_and_stays_legible(world: World, desk: Page) -> None:
    candidate = wanted(world)
    open_dialog(desk, world, candidate)
    picture = cards.large(6)
    assert len(picture) > 6 << 20
    choose(desk, "身份证正面", picture)
    received(desk, "身份证正面")
    size, width, height = stored(world, candidate)["front"]
    assert size < 1_048_576
    assert width >= 1600
    assert width > height, "turned as EXIF says"
    address = card_of(desk, "身份证正面").get_by_role("img").get_attribute("src")
    assert cards.print_on(desk.request.get(f"{world.origin}{address}").body()) == cards.PRINTED


def test_files_are_dropped_onto_slots_and_nowhere_else(world: World, desk: Page, small: bytes) -> None:
    candidate = wanted(world)
    open_dialog(desk, world, candidate)
    agree(desk)
    drop(desk, "back", small)
    received(desk, "身份证反面")
    drop(desk, None, small)
    expect(desk.get_by_text("还缺：身份证正面、手持身份证。")).to_be_visible()
    assert list(stored(world, candidate)) == ["back"]


def test_what_is_wrong_is_said_at_the_slot_and_the_others_stay(world: World, desk: Page, small: bytes) -> None:
    open_dialog(desk, world, wanted(world))
    choose(desk, "身份证正面", small)
    received(desk, "身份证正面")
    choose(desk, "身份证反面", b"%PDF-1.7 no picture".ljust(9000), "card.pdf")
    expect(card_of(desk, "身份证反面").get_by_role("alert")).to_contain_text("这不是 JPEG、PNG 或 HEIC 照片")
    choose(desk, "手持身份证", b"not a picture".ljust(2 << 20), "me.heic")
    expect(card_of(desk, "手持身份证").get_by_role("alert")).to_contain_text("不能缩小到1M以下")
    received(desk, "身份证正面")
    choose(desk, "身份证反面", small)
    received(desk, "身份证反面")
    expect(card_of(desk, "身份证反面").locator(".error")).to_be_empty()


def test_it_works_with_the_keyboard_alone(world: World, desk: Page, small: bytes) -> None:
    desk.on("filechooser", lambda _: None)  # choosers are caught from here on; a key may be faster than the catching
    open_dialog(desk, world, wanted(world))
    desk.get_by_role("checkbox").press("Space")
    button(desk, "上传身份证正面附件").focus()
    with desk.expect_file_chooser() as chooser:
        desk.keyboard.press("Enter")
    chooser.value.set_files({"name": "card.jpg", "mimeType": "image/jpeg", "buffer": small})
    received(desk, "身份证正面")
    expect(button(desk, "上传身份证正面附件")).to_be_focused()
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(card_of(desk, "身份证正面").get_by_text("未上传")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("dialog")).to_be_hidden()


def test_a_passport_has_no_back(world: World, desk: Page, small: bytes) -> None:
    candidate = wanted(world, "普通护照")
    open_dialog(desk, world, candidate)
    expect(desk.get_by_role("heading", name="证件附件", exact=True)).to_be_visible()
    expect(desk.locator(".paper")).to_have_count(2)
    for label in ("护照资料页", "手持护照"):
        choose(desk, label, small)
        received(desk, label)
    button(desk, OF_OTHERS).click()
    expect(desk.get_by_role("dialog")).to_be_hidden()
    assert status(world, candidate) == "FULL_REVIEW_CITY"


def take(hand: Page, label: str) -> None:
    """The slot, the camera, a look, and back to the slots."""
    button(hand, f"拍{label}").click()
    expect(button(hand, "拍照")).to_be_enabled()
    button(hand, "拍照").click()
    button(hand, "使用这张照片").click()


def test_a_phone_sends_them_through_the_pairing(world: World, desk: Page, paper_browser: Browser) -> None:
    candidate = wanted(world)
    open_dialog(desk, world, candidate)
    desk.get_by_role("link", name="用手机拍证件").click()
    with browsers.phone(paper_browser) as context:
        hand = context.new_page()
        hand.goto(read_code(desk))
        expect(hand.get_by_text("拍摄证件附件")).to_be_visible()
        expect(desk.locator("output.number:not(.empty)")).to_be_visible()
        steps.confirm(hand)
        for label in LABELS:
            take(hand, label)
            received(desk, label)
        expect(hand.get_by_role("heading", name="请回到电脑继续")).to_be_visible()
        button(desk, SUBMIT).click()
        expect(desk.get_by_role("dialog")).to_be_hidden()
        expect(hand.get_by_role("heading", name="证件附件已提交")).to_be_visible()
        expect(hand.get_by_text("照片已提交")).to_have_count(0)
    assert status(world, candidate) == "DOCUMENT_REVIEW_CITY"


def test_a_phone_alone_is_enough(world: World, paper_browser: Browser) -> None:
    candidate = wanted(world)
    with browsers.phone(paper_browser) as context:
        hand = context.new_page()
        open_dialog(hand, world, candidate)
        agree(hand)
        button(hand, "用本机拍照").click()
        for label in LABELS:
            take(hand, label)
        expect(button(hand, SUBMIT)).to_be_enabled()
        for size, width, height in stored(world, candidate).values():
            assert size < 1_048_576
            assert max(width, height) >= 960
        button(hand, SUBMIT).click()
        expect(hand.get_by_role("dialog")).to_be_hidden()
    assert status(world, candidate) == "DOCUMENT_REVIEW_CITY"


def test_a_file_on_the_phone_instead_of_the_camera(world: World, desk: Page, blind_browser: Browser) -> None:
    candidate = wanted(world)
    open_dialog(desk, world, candidate, by_phone=True)
    with browsers.phone(blind_browser) as context:
        hand = context.new_page()
        hand.goto(read_code(desk))
        steps.confirm(hand)
        button(hand, "拍身份证正面").click()
        expect(hand.get_by_role("heading", name="没有找到摄像头")).to_be_visible()
        with hand.expect_file_chooser() as chooser:
            button(hand, "上传照片").click()
        chooser.value.set_files({"name": "card.jpg", "mimeType": "image/jpeg", "buffer": cards.large(3)})
        button(hand, "使用这张照片").click()
        received(desk, "身份证正面")
    size, width, _height = stored(world, candidate)["front"]
    assert size < 1_048_576
    assert width >= 1600
