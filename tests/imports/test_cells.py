"""What stands in a cell is taken as it is or named; nothing is guessed."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.imports.cell_rules import Cell, ColumnCheck
from app.imports.layout_rules import CellType, Column

EXAM: dict[str, object] = {"digits": 12}


def column(kind: CellType, **more: object) -> Column:
    return Column(field="x", headings=["列"], type=kind, **more)


TAKEN: list[tuple[CellType, dict[str, object], Cell, object]] = [
    ("text", {}, "  陈思远 ", "陈思远"),
    ("text", {}, "买买提·艾合买提", "买买提·艾合买提"),
    ("text", {}, "𠮷田𬭊", "𠮷田𬭊"),
    ("id", EXAM, "010126000001", "010126000001"),
    ("id", EXAM, 110126000001.0, "110126000001"),
    ("id", {}, "44010419990412000x", "44010419990412000X"),
    ("id", {"shortest": 5}, "00794", "00794"),
    ("id", {"shortest": 5}, "", ""),
    ("date", {}, "1999-04-12", "1999-04-12"),
    ("date", {}, "19990412", "1999-04-12"),
    ("date", {}, "1999/4/12", "1999-04-12"),
    ("date", {}, "1999年4月12日", "1999-04-12"),
    ("date", {}, "1999-04-12 00:00:00", "1999-04-12"),
    ("date", {}, 19990412.0, "1999-04-12"),
    ("date", {}, date(1999, 4, 12), "1999-04-12"),
    ("month", {}, "2024-04", "202404"),
    ("month", {}, "2024年4月", "202404"),
    ("month", {}, 202404.0, "202404"),
    ("number", {}, 4.0, 4),
    ("number", {}, "", 0),
    ("score", {"choices": ("合格",)}, 76.0, "76"),
    ("score", {"choices": ("合格",)}, "76.5", "76.5"),
    ("score", {"choices": ("合格",)}, "合格", "合格"),
    ("flag", {}, "是", True),
    ("flag", {}, "0", False),
    ("flag", {}, "", None),
    ("choice", {"choices": ("男", "女"), "codes": {"2": "女"}}, 2.0, "女"),
    ("moment", {}, "2026-12-01 09:00", "2026-12-01 01:00:00.000000"),
    ("moment", {}, datetime(2026, 12, 1, 9, 0), "2026-12-01 01:00:00.000000"),  # noqa: DTZ001 — as a workbook has it
]
NAMED: list[tuple[CellType, dict[str, object], Cell, str]] = [
    ("id", {}, "4.40E+17", "“4.40E+17”是科学记数法"),
    ("id", {}, 4.4010419990412e17, "“4.40E+17”是科学记数法"),
    ("text", {}, 4.4010419990412e17, "“4.40E+17”是科学记数法"),
    ("id", EXAM, 10126000001.0, "“10126000001”存成了数字，开头的 0 可能已经丢失"),
    ("id", {}, 58.0, "“58”存成了数字"),
    ("id", {}, "'44010419990412000X", "以撇号开头"),
    ("text", {}, "’陈思远", "以撇号开头"),
    ("id", {}, "４４０１０４", "“４４０１０４”含有全角字符"),
    ("id", EXAM, "01012600001", "“01012600001”应当是 12 位"),
    ("id", EXAM, "10126000001", "“10126000001”只有 11 位，应当有 12 位：开头的 0 可能已经丢失"),
    ("id", {"shortest": 5}, "794", "“794”只有 3 位，应当有 5 位"),
    ("id", {"shortest": 5}, "0794", "“0794”只有 4 位，应当有 5 位"),
    ("id", EXAM, "01012600000A", "只能由数字组成"),
    ("id", {}, "44 01", "只能由数字和字母组成"),
    ("text", {}, "陈\u200b思远", "含有看不见的字符"),
    ("text", {}, "陈思远\u200e", "含有看不见的字符"),
    ("date", {}, "1880-01-01", "“1880-01-01”的年份不对"),
    ("date", {}, date(2199, 4, 12), "“2199-04-12”的年份不对"),
    ("date", {}, 36262.0, "“36262”是表格软件内部的日期序号"),
    ("date", {}, "36262", "“36262”是表格软件内部的日期序号"),
    ("date", {}, "1999-02-30", "不是日期"),
    ("month", {}, "202413", "不是年月"),
    ("number", {}, "-1", "不是 0 或正整数"),
    ("score", {}, "缺考", "不是成绩"),
    ("score", {}, "101", "不是成绩"),
    ("choice", {"choices": ("男", "女")}, "未知", "“未知”不在允许的内容里：男、女"),
    ("text", {"required": True}, "  ", "这一格是空的"),
    ("text", {"longest": 3}, "陈思远远", "内容有 4 个字，最多 3 个"),
    ("text", {}, "陈\n思", "看不见的字符或换行"),
    ("text", {}, "陈\ufffd", "乱码"),
    ("text", {}, "锟斤拷", "乱码"),
    ("text", {}, "陈??", "原系统缺的字"),
    ("text", {}, "#N/A", "公式的错误值"),
    ("moment", {}, "明天", "不是时间"),
]


@pytest.mark.parametrize(("kind", "more", "cell", "value"), TAKEN)
def test_what_is_right_is_taken(kind: CellType, more: dict[str, object], cell: Cell, value: object) -> None:
    for around in ([cell], [cell, None, "x"]):  # beside others a whole column cannot be taken as it stands
        checked = ColumnCheck(column(kind, **more))(around)
        assert (checked.values[0], 0 in checked.wrong) == (value, False)


@pytest.mark.parametrize(("kind", "more", "cell", "words"), NAMED)
def test_what_is_not_is_named(kind: CellType, more: dict[str, object], cell: Cell, words: str) -> None:
    wrong = ColumnCheck(column(kind, **more))([cell]).wrong[0]
    assert words in (wrong.text % wrong.facts if wrong.facts else wrong.text)


@pytest.mark.parametrize("kind", ["text", "id"])
def test_the_quick_way_and_the_slow_way_say_the_same(kind: CellType) -> None:
    cells: list[Cell] = ["010126000001", "44010419990412000X", "AB12", ""]
    quick, slow = ColumnCheck(column(kind))(cells), ColumnCheck(column(kind))([*cells, None])
    assert quick.values == slow.values[:-1]
    assert quick.wrong == slow.wrong == {}
