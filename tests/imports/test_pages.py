"""The operator's way through an import in the browser's pages, without a browser."""

from __future__ import annotations

import io

import pytest
from python_calamine import CalamineWorkbook

from app.base.audit import AuditRow
from app.identity.act_rules import Act
from app.identity.model import Candidate
from app.imports.file_actions import JOB
from app.imports.jobs import do_import
from app.imports.model import ImportedFile
from app.jobs.model import Job
from app.jobs.runner import Runner
from tests import people
from tests.imports.lists import LAYOUTS, as_csv, person, table
from tests.visitors import Visitor
from tests.world import World

LAYOUT = LAYOUTS["candidates"]


@pytest.fixture
def operator(world: World) -> Visitor:
    visitor = world.visitor(world.add(people.operator()))
    visitor.go("/operate/imports")
    return visitor


def send(operator: Visitor, body: bytes, name: str = "名单.csv", layout: str = "candidates") -> str:
    """As the page's script does; where it goes on."""
    headers = {"Origin": operator.origin, "X-CSRF": operator.csrf(), "Accept": "application/json"}
    asked = {"layout": layout, "name": name}
    answer = operator.client.post(
        "/operate/imports", base_url=operator.origin, data=body, headers=headers, query_string=asked
    )
    said = answer.get_json()
    return str(said.get("next") or said["error"]["text"])


def work(world: World) -> None:
    """What waits is done, as the process of long work does it."""
    with world.app.app_context():
        assert Runner(world.dependencies.db, world.clock, {JOB: do_import}).run_next()


def people_list(*wrong: int) -> bytes:
    lines = [person(number, **({"sex": "？"} if number in wrong else {})) for number in range(6)]
    return as_csv(table(LAYOUT, lines))


def test_a_list_of_which_every_row_is_wrong_says_so(world: World, operator: Visitor) -> None:
    address = send(operator, people_list(*range(6)))
    work(world)
    page = operator.go(address)
    assert "有 6 行有错，没有可以导入的内容" in page.text
    assert not page.has_button("去掉有错的行并导入")
    assert "没有要写入" not in page.text


def test_a_file_is_looked_at_then_written_and_stays_in_the_history(world: World, operator: Visitor) -> None:
    assert "还没有导入过任何文件" in operator.page.text
    address = send(operator, people_list())
    assert "等待处理" in operator.go(address).text
    work(world)
    page = operator.go(address)
    assert "每一行都可以导入" in page.text
    assert world.rows(Candidate) == []
    operator.press("确认导入")
    work(world)
    assert "导入完成" in operator.go(address).text
    assert len(world.rows(Candidate)) == 6
    [file] = world.rows(ImportedFile)
    history = operator.go("/operate/imports").text
    assert "名单.csv" in history
    assert file.sha256[:12] in history
    assert "管理员" in history
    [row] = [each for each in world.rows(AuditRow) if each.action == Act.IMPORTED]
    assert row.detail.endswith(f"layout candidates, sha256 {file.sha256}")
    assert row.actor.startswith("staff:")


def test_wrong_rows_are_shown_can_be_downloaded_and_dropped(world: World, operator: Visitor) -> None:
    address = send(operator, people_list(2))
    work(world)
    page = operator.go(address)
    assert "有 1 行有错" in page.text
    assert "“？”不在允许的内容里：男、女。" in page.text
    assert not page.has_button("确认导入")
    rows = operator.get(f"{address}/errors?as=csv").data.decode("utf-8-sig").splitlines()
    assert rows == ["行,列,问题", "4,性别,“？”不在允许的内容里：男、女。"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(operator.get(f"{address}/errors?as=xlsx").data))
    assert book.get_sheet_by_index(0).to_python()[1][1:] == ["性别", "“？”不在允许的内容里：男、女。"]
    operator.go(address)
    operator.press("去掉有错的行并导入")
    work(world)
    assert len(world.rows(Candidate)) == 5


def test_giving_it_up_deletes_the_file(world: World, operator: Visitor) -> None:
    address = send(operator, people_list())
    work(world)
    operator.go(address)
    operator.press("放弃")
    assert "已放弃" in operator.page.text
    assert list((world.folder / "imports").iterdir()) == []
    assert "文件已经删除" in operator.go(address).text
    answer = operator.post(f"{address}/enter")
    assert answer.status_code == 409


def test_confirmed_in_one_window_it_can_neither_be_confirmed_nor_given_up_in_another(
    world: World, operator: Visitor
) -> None:
    address = send(operator, people_list())
    work(world)
    operator.go(address)
    operator.press("确认导入")
    for again in ("enter", "give-up"):  # it waits for its turn
        assert operator.post(f"{address}/{again}").status_code == 409
    work(world)
    for again in ("enter", "give-up"):
        assert operator.post(f"{address}/{again}").status_code == 409
    assert "导入完成" in operator.go(address).text
    assert len(world.rows(Job)) == 2, "the look and one writing"


def test_nothing_of_a_file_lies_on_the_disk_in_the_clear(world: World, operator: Visitor) -> None:
    send(operator, people_list())
    [kept] = (world.folder / "imports").iterdir()
    for words in ("陈思远", "010100000003", "44010"):
        assert words.encode() not in kept.read_bytes()
    assert kept.stat().st_mode & 0o077 == 0


def test_what_is_no_list_says_why(world: World, operator: Visitor) -> None:
    address = send(operator, "菜名,价格\n白切鸡,38\n".encode())
    work(world)
    page = operator.go(address)
    assert "没有导入任何内容" in page.text
    assert "没有找到表头" in page.text
    assert send(operator, b"") == "文件是空的，没有任何内容。"


def test_a_file_that_is_too_large_is_refused_and_not_kept(
    world: World, operator: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.imports.views.MOST_BYTES", 2 << 20)
    assert "文件超过 2 MB" in send(operator, b"x" * (3 << 20))
    assert list((world.folder / "imports").iterdir()) == []


def test_the_file_goes_after_a_day_and_the_page_says_so(world: World, operator: Visitor) -> None:
    import os

    address = send(operator, people_list())
    work(world)
    for kept in (world.folder / "imports").iterdir():
        os.utime(kept, (world.clock.now().timestamp() - 90_000,) * 2)
    send(operator, people_list())
    work(world)
    assert "文件已经删除" in operator.go(address).text


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_template_is_what_its_layout_takes(world: World, operator: Visitor, name: str) -> None:
    body = operator.get(f"/operate/imports/templates/{name}").data
    address = send(operator, body, f"{name}.xlsx", name)
    work(world)
    text = operator.go(address).text
    assert "没有准考证号为" in text or "每一行都可以导入" in text


def test_an_operators_own_layout_is_offered_and_a_wrong_one_is_named(world: World, operator: Visitor) -> None:
    folder = world.folder / "layouts"
    folder.mkdir()
    own = 'kind = "register"\ntitle = "省厅格式"\nsource = "样例"\n'
    for field, heading in (("id_number", "GMSFHM"), ("name", "XM2"), ("sex", "XB2"), ("born_on", "CSRQ2")):
        own += f'[[columns]]\nfield = "{field}"\nheadings = ["{heading}"]\nrequired = true\n'
    (folder / "police.toml").write_text(own)
    assert "省厅格式" in operator.go("/operate/imports").text
    (folder / "police.toml").write_text(own + "colour = 1\n")
    assert "police.toml" in operator.go("/operate/imports").text
