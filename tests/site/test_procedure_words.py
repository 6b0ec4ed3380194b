"""The words of the official procedure stand where it says: people have the printed procedure in hand."""

from __future__ import annotations

import pytest

from tests.house.tree import ROOT
from tests.page import Page, words
from tests.world import World

MENU = ["系统管理", "公开查询", "报考", "考籍管理", "毕业管理"]
SIDE = ["毕业预测", "毕业申请及图像采集", "上一次申请结果", "打印毕业生登记表", "学历管理"]
STEPS = ["确认信息", "申请毕业并采集毕业证照", "打印毕业生登记表", "现场提交材料"]
RECORDS = [
    "准考证号",
    "姓名",
    "性别",
    "户口所在地",
    "出生日期",
    "证件类型",
    "证件号",
    "民族",
    "政治面貌",
    "层次",
    "籍贯",
    "港澳台侨",
    "学历",
    "考生类别",
    "职业",
    "联系电话",
    "助学单位",
    "通讯地址",
    "报考专业",
    "专业建设主考学校",
    "课程组",
    "承办主考学校",
]


def listed(page: Page, kind: str) -> list[str]:
    """The words of the list with this class, without what stands in small print."""
    [found] = [each for each in page.all("ul", "ol") if each.get("class") == kind]
    return [words(item).removesuffix("即将开放").strip() for item in found.iter("li")]


@pytest.mark.parametrize("path", ["/apply", "/forecast", "/education", "/print"])
def test_the_menus_have_their_names_everywhere(world: World, path: str) -> None:
    page = world.desk().go(path)
    assert listed(page, "top-menu") == MENU
    assert listed(page, "side-menu") == SIDE


def test_the_strip_tells_the_four_steps(world: World) -> None:
    [strip] = [each for each in world.desk().go("/apply").all("nav") if each.get("class") == "strip"]
    assert words(strip).startswith("毕业办理步骤：")
    assert [words(item) for item in strip.iter("li")] == STEPS


def test_every_field_of_the_records_is_shown_with_its_value(world: World) -> None:
    page = world.desk().go("/apply")
    shown = {words(each) for each in page.all("dt", "label")}
    assert [name for name in RECORDS if name not in shown] == []
    assert "A050226 商务英语(专科)" in page.text


def test_the_dialog_begins_with_confirming_who_one_is(world: World) -> None:
    desk = world.desk()
    page = desk.open_dialog()
    for text in ("毕业相片", "请确认学生信息", "姓名", "证件号", "我已阅读并同意本次《考试采集相关条例》", "确认无误"):
        assert text in page.text
    assert "我已摄像完成，下一步" in page.text
    assert "取消" in page.text


def test_then_it_tells_how_the_picture_has_to_be(world: World) -> None:
    page = world.desk().to_specification()
    for text in (
        "照片采集规范",
        "请上传50KB以上，像素不低于600*800的照片",
        "建议站白墙前，用后置摄像头拍照，效果更佳",
        "80–100",
        "过亮",
        "过暗",
        "光照不均",
        "未居中",
        "我知道了，去拍照",
    ):
        assert text in page.text


def test_then_it_shows_the_code(world: World) -> None:
    desk = world.desk()
    assert "建议使用微信或主流浏览器进行扫码" in desk.to_code().text
    assert not desk.page.has_button("我已摄像完成，下一步")


def test_the_phone_says_the_same_words() -> None:
    said = (ROOT / "static/words/phone.zh.js").read_text()
    for text in (
        "照片上传",
        "请确认学生信息",
        "确认无误",
        "照片采集规范",
        "建议站白墙前，用后置摄像头拍照，效果更佳",
        "我知道了，去拍照",
    ):
        assert f'"{text}' in said, text
