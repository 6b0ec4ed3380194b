"""What people do, in the words of the procedure."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

PASSWORD = "zikao-demo"
NEXT = "我已摄像完成，下一步"
AGREE = "我已阅读并同意本次《考试采集相关条例》"


def button(page: Page | Locator, name: str) -> Locator:
    """The button with exactly this name."""
    return page.get_by_role("button", name=name, exact=True)


def log_in(page: Page, origin: str, name: str, password: str = PASSWORD) -> None:
    """准考证号, 密码, 登录."""
    page.goto(f"{origin}/login")
    page.get_by_label("准考证号").fill(name)
    page.get_by_label("密码").fill(password)
    button(page, "登录").click()
    expect(button(page, "退出")).to_be_visible()


def open_dialog(page: Page) -> None:
    """申请."""
    button(page, "申请").click()
    expect(page.get_by_role("dialog", name="毕业相片")).to_be_visible()


def confirm(page: Page) -> None:
    """The tick, 确认无误."""
    page.get_by_label(AGREE).check()
    button(page, "确认无误").click()


def to_specification(page: Page, origin: str, name: str) -> None:
    """From the login to the specification."""
    log_in(page, origin, name)
    page.wait_for_load_state()  # what is folded opens with the scripts, and moves the button that is pressed
    open_dialog(page)
    confirm(page)


def to_code(page: Page, origin: str, name: str) -> None:
    """A desktop from the login to the QR code."""
    to_specification(page, origin, name)
    button(page, "我知道了，去拍照").click()
    page.locator("#qr img").wait_for()


def to_camera(page: Page, link: str) -> None:
    """A phone from the scan to the camera."""
    page.goto(link)
    confirm(page)
    button(page, "我知道了，去拍照").click()
    expect(button(page, "拍照")).to_be_enabled()


def take_and_send(page: Page) -> None:
    """拍照, look, 使用这张照片."""
    button(page, "拍照").click()
    button(page, "使用这张照片").click()


def photograph(desk: Page, hand: Page) -> None:
    """The phone, at its camera, takes the picture; the desktop shows it and hands it over."""
    take_and_send(hand)
    expect(hand.get_by_role("heading", name="请回到电脑继续")).to_be_visible()
    expect(desk.get_by_role("img", name="手机传来的照片")).to_be_visible()
    button(desk, NEXT).click()
    expect(desk.get_by_role("dialog", name="毕业相片")).to_be_hidden()


def hand_over(page: Page) -> None:
    """我已摄像完成，下一步."""
    expect(button(page, NEXT)).to_be_enabled()
    button(page, NEXT).click()
    expect(page.get_by_text("已提交市考办审核")).to_be_visible()
