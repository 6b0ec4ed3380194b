"""What an office does in its first days, in a browser and on its machine."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from app.base.clock import SystemClock
from tests import lists
from tests.e2e import offices, steps
from tests.e2e.accounts import choose_password, give_password
from tests.e2e.browsers import read_code
from tests.e2e.parent_site import BUTTON
from tests.e2e.steps import button
from tests.e2e.test_axe import serious
from tests.e2e.world import ROOT, World

PEOPLE = 2_000
REVIEWERS = "tulip kettle moon"
PLACE = "越秀区"


def is_fine(page: Page, name: str) -> None:
    """Nothing on this page keeps people out."""
    assert serious(page) == [], name


def files(folder: Path) -> list[tuple[str, Path]]:
    """The office's own lists, each in a form that offices have them in: kind, file."""
    people = lists.candidates(PEOPLE)
    return [
        ("offices", lists.write_xlsx(folder / "考办.xlsx", lists.offices())),
        ("batches", lists.write_csv(folder / "批次.csv", lists.batches(SystemClock().now()), "gb18030")),
        ("programmes", lists.write_xlsx(folder / "专业.xlsx", lists.programme())),
        ("candidates", lists.write_xlsx(folder / "考生.xlsx", people)),
        ("results", lists.write_csv(folder / "成绩.csv", list(lists.results(people)), "gb18030")),
        ("register", lists.write_csv(folder / "人口库.csv", list(lists.register(people)))),
    ]


def bring_in(page: Page, world: World, kind: str, file: Path) -> None:
    """Choose the kind and the file, look at what is said, 确认导入."""
    page.goto(f"{world.origin}/operate/imports")
    page.get_by_label("内容和格式").select_option(kind)
    page.get_by_label("文件（").set_input_files(file)
    button(page, "上传并检查").click()
    expect(page.get_by_text("每一行都可以导入")).to_be_visible()
    is_fine(page, f"{kind}, checked")
    button(page, "确认导入").click()
    expect(page.get_by_text("导入完成")).to_be_visible()


def make_reviewer(page: Page, world: World) -> str:
    """A reviewer of Guangzhou's office; their one-time password."""
    page.goto(f"{world.origin}/operate/staff")
    page.get_by_role("link", name="添加工作人员").click()
    page.get_by_label("登录名").fill("guangzhou.li")
    page.get_by_label("姓名").fill("李审核")
    page.get_by_label("角色").select_option(label="审核员")
    page.get_by_label("考办").select_option(label="广州市考办")
    button(page, "添加").click()
    return page.locator("#password").inner_text()


def come_in(page: Page, world: World, site: str, number: str) -> None:
    """A click in the parent system, and a look at the name."""
    page.goto(f"{site}/?candidate={number}")
    button(page, BUTTON).click()
    button(page, "是我，进入").click()
    expect(page).to_have_url(f"{world.origin}/apply")


def apply_and_be_photographed(desk: Page, hand: Page) -> None:
    """办理地点, 申请, the code, the phone, 我已摄像完成，下一步."""
    desk.get_by_role("link", name="毕业预测").click()
    expect(desk.get_by_role("heading", name="预测通过：您可以申请毕业")).to_be_visible()
    desk.get_by_role("link", name="毕业申请及图像采集").click()
    expect(desk.get_by_label("办理地点").locator("option:checked")).to_have_text(PLACE)
    button(desk, "申请").click()
    expect(desk.get_by_role("dialog", name="毕业相片")).to_be_visible()
    steps.confirm(desk)
    button(desk, "我知道了，去拍照").click()
    steps.to_camera(hand, read_code(desk))
    steps.photograph(desk, hand)


def approve(page: Page, world: World, number: str, password: str) -> None:
    """The reviewer's first day."""
    give_password(page, world.origin, "guangzhou.li", password)
    choose_password(page, password, REVIEWERS, is_fine)
    page.goto(f"{world.origin}/review")
    page.get_by_role("link", name=number).click()
    expect(page.locator("#decide")).to_be_visible()
    offices.approve(page)


def export(page: Page, world: World, folder: Path) -> bytes:
    """The registered photos of Guangzhou, as one ZIP."""
    page.goto(f"{world.origin}/operate/exports")
    page.get_by_label("办理城市").select_option("440100")
    button(page, "预览").click()
    button(page, "开始导出").click()
    expect(page.get_by_role("heading", name="里面有什么")).to_be_visible()
    with page.expect_download() as waited:
        page.get_by_role("link", name=re.compile("^下载")).click()
    waited.value.save_as(folder / "photos.zip")
    return (folder / "photos.zip").read_bytes()


def check_zip(body: bytes, number: str, registered: str) -> None:
    """Names, sums, pixels, dpi."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None
        sums = dict(line.split("  ")[::-1] for line in archive.read("SHA256SUMS").decode().splitlines())
        found = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
        assert sums == {name: value for name, value in found.items() if name != "SHA256SUMS"}
        assert [name for name in found if name.endswith(".jpg")] == [f"photos/{number}.jpg"]
        assert found[f"photos/{number}.jpg"] == registered
        with Image.open(archive.open(f"photos/{number}.jpg")) as photo:
            assert (photo.size, photo.info["dpi"], photo.format) == ((480, 640), (300, 300), "JPEG")


def flask(world: World, *words: str) -> str:
    """A command on the machine of this world; what it says."""
    command = [sys.executable, "-m", "flask", *words]
    environment = {**world.environment, "FLASK_APP": "app"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr
