"""Tables as older systems of offices write them, byte by byte."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import pytest

from app.identity.model import Candidate
from tests.imports.lists import LAYOUTS, bring, found, person
from tests.world import World

Fields = Sequence[tuple[str, str, int]]  # name, type, width
RESULT: Fields = (("ZKZH", "C", 12), ("KCDM", "C", 5), ("KCMC", "C", 30), ("CJ", "N", 5), ("KSNY", "C", 6))


def a_dbf(
    fields: Fields, rows: Sequence[Sequence[str]], encoding: str = "gbk", day: tuple[int, int, int] = (126, 12, 1)
) -> bytes:
    size, begins = 1 + sum(width for *_, width in fields), 32 + 32 * len(fields) + 1
    out = bytes([3, *day]) + struct.pack("<IHH", len(rows), begins, size) + bytes(20)
    for name, kind, width in fields:
        out += name.encode(encoding).ljust(11, b"\0") + kind.encode() + bytes(4) + bytes([width]) + bytes(15)
    out += b"\r"
    for row in rows:
        cells = [cell.encode(encoding) for cell in row]
        out += b" " + b"".join(cell[:width].ljust(width) for cell, (*_, width) in zip(cells, fields, strict=True))
    return out + b"\x1a"


def a_list(*numbers: int, encoding: str = "gbk", day: tuple[int, int, int] = (126, 12, 1), width: int = 40) -> bytes:
    """Of candidates, under headings that fit into ten bytes."""
    needed = [column for column in LAYOUTS["candidates"].columns if column.required]
    headings = [next(each for each in column.headings if len(each.encode("gbk")) <= 10) for column in needed]
    if encoding == "utf-8":
        headings = [min(column.headings, key=lambda each: len(each.encode())) for column in needed]
    rows = [[str(person(number)[column.field]) for column in needed] for number in numbers]
    names = [name.encode(encoding)[:11].decode(encoding, "ignore") for name in headings]
    return a_dbf([(name, "C", width) for name in names], rows, encoding, day)


def sitting(**fields: str) -> list[str]:
    usual = {"ZKZH": "010100000001", "KCDM": "00794", "KCMC": "综合英语", "CJ": "76", "KSNY": "202404"}
    return list({**usual, **fields}.values())


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_column_has_a_heading_that_fits_into_the_name_of_a_field(name: str) -> None:
    for column in LAYOUTS[name].columns:
        assert min(len(heading.encode("gbk")) for heading in column.headings) <= 10, column.headings


@pytest.mark.parametrize("day", [(126, 12, 1), (0, 0, 0)])
@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
def test_candidates_come_in_also_without_a_date_of_the_file(
    world: World, encoding: str, day: tuple[int, int, int]
) -> None:
    report = bring(world, "candidates", a_list(1, 2, encoding=encoding, day=day))
    assert (report.new, found(report)) == (2, [])
    assert {each.name for each in world.rows(Candidate)} == {"陈思远"}


def test_one_in_utf_8_is_read_as_such(world: World) -> None:
    rows = [["44010419990412000X", "陈思远", "女", "19990412"], ["440104199904120018", "欧阳慧明珠", "男", "19990412"]]
    fields = (("SFZH", "C", 18), ("XM", "C", 14), ("XB", "C", 3), ("CSRQ", "D", 8))
    report = bring(world, "register", a_dbf(fields, rows, "utf-8"), write=False)
    assert (report.new, report.wrong) == (1, 1), "a name that does not fit is cut in the middle of a character"
    assert found(report)[0][:2] == (3, "姓名")


def test_numbers_that_lost_their_zeros_are_named_and_scores_are_written_as_ever(world: World) -> None:
    bring(world, "candidates", a_list(1))
    fields = (("ZKZH", "N", 12), ("KCDM", "N", 5), *RESULT[2:])
    report = bring(world, "results", a_dbf(fields, [sitting(ZKZH=" 10100000001", KCDM="  794")]))
    assert [(row, heading, words.partition("，")[0]) for row, heading, words in found(report)] == [
        (2, "准考证号", "“10100000001”存成了数字"),
        (2, "课程代码", "“794”存成了数字"),
    ]
    assert bring(world, "results", a_dbf(RESULT, [sitting(CJ=" 76.0")])).new == 1
    assert bring(world, "results", a_dbf(RESULT, [sitting()])).same == 1


@pytest.mark.parametrize("kind", ["M", "I"])
def test_what_stands_elsewhere_or_is_no_text_is_named(world: World, kind: str) -> None:
    bring(world, "candidates", a_list(1))
    fields = (*RESULT[:2], ("KCMC", kind, 10), *RESULT[3:])
    report = bring(world, "results", a_dbf(fields, [sitting(KCMC="         7")]))
    assert found(report) == [(2, "课程名称", "含有乱码，请从原系统重新导出。")]
