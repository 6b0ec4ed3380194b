"""The queue: whose cases, in which order, found how."""

from __future__ import annotations

import pytest

from app.application.status_rules import LABELS
from app.application.workflow import Status
from app.identity.model import Office
from app.review.queries import PAGE
from tests.review.deciding import path
from tests.review.waiting import office, reviewer, waiting
from tests.visitors import Visitor
from tests.world import FakeClock, World


def names(visitor: Visitor, address: str = "/review") -> list[str]:
    """Who stands in the list, from the top."""
    visitor.go(address)
    tables = visitor.page.all("table")
    assert len(tables) <= 1
    rows = [row.findall("td") for table in tables for row in table.iter("tr")]
    return ["".join(cells[1].itertext()).strip() for cells in rows if cells]


def test_a_city_sees_its_own_applications_that_wait_for_it_oldest_first(
    world: World, clock: FakeClock, city: Office, officer: Visitor
) -> None:
    elsewhere = office(world, name="深圳市考办", city="440300")
    for name, where, status in [
        ("甲甲", city, Status.PORTRAIT_REVIEW),
        ("乙乙", elsewhere, Status.PORTRAIT_REVIEW),
        ("丙丙", city, Status.FULL_REVIEW_CITY),
        ("丁丁", city, Status.FULL_REVIEW_PROVINCE),
        ("戊戊", city, Status.DOCUMENT_REVIEW_CITY),
        ("己己", city, Status.CAPTURE),
        ("庚庚", city, Status.READY),
    ]:
        waiting(world, where, status, name=name)
        clock.move(60)
    assert names(officer) == ["甲甲", "丙丙", "戊戊"]


def test_the_province_sees_what_cities_have_approved_of_all_cities(
    world: World, city: Office, provincial: Visitor
) -> None:
    elsewhere = office(world, name="深圳市考办", city="440300")
    for where, name in ((city, "甲甲"), (elsewhere, "乙乙")):
        waiting(world, where, Status.DOCUMENT_REVIEW_PROVINCE, name=name)
        waiting(world, where, Status.DOCUMENT_REVIEW_CITY, name="城市的")
    assert names(provincial) == ["甲甲", "乙乙"]
    assert names(provincial, f"/review?office={elsewhere.id}") == ["乙乙"]


def test_pages_follow_by_key_and_hold_everybody_once(
    world: World, clock: FakeClock, city: Office, officer: Visitor
) -> None:
    wanted = []
    for n in range(2 * PAGE + 5):
        wanted.append(f"甲{n}")
        waiting(world, city, name=wanted[-1])
        clock.move(n % 2)  # some came in the same second
    seen: list[str] = []
    address: str | None = "/review"
    while address:
        seen += names(officer, address)
        address = next((each.get("href") for each in officer.page.all("a") if each.get("rel") == "next"), None)
    assert seen == wanted


def test_filters_by_kind_age_and_holder(world: World, clock: FakeClock, city: Office) -> None:
    waiting(world, city, name="老老")
    clock.move(days=4)
    officer = world.visitor(reviewer(world, city))
    held = waiting(world, city, name="持持")
    waiting(world, city, Status.DOCUMENT_REVIEW_CITY, name="证证")
    world.visitor(reviewer(world, city)).go(path(held))
    assert names(officer, "/review?status=DOCUMENT_REVIEW_CITY") == ["证证"]
    assert names(officer, "/review?days=3") == ["老老"]
    assert names(officer, "/review?holder=taken") == ["持持"]
    assert names(officer, "/review?holder=free") == ["老老", "证证"]
    assert names(officer, "/review?holder=mine") == []


def test_age_and_counts_are_shown(world: World, clock: FakeClock, city: Office) -> None:
    for _n in range(3):
        waiting(world, city)
    clock.move(days=2)
    officer = world.visitor(reviewer(world, city))
    waiting(world, city, Status.DOCUMENT_REVIEW_CITY)
    page = officer.go("/review")
    assert "等待 2 天" in page.text
    assert "等待 0 分钟" in page.text
    assert f"{LABELS[Status.PORTRAIT_REVIEW]} 3" in page.text


def test_who_holds_a_case_is_told(world: World, city: Office, officer: Visitor) -> None:
    held = waiting(world, city)
    world.visitor(reviewer(world, city, name="李审核")).go(path(held))
    assert "李审核 正在审核" in officer.go("/review").text
    officer.go(path(waiting(world, city)))
    assert "我正在审核" in officer.go("/review").text


def test_a_person_is_found_by_the_beginning_of_number_or_name_in_any_status(
    world: World, city: Office, officer: Visitor
) -> None:
    wanted = waiting(world, city, Status.CAPTURE, name="欧阳婉仪")
    waiting(world, city, name="欧文")
    waiting(world, office(world, name="深圳市考办"), name="欧阳别处")
    assert names(officer, "/review?q=欧阳") == ["欧阳婉仪"]
    officer.go("/review")
    page = officer.press("查找", q="欧阳婉仪")
    exam_number = next(each.text or "" for each in page.all("a") if (each.get("href") or "").startswith(path(wanted)))
    assert names(officer, f"/review?q={exam_number}") == ["欧阳婉仪"]
    assert "欧阳婉仪" in names(officer, f"/review?q={exam_number[:8]}")


def test_a_search_that_is_too_short_says_so_and_finds_nothing(world: World, city: Office, officer: Visitor) -> None:
    waiting(world, city, name="欧阳婉仪")
    for words in ("欧", "030"):
        assert names(officer, f"/review?q={words}") == []
        assert "输入得太短" in officer.page.text
    assert "没有找到这样的申请" in officer.go("/review?q=没有这人").text


@pytest.mark.parametrize(
    "query",
    [
        "after=x",
        "after=-1-1",
        "after=9999999999999999999999-1",
        "after=1-99999999999999999999",
        "office=x",
        "office=-1",
        "days=1e9",
        "days=99999999999",
        "status=CAPTURE",
        "status=%00",
        "holder=me",
        "q=%25_%25",
        "q='%20OR%201",
        "days=٣",
        "after=99999999999999999-1",
        "days=999999999",
    ],
)
def test_hostile_filters_are_harmless(world: World, city: Office, officer: Visitor, query: str) -> None:
    waiting(world, city)
    assert officer.get(f"/review?{query}").status_code == 200


def test_nobodys_own_application_is_offered(world: World, city: Office) -> None:
    own = waiting(world, city, name="本人", id_number="440105200001150007")
    other = waiting(world, city, name="别人")
    officer = world.visitor(reviewer(world, city, id_number="440105200001150007"))
    page = officer.go("/review")
    addresses = [each.get("href") or "" for each in page.all("a")]
    assert not [each for each in addresses if own.tag in each]
    assert [each for each in addresses if other.tag in each]
    assert "本人的申请" in page.text
