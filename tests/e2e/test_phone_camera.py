"""The camera of the phone page: every way it can fail has its words, its reason on the PC, and a way on."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, Playwright, expect

from tests.e2e import browsers, scenes, steps
from tests.e2e.browsers import read_code
from tests.e2e.steps import button
from tests.e2e.world import World
from tests.pictures import portrait, portrait_jpeg

pytestmark = pytest.mark.e2e

USE = "使用这张照片"
FILE: FilePayload = {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": portrait_jpeg()}

FIRST_BUSY = """const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
let asked = 0;
navigator.mediaDevices.getUserMedia = (what) =>
  asked++ ? real(what) : Promise.reject(new DOMException("in use", "NotReadableError"));"""
NO_CAMERAS_HERE = "Object.defineProperty(navigator, 'mediaDevices', { value: undefined })"
COUNTED = """const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
let opened = 0;
navigator.mediaDevices.getUserMedia = (what) => real(what).finally(() => (document.body.dataset.opened = ++opened));"""
ENDS = """() => {
  const [track] = document.querySelector("video").srcObject.getTracks();
  track.stop();
  track.dispatchEvent(new Event("ended"));
}"""
TWO_LENSES = """const real = navigator.mediaDevices;
const lens = (deviceId, label) => ({ deviceId, label, kind: "videoinput", groupId: "" });
real.enumerateDevices = async () => [lens("front", "camera2 1, facing front"), lens("main", "camera2 0, facing back"),
  lens("ir", "Infrared camera")];
