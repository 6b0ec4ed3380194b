"""The operator's front page: what is missing, then how today goes; it names no slice."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import event

from app.http.console import Figure, Need, NeedReading, NeedState, TodayFigures
from app.http.slices import Slice, Slices
from app.identity.model import Office
from app.review.today_queries import waiting as waiting_offices
from app.slices import SLICES
from tests import people, procedure, records
from tests.page import Page, words
from tests.review.waiting import waiting
from tests.seams import provide
from tests.visitors import Visitor
from tests.world import World


def lines(page: Page) -> dict[str, list[str]]:
    """The title of each need → its state and its number."""
    found = {}
    for need in (item for each in page.all("ol") if each.get("class") == "needs" for item in each):
        state, told, number = list(need)
        found[words(told[0])] = [words(state), words(number)]
    return found


def operator(world: World) -> Visitor:
    return world.visitor(world.add(people.operator()))


def all_there(world: World) -> None:
    """Everything without which candidates cannot come."""
    procedure.open_offices(world)
    procedure.open_batch(world)
    procedure.known(world, records.ready(world))
    [guangzhou] = world.rows(Office, code="guangzhou")
    world.add(people.reviewer(office=guangzhou))


def test_an_empty_world_lists_what_is_missing_in_the_order_in_which_it_is_done(world: World) -> None:
    page = operator(world).go("/operate")
    named = ("考办和联系方式", "专业计划", "批次", "考生", "考试成绩", "公安人口库", "审核员")
    later = {"对外通知": ["请留意", ""], "一天之内的备份": ["请留意", ""], "磁盘空间": ["已就绪", ""]}
    assert lines(page) == {name: ["还没有", "0"] for name in named} | later
    assert "缺 7 样" in page.text
    assert page.link("考办和联系方式") == "/operate/offices"
    assert "今天申请" not in page.text


def test_half_set_up_both_are_told(world: World) -> None:
    procedure.open_offices(world)
    with world.dependencies.db.writing() as db:
        db.query(Office).filter_by(code="dongguan").delete()
    procedure.open_batch(world, opens=3)
    page = operator(world).go("/operate")
    assert lines(page)["考办和联系方式"] == ["请留意", "21"]
    assert lines(page)["批次"] == ["已就绪", "1"]
    assert "21 个市里还有 1 个没有考办" in page.text
    assert "已计划：2026-11-25 17:00 开放" in page.text


def test_once_all_is_there_today_comes_first_and_the_rest_is_folded(world: World) -> None:
    all_there(world)
    page = operator(world).go("/operate")
    assert list(lines(page))[:2] == ["对外通知", "一天之内的备份"]
    assert "已就绪的 8 样" in page.text
    assert "没有人在等审核" in page.text


def test_todays_numbers_begin_at_midnight_in_guangdong(world: World) -> None:
    all_there(world)
    world.newcomer(records.ready(world)).press("申请")

    def applied() -> str:
        page = operator(world).go("/operate")
        return dict(zip(map(words, page.all("dt")), map(words, page.all("dd")), strict=True))["今天申请"]

    assert applied() == "1"
    world.clock.move(hours=6, minutes=59)  # 23:59
    assert applied() == "1"
    world.clock.move(minutes=1)
    assert applied() == "0"


def test_who_waits_where_with_the_oldest_first(world: World) -> None:
    all_there(world)
    [guangzhou], [shenzhen] = world.rows(Office, code="guangzhou"), world.rows(Office, code="shenzhen")
    waiting(world, shenzhen)
    world.clock.move(days=3)
    for _n in range(2):
        waiting(world, guangzhou)
    page = operator(world).go("/operate")
    rows = [[words(cell) for cell in row] for row in page.all("tr")][1:]
    assert [row[:2] for row in rows] == [["深圳市考办", "1"], ["广州市考办", "2"]]
    assert "已等 3 天" in rows[0][2]
    assert "1 个考办有申请在等，却没有审核员：深圳市考办" in page.text


def test_who_waits_is_read_from_an_index_alone(world: World) -> None:
    """40,000 applications are counted in a few milliseconds: no row of the table is looked at."""
    asked: list[str] = []
    engine = world.dependencies.db.engine
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    with world.dependencies.db.reading() as db:
        waiting_offices(db, world.clock.now())
    [counted] = [each for each in asked if "GROUP BY" in each]
    with engine.connect() as connection:
        plan = " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {counted}"))
    assert "USING COVERING INDEX ix_application_city_queue" in plan
    assert "TEMP B-TREE" not in plan


def test_what_a_slice_brings_stands_at_its_place_and_links_only_where_there_is_a_page(world: World) -> None:
    missing = NeedReading(NeedState.MISSING, "没有 %(n)s", 0, {"n": "它"})
    many = NeedReading(NeedState.READY, "很多", 50_000, or_more=True)
    first = Need("第一样", 1, lambda db, now: missing, "/operate/nowhere")
    last = Need("最后一样", 99, lambda db, now: many, "/operate/batches#x")
    figures = TodayFigures(1, lambda db, now: [Figure("某个数", 12, "/operate/nowhere")])
    brought = Slice(needs=(first, last), figures=(figures,))
    provide(world, Slices, Slices((*SLICES, brought)))
    page = operator(world).go("/operate")
    assert next(iter(lines(page))) == "第一样"
    assert lines(page)["最后一样"] == ["已就绪", "50,000+"]
    assert "没有 它" in page.text
    assert page.link("最后一样") == "/operate/batches#x"
    assert "/operate/nowhere" not in [each.get("href") for each in page.all("a")]
    assert "某个数" in page.text


def test_english_reads_the_same(world: World) -> None:
    visitor = operator(world)
    visitor.go("/operate")
    visitor.press("English")
    assert "Candidates cannot come yet; missing: 7." in visitor.go("/operate").text


def test_a_batch_that_is_over_is_missing_again(world: World) -> None:
    all_there(world)
    world.clock.move(seconds=timedelta(days=31).total_seconds())
    assert lines(operator(world).go("/operate"))["批次"] == ["还没有", "0"]
