"""Lists: the columns of a layout, every cell a text, nothing that a spreadsheet runs, nothing lost in silence."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import python_calamine

from app.application.workflow import Status
from app.base.errors import Refused
from app.exports.layout_rules import ExportKind, ExportLayout, ListFormat, WrongLayout, layouts
from app.exports.list_rules import writer_for
from app.exports.name_rules import check_template, is_refused, name_of, same_names
from app.exports.reading_actions import bytes_of
from tests.exports.approved import PHOTOS, approved, exported
from tests.world import World

PEOPLE = replace(PHOTOS, kind=ExportKind.PEOPLE, layout="chsi-graduates", template="")
RARE = "陈𠮷"  # U+20BB7 is in no cp936


def archive_of(world: World, export_id: int) -> zipfile.ZipFile:
    parts = world.dependencies
    return zipfile.ZipFile(io.BytesIO(b"".join(bytes_of(parts.db, parts.store, export_id, world.settings.secret_keys))))


def cells(archive: zipfile.ZipFile) -> list[list[str]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(archive.read("list.xlsx")))
    return [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()]


READ = """
import dbf, json, sys
table = dbf.Table(sys.argv[1], codepage="cp936")
with table.open():
    kinds = {table.field_info(name).field_type for name in table.field_names}
    rows = [[str(cell) for cell in row] for row in table]
    print(json.dumps([sorted(map(chr, kinds)), list(table.field_names), rows]))
