"""From an approved candidate to the ZIP that an operator opens: names, sums, pixels, dpi."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import pyzipper
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.e2e import browsers, offices, steps
from tests.e2e.conftest import newcomer
from tests.e2e.steps import button
from tests.e2e.test_axe import serious
from tests.e2e.world import World

pytestmark = pytest.mark.e2e

PASSWORD = re.compile(r"(?:[A-Z2-9]{4}-){4}[A-Z2-9]{4}")


@pytest.fixture(scope="module")
def submitted(world: World, browser: Browser) -> str:
    """Somebody whose portrait was taken, approved by the office of Guangzhou, and submitted; the 准考证号."""
    number = newcomer(world)
    with browsers.desktop(browser) as context:
        context.grant_permissions(["camera"])
        page = context.new_page()
        steps.to_specification(page, world.origin, number)
        button(page, "我知道了，去拍照").click()
        button(page, "用本机拍照").click()
        expect(button(page, "拍照")).to_be_enabled()
        steps.take_and_send(page)
        steps.hand_over(page)
        with browsers.desktop(browser) as elsewhere:
            reviewer = elsewhere.new_page()
            offices.open_case(reviewer, world.origin, "guangzhou", number)
            button(reviewer, "通过").click()
            expect(reviewer.locator(".undo")).to_contain_text("已通过")
        page.reload()
        button(page, "申请").click()
        expect(page.get_by_text("毕业申请已提交").first).to_be_visible()
    return number


@pytest.fixture
def operator(world: World, browser: Browser) -> Iterator[Page]:
    """A PC of the operator, at the page of exports."""
    with browsers.desktop(browser) as context:
        page = context.new_page()
        steps.log_in(page, world.origin, "operator")
        page.goto(f"{world.origin}/operate")
        page.get_by_role("link", name="导出").click()
        expect(page.get_by_role("heading", name="导出", exact=True)).to_be_visible()
        yield page


def preview(page: Page) -> None:
    page.get_by_label("办理城市").select_option("440100")
    button(page, "预览").click()
    expect(page.get_by_role("heading", name="这次会导出什么")).to_be_visible()


def made(page: Page) -> None:
    """The page of an export, once it is made: it says so by itself."""
    expect(page.get_by_role("heading", name="里面有什么")).to_be_visible()


def downloaded(page: Page, folder: Path) -> Path:
    with page.expect_download() as waited:
        page.get_by_role("link", name=re.compile("^下载")).click()
    file = folder / waited.value.suggested_filename
    waited.value.save_as(file)
    return file


def test_what_was_registered_is_what_comes_out(world: World, operator: Page, submitted: str, tmp_path: Path) -> None:
    preview(operator)
    button(operator, "开始导出").click()
    made(operator)
    file = downloaded(operator, tmp_path)
    assert re.fullmatch(r"photos-\d{6}-440100-\d+\.zip", file.name)
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        name = f"photos/{submitted}.jpg"
        body = archive.read(name)
        sums = dict(line.split("  ")[::-1] for line in archive.read("SHA256SUMS").decode().splitlines())
        assert sums == {each: hashlib.sha256(archive.read(each)).hexdigest() for each in archive.namelist()[:-1]}
        with Image.open(archive.open(name)) as image:
            assert (image.size, image.info["dpi"], image.format) == ((480, 640), (300, 300), "JPEG")
    [(registered,)] = world.rows(
        "SELECT registered_sha256 FROM capture JOIN application a ON a.id = application_id JOIN candidate c"
        " ON c.id = a.candidate_id WHERE c.exam_number = ? AND capture.ended_at IS NULL",
        submitted,
    )
    assert hashlib.sha256(body).hexdigest() == registered == sums[name]
    operator.get_by_role("link", name="导出此后的变化").click()
    button(operator, "开始导出").click()
    made(operator)
    expect(operator.get_by_text("没有变化")).to_be_visible()


def test_a_sealed_zip_opens_with_what_the_page_showed_once(operator: Page, submitted: str, tmp_path: Path) -> None:
    operator.get_by_label("给压缩包加密").check()
    preview(operator)
    button(operator, "开始导出").click()
    password = PASSWORD.findall(operator.locator("main").inner_text())[0]
    operator.get_by_role("link", name=re.compile("号导出")).click()
    made(operator)
    assert password not in operator.content()
    with pyzipper.AESZipFile(downloaded(operator, tmp_path)) as archive:
        archive.setpassword(password.encode())
        assert archive.read(f"photos/{submitted}.jpg")[:2] == b"\xff\xd8"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_are_for_everybody(world: World, operator: Page, submitted: str, language: str) -> None:
    if language == "en":
        operator.locator(".language button[value=en]").click()
    assert serious(operator) == []
    operator.goto(f"{world.origin}/operate/exports?preview=yes&city=440100&sealed=yes")
    assert serious(operator) == []
    operator.locator("#preview button").click()
    assert serious(operator) == []
    operator.locator("td a").click()
    operator.locator("main a[download]").wait_for()
    assert serious(operator) == []
    assert submitted
