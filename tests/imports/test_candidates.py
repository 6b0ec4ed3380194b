"""A list of candidates comes in: whole, or not at all, however the file is written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.base.audit import AuditRow, verify_all
from app.identity.act_rules import Act
from app.identity.model import Candidate
from app.identity.passwords import verify
from tests.imports.lists import LAYOUTS, Given, as_csv, as_dbf, as_xlsx, bring, found, person, table
from tests.world import World

LAYOUT = LAYOUTS["candidates"]
NAMES = ("欧阳婉仪", "买买提·艾合买提", "𠮷田𬭊", "阿卜杜拉·阿卜杜热西提·麦麦提")


def people(count: int) -> list[list[Given]]:
    return table(LAYOUT, [person(number, name=NAMES[number % len(NAMES)]) for number in range(count)])


def names(world: World) -> list[str]:
    return [each.name for each in world.rows(Candidate)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_any_of_their_encodings(world: World, encoding: str) -> None:
    report = bring(world, "candidates", as_csv(people(8), encoding))
    assert (report.new, report.wrong, report.rows) == (8, 0, 8)
    assert names(world) == [NAMES[number % len(NAMES)] for number in range(8)]


def test_a_workbook_with_texts_and_real_dates_below_a_title(world: World) -> None:
    rows = people(3)
    born = rows[0].index("出生日期")
    rows[1][born] = date(1999, 4, 12)
    report = bring(world, "candidates", as_xlsx([["考生名单"], [], *rows]))
    assert (report.new, found(report)) == (3, [])
    assert world.rows(Candidate)[0].born_on == date(1999, 4, 12)


def test_a_dbf_in_cp936_with_dates_as_text(world: World, tmp_path: Path) -> None:
    fields = {"ZKZH": "C(12)", "XM": "C(40)", "XB": "C(2)", "CSRQ": "C(8)", "ZJLX": "C(3)", "SFZH": "C(18)"}
    own = person(7)
    values = [own["exam_number"], "陈思远", "2", str(own["born_on"]).replace("-", ""), "111", own["id_number"]]
    body = as_dbf(tmp_path, fields, [[str(each) for each in values]])
    short = LAYOUT.model_copy(update={"columns": [each for each in LAYOUT.columns if each.field in SHORT]})
    LAYOUTS["candidates"] = short
    try:
        report = bring(world, "candidates", body)
    finally:
        LAYOUTS["candidates"] = LAYOUT
    assert (report.new, found(report)) == (1, [])
    [stored] = world.rows(Candidate)
    assert (stored.name, stored.sex, stored.id_type) == ("陈思远", "女", "居民身份证")


SHORT = ("exam_number", "name", "sex", "born_on", "id_type", "id_number")


def test_the_same_list_again_changes_nothing(world: World) -> None:
    body = as_csv(people(5))
    bring(world, "candidates", body)
    before = [vars(each) | {"_sa_instance_state": None} for each in world.rows(Candidate)]
    report = bring(world, "candidates", body)
    assert (report.new, report.changed, report.same) == (0, 0, 5)
    assert [vars(each) | {"_sa_instance_state": None} for each in world.rows(Candidate)] == before


def test_a_dry_run_tells_and_writes_nothing(world: World) -> None:
    report = bring(world, "candidates", as_csv(people(5)), write=False)
    assert (report.new, names(world)) == (5, [])


def test_what_changed_is_changed_and_whoever_is_missing_stays(world: World) -> None:
    bring(world, "candidates", as_csv(people(4)))
    corrected = table(LAYOUT, [person(0, name="陈思远"), person(1, name=NAMES[1])])
    report = bring(world, "candidates", as_csv(corrected))
    assert (report.new, report.changed, report.same, report.kept) == (0, 1, 1, 2)
    assert names(world) == ["陈思远", *NAMES[1:]]


def test_a_tenth_of_wrong_rows_keeps_all_out_until_they_are_dropped_in_so_many_words(world: World) -> None:
    rows = [person(number, sex="未填" if number % 10 == 0 else "女") for number in range(50)]
    body = as_csv(table(LAYOUT, rows))
    report = bring(world, "candidates", body)
    assert (report.wrong, report.right, names(world)) == (5, 45, [])
    assert found(report)[0] == (2, "性别", "“未填”不在允许的内容里：男、女。")
    report = bring(world, "candidates", body, drop_wrong=True)
    assert (report.wrong, len(names(world))) == (5, 45)


def test_a_number_that_stands_twice_is_named_with_both_rows(world: World) -> None:
    body = as_csv(table(LAYOUT, [person(1), person(2), person(1, name="另一人")]))
    report = bring(world, "candidates", body, drop_wrong=True)
    assert found(report) == [
        (2, "", "与第 4 行重复：010100000001。同一个文件里只能出现一次。"),
        (4, "", "与第 2 行重复：010100000001。同一个文件里只能出现一次。"),
    ]
    assert [each.exam_number for each in world.rows(Candidate)] == ["010100000002"]


def test_mistakes_stand_in_the_order_of_the_rows_whenever_they_are_found(world: World) -> None:
    people = [person(1), person(2, sex="？"), person(3), person(1), person(4, ethnic_group="？" * 80, sex="？")]
    report = bring(world, "candidates", as_csv(table(LAYOUT, people)))
    assert [row for row, *_ in found(report)] == [2, 3, 5, 6, 6]


def test_a_first_password_is_kept_as_its_hash_and_a_list_changes_nobodys(world: World) -> None:
    bring(world, "candidates", as_csv(table(LAYOUT, [person(1, initial_password="first-pass-1"), person(2)])))
    with_one, without = world.rows(Candidate)
    assert verify(with_one.password_hash, b"first-pass-1")
    assert without.password_hash == ""
    report = bring(world, "candidates", as_csv(table(LAYOUT, [person(1, initial_password="other-pass")])))
    assert (report.same, world.rows(Candidate)[0].password_hash) == (1, with_one.password_hash)


def test_it_is_recorded_with_counts_and_names_nobody(world: World) -> None:
    bring(world, "candidates", as_csv(people(3)))
    [row] = [each for each in world.rows(AuditRow) if each.action == Act.IMPORTED]
    assert row.detail == "candidates: new 3, changed 0, same 0, left out 0; a test"
    with world.dependencies.db.reading() as db:
        assert verify_all(db, [world.dependencies.db._info["audit_key"]]).broken == ()
