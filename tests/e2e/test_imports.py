"""An operator imports a list in a real browser: sent, checked, corrected, written; each page as axe sees it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import browsers, steps
from tests.e2e.steps import button
from tests.e2e.test_axe import serious
from tests.e2e.world import World
from tests.imports.lists import LAYOUTS, as_csv, as_xlsx, person, table

pytestmark = pytest.mark.e2e


@pytest.fixture
def operator(browser: Browser, world: World) -> Iterator[Page]:
    """A page of the operator's, on 导入."""
    with browsers.desktop(browser) as context:
        page = context.new_page()
        steps.log_in(page, world.origin, "operator")
        page.goto(f"{world.origin}/operate/imports")
        yield page


def choose(page: Page, folder: Path, name: str, body: bytes) -> None:
    """The file, and 上传并检查."""
    (folder / name).write_bytes(body)
    page.get_by_label("文件（").set_input_files(folder / name)
    button(page, "上传并检查").click()


def test_a_list_is_checked_its_mistakes_named_and_a_right_one_written(
    operator: Page, world: World, tmp_path: Path
) -> None:
    button(operator, "上传并检查").click()
    expect(operator.get_by_role("alert")).to_have_text("请先选择文件。")
    assert serious(operator) == []
    layout = LAYOUTS["candidates"]
    people = [person(number + 7000) for number in range(30)]
    wrong = table(layout, [people[0], {**people[1], "id_number": 4.4010419990412e17}])
    choose(operator, tmp_path, "考生.xlsx", as_xlsx(wrong))
    expect(operator.get_by_text("有 1 行有错")).to_be_visible()
    expect(operator.get_by_text("“4.40E+17”是科学记数法")).to_be_visible()
    assert serious(operator) == []
    button(operator, "放弃").click()
    expect(operator.get_by_text("已放弃").first).to_be_visible()
    choose(operator, tmp_path, "考生.csv", as_csv(table(layout, people), "gb18030"))
    expect(operator.get_by_text("每一行都可以导入")).to_be_visible()
    assert world.rows("SELECT count(*) FROM candidate WHERE exam_number LIKE '0101000070%'") == [(0,)]
    button(operator, "确认导入").click()
    expect(operator.get_by_text("导入完成")).to_be_visible()
    assert world.rows("SELECT count(*) FROM candidate WHERE exam_number LIKE '0101000070%'") == [(30,)]
    assert serious(operator) == []


def test_a_list_of_many_megabytes_is_taken(operator: Page, tmp_path: Path) -> None:
    heads, *rows = table(LAYOUTS["candidates"], [person(number + 9000) for number in range(150)])
    large = as_csv([[*heads, "备注"], *([*row, "长" * 40_000] for row in rows)])
    assert len(large) > 16 << 20
    choose(operator, tmp_path, "考生.csv", large)
    expect(operator.get_by_text("每一行都可以导入")).to_be_visible(timeout=30_000)


def test_on_a_phone_the_mistakes_need_no_scrolling_sideways_and_lists_no_empty_height(
    operator: Page, tmp_path: Path
) -> None:
    operator.set_viewport_size({"width": 360, "height": 760})
    choose(operator, tmp_path, "考生.csv", as_csv(table(LAYOUTS["candidates"], [person(1, sex="？"), person(2)])))
    expect(operator.get_by_text("有 1 行有错")).to_be_visible()
    mistakes = operator.get_by_role("region", name="有错的内容")
    assert mistakes.evaluate("box => box.scrollWidth - box.clientWidth") == 0
    operator.goto(operator.url.rpartition("/")[0])
    row = operator.get_by_role("region", name="导入记录").get_by_role("row").nth(1)
    assert row.evaluate("row => row.offsetHeight") < 120


def test_what_changes_for_a_case_is_shown_before_and_the_candidate_is_compared_again(
    operator: Page, world: World, tmp_path: Path
) -> None:
    number = "010126000019"
    columns = [column for column in LAYOUTS["candidates"].columns if column.field != "initial_password"]
    names = ", ".join(column.field for column in columns)
    [values] = world.rows(f"SELECT {names} FROM candidate WHERE exam_number = ?", number)
    row = dict(zip([column.field for column in columns], values, strict=True)) | {"name": "朱慧明"}
    choose(operator, tmp_path, "更正.csv", as_csv(table(LAYOUTS["candidates"], [row])))
    expect(operator.get_by_role("heading", name="正在办理的申请会受影响")).to_be_visible()
    expect(operator.get_by_text("退回人口库比对")).to_be_visible()
    assert serious(operator) == []
    button(operator, "确认导入").click()
    expect(operator.get_by_text("导入完成")).to_be_visible()
    of_theirs = """
        SELECT audit.detail FROM audit JOIN application a ON a.id = application_id
        JOIN candidate c ON c.id = candidate_id
        WHERE c.exam_number = ? AND audit.action = 'record_changed'
    """
    assert world.rows(of_theirs, number) == [("again",)], "the register may have answered since"