const ask = real.getUserMedia.bind(real);
window.asked = [];
real.getUserMedia = async ({ video }) => {
  const id = video.deviceId?.exact ?? "front";
  window.asked.push(id);
  const stream = await ask({ video: { width: video.width, height: video.height } });
  const [track] = stream.getVideoTracks();
  track.getSettings = () => ({ deviceId: id, facingMode: id === "front" ? "user" : "environment" });
  return stream;
};"""


def to_specification(desk: Page, hand: Page, world: World, candidate: str) -> Locator:
    """The PC shows a code, the phone has scanned it and confirmed."""
    steps.to_code(desk, world.origin, candidate)
    hand.goto(read_code(desk))
    steps.confirm(hand)
    return button(hand, "我知道了，去拍照")


def send_file(hand: Page) -> None:
    """上传照片 from whatever page offers it, through to the end."""
    with hand.expect_file_chooser() as chooser:
        button(hand, "上传照片").click()
    chooser.value.set_files(FILE)
    button(hand, USE).click()
    expect(hand.get_by_role("heading", name="请回到电脑继续")).to_be_visible()


def test_permission_denied_says_how_to_get_it_back_and_takes_a_file(
    world: World, browser: Browser, desk: Page, candidate: str
) -> None:
    with browsers.phone(browser, camera=False) as context:
        hand = context.new_page()
        hand.add_init_script(
            "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))"
        )
        to_specification(desk, hand, world, candidate).click()
        expect(hand.get_by_role("heading", level=2)).to_contain_text("摄像头权限")
        expect(button(hand, "重试")).to_be_visible()
        expect(desk.get_by_text("手机上的摄像头权限被拒绝")).to_be_visible()
        send_file(hand)


def test_no_camera_on_the_phone(world: World, blind_browser: Browser, desk: Page, candidate: str) -> None:
    with browsers.phone(blind_browser) as context:
        hand = context.new_page()
        to_specification(desk, hand, world, candidate).click()
        expect(hand.get_by_role("heading", name="没有找到摄像头")).to_be_visible()
        expect(desk.get_by_text("手机上没有找到摄像头")).to_be_visible()
        send_file(hand)


def test_a_camera_in_use_opens_on_the_second_try(world: World, phone: Page, desk: Page, candidate: str) -> None:
    phone.add_init_script(FIRST_BUSY)
    to_specification(desk, phone, world, candidate).click()
    expect(phone.get_by_role("heading", name="摄像头正被其他程序占用")).to_be_visible()
    button(phone, "重试").click()
    expect(button(phone, "拍照")).to_be_enabled()


def test_a_browser_without_cameras_is_told_before_anything_is_claimed(
    world: World, phone: Page, desk: Page, candidate: str
) -> None:
    phone.add_init_script(NO_CAMERAS_HERE)
    steps.to_code(desk, world.origin, candidate)
    link = read_code(desk)
    phone.goto(link)
    expect(phone.get_by_role("heading", name="这个浏览器不能使用摄像头")).to_be_visible()
    for name in ("上传照片", "换浏览器打开", "复制链接"):
        expect(button(phone, name)).to_be_visible()
    assert phone.url == link, "the token is still there for another browser"
    with phone.expect_file_chooser() as chooser:
        button(phone, "上传照片").click()
    chooser.value.set_files(FILE)
    steps.confirm(phone)
    button(phone, USE).click()
    expect(phone.get_by_role("heading", name="请回到电脑继续")).to_be_visible()


def test_a_webcam_that_is_too_small_is_told_before_the_shutter(
    world: World, playwright: Playwright, desk: Page, candidate: str, tmp_path: Path
) -> None:
    small = browsers.launch(playwright, browsers.film(tmp_path, portrait(1280, 720)))
    with browsers.phone(small) as context:
        hand = context.new_page()
        to_specification(desk, hand, world, candidate).click()
        expect(hand.get_by_text("只有 540×720 像素")).to_be_visible()
        expect(button(hand, "拍照")).to_be_disabled()
        send_file(hand)
    small.close()


def test_a_stream_that_ends_is_opened_again(world: World, phone: Page, desk: Page, candidate: str) -> None:
    phone.add_init_script(COUNTED)
    to_specification(desk, phone, world, candidate).click()
    expect(button(phone, "拍照")).to_be_enabled()
    phone.evaluate(ENDS)
    expect(phone.locator("body")).to_have_attribute("data-opened", "2")
    steps.take_and_send(phone)
    expect(phone.get_by_role("heading", name="请回到电脑继续")).to_be_visible()


def test_the_main_back_lens_is_chosen_and_only_the_front_one_is_mirrored(
    world: World, phone: Page, desk: Page, candidate: str
) -> None:
    phone.add_init_script(TWO_LENSES)
    to_specification(desk, phone, world, candidate).click()
    expect(button(phone, "拍照")).to_be_enabled()
    assert phone.evaluate("asked") == ["front", "main"]
    expect(phone.get_by_text("后置摄像头")).to_be_visible()
    expect(phone.locator(".is-mirrored")).to_have_count(0)
    button(phone, "换镜头").click()
    expect(phone.get_by_text("前置摄像头")).to_be_visible()
    expect(phone.locator(".is-mirrored")).to_have_count(1)
    assert phone.evaluate("asked") == ["front", "main", "front"]


def test_a_phone_held_sideways_is_told_to_turn(world: World, phone: Page, desk: Page, candidate: str) -> None:
    to_specification(desk, phone, world, candidate).click()
    expect(phone.get_by_text("请把手机竖过来")).to_be_hidden()
    phone.set_viewport_size({"width": 740, "height": 360})
    expect(phone.get_by_text("请把手机竖过来")).to_be_visible()


def test_the_self_timer_counts_before_it_takes(world: World, phone: Page, desk: Page, candidate: str) -> None:
    to_specification(desk, phone, world, candidate).click()
    expect(button(phone, "拍照")).to_be_enabled()
    button(phone, "定时：关").click()
    scenes.listen(phone)
    button(phone, "拍照").click()
    expect(button(phone, USE)).to_be_visible()
    assert [each for each in phone.evaluate("[...said]") if each.isdigit()] == ["3", "2", "1"]


def test_a_small_or_plain_picture_is_sent_in_a_quality_that_makes_it_large_enough(
    world: World, playwright: Playwright, desk: Page, candidate: str, tmp_path: Path
) -> None:
    plain = browsers.launch(playwright, browsers.film(tmp_path, portrait(600, 800)))
    with browsers.phone(plain) as context:
        hand = context.new_page()
        to_specification(desk, hand, world, candidate).click()
        with hand.expect_request("**/m/captures") as sending:
            steps.take_and_send(hand)
        assert int(sending.value.headers["upload-length"]) >= 60 * 1024
        expect(hand.get_by_role("heading", name="请回到电脑继续")).to_be_visible()
    plain.close()


def test_what_is_shown_is_also_said_when_the_person_wants_it(
    world: World, phone: Page, desk: Page, candidate: str
) -> None:
    phone.add_init_script("window.said = []; speechSynthesis.speak = (words) => said.push([words.lang, words.text])")
    steps.to_code(desk, world.origin, candidate)
    phone.goto(read_code(desk))
    expect(phone.get_by_label(steps.AGREE)).to_be_visible()
    assert phone.evaluate("said") == []
    button(phone, "朗读").click()
    steps.confirm(phone)
    expect(button(phone, "我知道了，去拍照")).to_be_visible()
    button(phone, "我知道了，去拍照").click()
    expect(button(phone, "拍照")).to_be_enabled()
    phone.wait_for_function("() => said.some((each) => String(each) === 'zh-CN,让脸填满椭圆，双眼位于两线之间')")


def test_the_link_opened_on_a_computer_works_and_says_so(
    world: World, browser: Browser, desk: Page, candidate: str
) -> None:
    steps.to_code(desk, world.origin, candidate)
    with browsers.desktop(browser) as context:
        context.grant_permissions(["camera"])
        other = context.new_page()
        other.goto(read_code(desk))
        expect(other.get_by_text("您正在用电脑打开")).to_be_visible()
        expect(other.get_by_role("link", name="改用手机扫码")).to_be_visible()
        steps.confirm(other)
        button(other, "我知道了，去拍照").click()
        expect(button(other, "拍照")).to_be_enabled()