"""


def read_dbf(body: bytes, folder: Path) -> tuple[list[str], list[list[str]]]:
    """Headings and rows as another library sees them; in a process of its own, since it leaves files open."""
    (folder / "list.dbf").write_bytes(body)
    said = subprocess.run([sys.executable, "-c", READ, str(folder / "list.dbf")], check=True, capture_output=True)
    kinds, names, rows = json.loads(said.stdout)
    assert kinds == ["C"]
    return names, rows


def test_the_columns_of_chsi_with_every_cell_a_text(world: World) -> None:
    approved(world, 1, exam_number="010126000001", name="李一", level="专科")
    approved(world, 2, exam_number="010126000002", status=Status.CAPTURE)
    made = exported(world, PEOPLE)
    archive = archive_of(world, made.id)
    assert archive.namelist() == ["list.xlsx", "SHA256SUMS"]
    head, row = cells(archive)
    told = dict(zip(head, row, strict=True))
    assert told["KSH"] == "010126000001"
    assert (told["XM"], told["XB"], told["CSRQ"], told["SFZH"]) == ("李一", "女", "19990412", "44010419990412000X")
    assert (told["ZYDM"], told["ZYMC"], told["CC"], told["YJBYRQ"]) == ("050226", "商务英语", "专科", "20261230")


def test_dbf_as_offices_write_it_with_a_list_of_what_it_cannot_say(world: World, tmp_path: Path) -> None:
    approved(world, 1, exam_number="010126000001", name=RARE, major="A050226 " + "很长" * 20 + "(专科)")
    archive = archive_of(world, exported(world, replace(PEOPLE, list_format="dbf")).id)
    names, [row] = read_dbf(archive.read("list.dbf"), tmp_path)
    told = dict(zip(names, row, strict=True))
    assert told["XM"] == "陈??".ljust(40 - 1), "left-aligned: two half-width characters for one that cp936 lacks"
    assert told["CSRQ"] == "19990412"
    assert told["ZYMC"] == "很长" * 12 + "很"
    checked = list(csv.reader(io.StringIO(archive.read("check.csv").decode("utf-8-sig"))))
    assert [(line[0], line[2], line[3]) for line in checked[1:]] == [
        ("010126000001", "XM", RARE),
        ("010126000001", "ZYMC", "很长" * 20),
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\n=1", "＝1+1", "＠SUM(A1)"])
@pytest.mark.parametrize("kind", list(ListFormat))
def test_no_cell_becomes_a_formula(text: str, kind: ListFormat, tmp_path: Path) -> None:
    columns = [{"heading": "XM", "field": "name", "width": 40}]
    layout = ExportLayout(
        name="one", title="一", source="a test", kinds=["people"], formats=["xlsx", "csv", "dbf"], columns=columns
    )
    writer = writer_for(layout, kind)
    writer.add({"name": text, "exam_number": "1"})
    body = writer.finish()
    if kind == ListFormat.XLSX:
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert 't="inlineStr"' in sheet
    elif kind == ListFormat.CSV:
        assert body.decode("utf-8-sig").splitlines()[1].strip('"').startswith("'")
    else:
        assert read_dbf(body, tmp_path)[1] == [[text.ljust(40 - len(text.encode("gbk")) + len(text))]]


def test_csv_is_what_excel_opens_as_utf8(world: World) -> None:
    approved(world, 1, name=RARE)
    body = archive_of(world, exported(world, replace(PEOPLE, list_format="csv")).id).read("list.csv")
    assert body.startswith(b"\xef\xbb\xbf")
    assert RARE in body.decode("utf-8-sig")


def test_applications_come_with_state_office_and_times(world: World) -> None:
    approved(world, 1, exam_number="010126000001", status=Status.CAPTURE)
    wanted = replace(PHOTOS, kind=ExportKind.APPLICATIONS, layout="applications", template="")
    [_head, row] = cells(archive_of(world, exported(world, wanted).id))
    assert row[0] == "010126000001"
    assert row[6:8] == ["广州市越秀区", "考办 440100"]
    assert row[9:] == ["正在采集毕业证照片", "2026-11-22 17:00", "2026-11-22 17:00"]


def test_a_list_says_only_what_changed(world: World) -> None:
    first = approved(world, 1, exam_number="010126000001")
    approved(world, 2, exam_number="010126000002")
    before = exported(world, PEOPLE)
    approved(world, 3, exam_number="010126000003")
    with world.dependencies.db.writing() as db:
        db.merge(first).candidate.name = "改名"
    after = exported(world, replace(PEOPLE, since=before.id))
    rows = cells(archive_of(world, after.id))[1:]
    assert [row[0] for row in rows] == ["010126000001", "010126000003"]
    assert (after.new, after.replaced, after.same) == (1, 1, 1)


def test_a_layout_of_ones_own_stands_beside_ours_and_a_wrong_one_is_named(tmp_path: Path) -> None:
    column = '[[columns]]\nheading = "考号"\nfield = "exam_number"\nwidth = 12\n'
    good = f'title = "本省"\nsource = "公告"\nkinds = ["people"]\n{column}'
    (tmp_path / "ours.toml").write_text(good, "utf-8")
    assert layouts(tmp_path)["ours"].columns[0].heading == "考号"
    for wrong, why in (
        (good.replace("exam_number", "nonsense"), "there is no field nonsense"),
        (good.replace("width = 12", "width = 0"), "greater than or equal to 1"),
        (good.replace("source", 'formats = ["dbf"]\nsource'), "dbf wants"),
        (good + column, "columns that stand twice"),
        ("title = ", "Invalid"),
    ):
        (tmp_path / "ours.toml").write_text(wrong, "utf-8")
        with pytest.raises(WrongLayout, match=f"(?s)ours.toml.*{why}"):
            layouts(tmp_path)


@pytest.mark.parametrize(
    "template",
    [
        *("{nr}.jpg", "{name}.jpg", "a{exam_number", "{exam_number}", "a/{exam_number}.jpg"),
        *("con.{exam_number}.jpg", "com¹.{exam_number}.jpg", "{exam_number} .jpg", "{exam_number}..jpg"),
        *("{exam_number}\u202egpj.jpg", "{exam_number}\u200b.jpg"),
    ],
)
def test_a_template_that_cannot_name_photos_is_refused(template: str) -> None:
    with pytest.raises(Refused):
        check_template(template)


def test_names_and_what_is_wrong_with_them() -> None:
    assert check_template(" {id_number}_{level_code}.jpg ") == "{id_number}_{level_code}.jpg"
    assert name_of("{id_number}_{level_code}.jpg", {"id_number": "44X", "level_code": "5"}) == "44X_5.jpg"
    assert same_names(["a.jpg", "b.jpg", "A.JPG"]) == ["A.JPG"]
    assert same_names(["\u00e9.jpg", "e\u0301.jpg"]) == ["e\u0301.jpg"]
    refused = [
        "conin$.jpg",
        "lpt².1.jpg",
        "con .1.jpg",
        "a/b.jpg",
        "a?.jpg",
        "con.jpg",
        ".jpg",
        "a .jpg",
        "a\n.jpg",
        "长" * 80 + ".jpg",
    ]
    assert [name for name in refused if not is_refused(name)] == []
    assert not is_refused("买买提·艾力.jpg")


@pytest.mark.parametrize("kind", ["xlsx", "csv", "dbf"])
def test_who_has_nothing_where_something_is_required_is_in_the_side_list(world: World, kind: str) -> None:
    approved(world, 1, exam_number="010126000001", sex="")
    approved(world, 2, exam_number="010126000002")
    archive = archive_of(world, exported(world, replace(PEOPLE, list_format=kind)).id)
    checked = list(csv.reader(io.StringIO(archive.read("check.csv").decode("utf-8-sig"))))
    assert [(line[0], *line[2:]) for line in checked[1:]] == [("010126000001", "XB", "", "必填，但没有内容")]
