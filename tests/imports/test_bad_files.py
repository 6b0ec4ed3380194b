"""Files that cannot be imported: each with a clear answer, and nothing is written."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter

from app.identity.model import Candidate
from tests.imports.lists import LAYOUTS, Given, as_csv, as_xlsx, bring, found, line, person, refusal, table
from tests.world import World

LAYOUT = LAYOUTS["candidates"]


def rows(count: int = 3) -> list[list[Given]]:
    return table(LAYOUT, [person(number) for number in range(count)])


def a_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("readme.txt", "no workbook")
    return out.getvalue()


DBF = bytes([3, 126, 12, 1]) + struct.pack("<IHH", 5, 65, 13) + b"\0" * 20
FIELD = b"ZKZH".ljust(11, b"\0") + b"C" + b"\0" * 4 + bytes([12]) + b"\0" * 15

CASES = {
    "nothing": (b"", "文件是空的"),
    "blanks": (b"\n\n  \n", "文件是空的"),
    "a picture": (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 60, "不是 xlsx、csv 或 dbf"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 Excel"),
    "another zip": (a_zip(), "不是 xlsx、csv 或 dbf"),
    "half a workbook": (as_xlsx(rows())[:900], "已损坏或不完整"),
    "another list": ("菜名,价格\n白切鸡,38\n".encode(), "没有找到表头"),
    "headings alone": (as_csv(rows(0)), "只有表头"),
    "a dbf that was cut": (DBF + FIELD + b"\r" + b" 010100000001", "说明有 5 条记录，实际只有 1 条"),
    "an open quote": (as_csv(rows()) + b'"open,and\nnever closed', "引号不成对"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_file_that_is_none(world: World, case: str) -> None:
    body, words = CASES[case]
    assert words in refusal(world, "candidates", body)
    assert world.rows(Candidate) == []


def test_a_column_that_is_missing_or_stands_twice_is_named(world: World) -> None:
    lacking = [row[:1] + row[2:] for row in rows()]
    assert refusal(world, "candidates", as_csv(lacking)) == "缺少必需的列：姓名。请补上，或选择另一种格式。"
    doubled = [[*row, row[1]] for row in rows()]
    words = refusal(world, "candidates", as_csv(doubled))
    assert words == f"“姓名”这一列出现了两次（第 2 列和第 {len(doubled[0])} 列）。请删去一列。"


def test_a_column_under_another_name_is_told_beside_what_is_missing(world: World) -> None:
    some = rows()
    some[0][1] = "考生姓名"
    assert refusal(world, "candidates", as_csv(some)).startswith("缺少必需的列：姓名。文件里这些列不认识：考生姓名。")


@pytest.mark.parametrize(("given", "chosen"), [("results", "candidates"), ("candidates", "register")])
def test_a_list_of_another_kind_is_not_taken_for_this_one(world: World, given: str, chosen: str) -> None:
    meant, wanted = (LAYOUTS[each].title.partition("（")[0] for each in (given, chosen))
    words = refusal(world, chosen, as_csv(table(LAYOUTS[given], [line(given)])))
    assert words.startswith(f"这个文件像是“{meant}”，不是“{wanted}”。请在“内容和格式”里选择“{meant}”")


def test_a_list_with_more_than_another_kind_has_is_what_was_chosen(world: World) -> None:
    bring(world, "candidates", as_csv(rows()))
    results = table(LAYOUTS["results"], [line("results")])
    both = [[*one, *two[1:]] for one, two in zip(rows(1), results, strict=True)]
    assert bring(world, "results", as_csv(both)).new == 1


def test_a_column_that_nobody_knows_is_told_and_not_used(world: World) -> None:
    body = as_csv([[*row, "备注"] for row in rows()])
    report = bring(world, "candidates", body)
    assert (report.new, report.ignored) == (3, ["备注"])


def test_of_several_sheets_the_one_that_fits_is_taken_or_what_is_there_is_said(world: World) -> None:
    other: list[list[Given]] = [["课程", "学分"], ["英语", 4.0]]
    fitting = rows()
    assert bring(world, "candidates", as_xlsx(other, fitting)).new == 3
    assert "几张工作表都符合：“Sheet1”、“Sheet2”" in refusal(world, "candidates", as_xlsx(fitting, fitting))
    lacking = [row[2:] for row in rows()]
    words = refusal(world, "candidates", as_xlsx(other, lacking))
    assert "最接近的是“Sheet2”，缺少：准考证号、姓名" in words


@pytest.mark.parametrize(("first", "second"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_an_encoding_that_changes_in_the_middle_is_named_with_its_row(world: World, first: str, second: str) -> None:
    some = rows(6)
    body = as_csv(some[:5], first) + as_csv([[*some[5][:1], "凯", *some[5][2:]]], second)
    words = refusal(world, "candidates", body)
    assert words.startswith(f"第 6 行起的编码与前面不同：文件开头是 {first.upper()}，这里不是")
    assert world.rows(Candidate) == []


@pytest.mark.parametrize(("first", "second"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_the_row_is_right_where_lines_end_as_on_an_old_mac(world: World, first: str, second: str) -> None:
    body = as_csv(rows(6)[:5], first) + as_csv([[*rows(6)[5][:1], "凯", *rows(6)[5][2:]]], second)
    assert refusal(world, "candidates", body.replace(b"\r\n", b"\r")).startswith("第 6 行起的编码与前面不同")


def test_a_quote_that_is_never_closed_is_named_with_the_row_where_it_opens(world: World) -> None:
    lines = as_csv(rows(2000)).split(b"\r\n")
    lines[700] = lines[700].replace("陈思远".encode(), '"陈思远'.encode())
    assert refusal(world, "candidates", b"\r\n".join(lines)).startswith("第 701 行里的引号不成对")


def test_a_text_in_utf_16_that_is_cut_off_is_named(world: World) -> None:
    assert "已损坏或不完整" in refusal(world, "candidates", as_csv(rows(), "utf-16")[:-1])


@pytest.mark.parametrize("mark", ["\t", ";", "|"])
def test_a_title_does_not_hide_by_what_cells_are_parted(world: World, mark: str) -> None:
    lines = [mark.join(map(str, row)) for row in rows()]
    body = "\n".join(["广东省，2026年下半年,考生名单", "", *lines]).encode()
    assert bring(world, "candidates", body).new == 3


def test_merged_cells_are_named_by_their_range(world: World) -> None:
    report = bring(world, "candidates", as_xlsx(rows(4), merged="C3:C4"))
    words = "C3:C4 是合并的单元格。请取消合并，在每一行填写内容。"
    assert found(report) == [(3, "", words), (4, "", words)]
    assert (report.wrong, world.rows(Candidate)) == (2, [])


def test_empty_rows_are_passed_over_and_numbers_stay_right(world: World) -> None:
    some = table(LAYOUT, [person(1), person(2, sex="？")])
    some.insert(2, [""] * len(some[0]))
    report = bring(world, "candidates", as_csv(some))
    assert (report.empty, [row for row, *_ in found(report)]) == (1, [4])


def test_a_row_with_more_cells_than_headings_is_named(world: World) -> None:
    some = rows(2)
    some[1].append("多出")
    assert found(bring(world, "candidates", as_csv(some)))[0][::2] == (
        2,
        "这一行比表头多出 1 格。请检查多余的分隔符或引号。",
    )


def workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        fill(book)
    return out.getvalue()


def sheet(book: xlsxwriter.Workbook, name: str = "Sheet1") -> xlsxwriter.worksheet.Worksheet:
    made = book.add_worksheet(name)
    for at, row in enumerate(rows()):
        made.write_row(at, 0, row)
    return made


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "#VALUE!"])
@pytest.mark.parametrize("heading", ["民族", "姓名", "出生日期"])
def test_what_a_formula_did_not_find_is_named_in_every_column(world: World, heading: str, error: str) -> None:
    at = rows()[0].index(heading)
    body = workbook(lambda book: sheet(book).write_formula(2, at, "=NA()", None, error))
    report = bring(world, "candidates", body)
    assert [(each.place, each.heading, each.facts["value"]) for each in report.findings] == [(3, heading, error)]


def test_a_sheet_that_nobody_sees_is_not_taken(world: World) -> None:
    def two(book: xlsxwriter.Workbook) -> None:
        sheet(book, "名单")
        sheet(book, "去年").hide()

    assert bring(world, "candidates", workbook(two)).new == 3


def test_a_workbook_that_unpacks_to_more_than_a_list_can_be_is_refused_before_it_is_unpacked(world: World) -> None:
    with zipfile.ZipFile(io.BytesIO(as_xlsx(rows()))) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        for name, body in parts.items():
            bomb.writestr(name, body)
        with bomb.open("xl/media/image1.bin", "w", force_zip64=True) as large:
            for _piece in range(1025):
                large.write(bytes(1 << 20))
    assert "文件解开后超过 1024 MB" in refusal(world, "candidates", out.getvalue())
