"""The workbook: every table, numbers as numbers, texts as texts."""

from __future__ import annotations

import io
import zipfile

import pytest

from app.statistics.book_views import workbook
from app.statistics.table_rules import FigureRow, FigureTable
from tests.statistics.history import History
from tests.statistics.reading import sheets
from tests.visitors import Visitor

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EVIL = '=HYPERLINK("http://evil.invalid","x")'


@pytest.mark.usefixtures("history")
def test_all_tables_are_in_it(operator: Visitor) -> None:
    answer = operator.get("/operate/statistics/book.xlsx")
    assert (answer.status_code, answer.mimetype) == (200, KIND)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="statistics-20261101-20261122.xlsx"'
    found = sheets(answer.data)
    assert list(found) == [
        "办理情况",
        "每日办理",
        "各市每日申请",
        "各市每日办理",
        "自动检查",
        "退回照片",
        "退回附件",
        "一次通过",
        "拍照用时",
        "审核等待",
    ]
    assert found["办理情况"][0] == ["这段时间的申请现在办到哪一步 · 全部考办 · 2026-11-01 至 2026-11-22"]
    assert found["办理情况"][3] == ["广州市考办", 5, 0, 0, 1, 0, 0, 1, 1, 1, 1]
    assert found["每日办理"][3] == ["2026-11-10", 0, 0, 0, 1, 0, 0, 0, 0]
    assert found["一次通过"][-3] == ["合计", 4, 1, 25]
    assert found["拍照用时"][4] == ["在本机拍照", 1, "少于 3 人", "少于 3 人"]


def test_of_one_city_and_other_days(history: History, operator: Visitor) -> None:
    address = f"/operate/statistics?span=days&from=2026-11-04&to=2026-11-04&office={history.shenzhen.id}"
    page = operator.go(address)
    found = sheets(operator.get(page.link("下载全部表格（xlsx）")).data)
    assert found["办理情况"][0] == ["这段时间的申请现在办到哪一步 · 深圳市考办 · 2026-11-04 至 2026-11-04"]
    assert found["办理情况"][3] == ["深圳市考办", 1, 0, 0, 0, 0, 0, 1, 0, 0, 0]
    assert len([row for row in found["办理情况"] if len(row) > 1]) == 2, "the heads and the city"


def test_without_anything_each_sheet_says_so(operator: Visitor) -> None:
    found = sheets(operator.get("/operate/statistics/book.xlsx").data)
    assert ["这段时间没有收到照片。"] in found["自动检查"]
    assert len(found) == 10


@pytest.mark.parametrize("text", [EVIL, "+1", "-1", "@x", "http://evil.invalid", "12"])
def test_no_text_becomes_anything_else(text: str) -> None:
    rows = (FigureRow(text, (text, 3)),)
    body = workbook([FigureTable("x", "一", text, (text,), rows, text, (text,))], text)
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert not [name for name in book.namelist() if "rels" in name and "sheet" in name], "no link to anywhere"
    assert "<f>" not in sheet
    assert "<v>3</v>" in sheet
    assert sheets(body)["一"][3] == [text, text, 3]
