"""更改办理地点: who may move a case to another place, when, and what follows."""

from __future__ import annotations

import pytest

from app.application.model import Application
from app.application.workflow import Status
from app.base.audit import AuditRow
from app.identity.actor_rules import Actor
from app.identity.model import Office
from app.review.model import PlaceChange
from tests import people
from tests.page import Page
from tests.review.deciding import path
from tests.review.waiting import now_of, office, reviewer, waiting
from tests.visitors import Visitor
from tests.world import FakeClock, World

YUEXIU, LUOHU = "440104", "440303"


@pytest.fixture
def cities(world: World, city: Office) -> tuple[Office, Office]:
    """An office in Shenzhen beside the one in Guangzhou."""
    return city, office(world, name="深圳市考办", city="440300")


def move(officer: Visitor, application: Application, place: str = LUOHU, reason: str = "考生已迁居") -> Page:
    """更改办理地点; the page that follows."""
    officer.go(path(application))
    return officer.go(officer.post(path(application, "/place"), {"place": place, "reason": reason}).location)


def test_the_city_moves_a_case_to_another_city(world: World, cities: tuple[Office, Office], officer: Visitor) -> None:
    application = waiting(world, cities[0])
    assert "办理地点已改为深圳市罗湖区" in move(officer, application).text
    now = now_of(world, application)
    assert (now.place, now.office_id, now.claimed_by) == (LUOHU, cities[1].id, None)
    assert now.version > application.version
    row = world.rows(AuditRow)[-1]
    assert (row.action, row.detail) == ("place_changed", f" {LUOHU}: 考生已迁居")
    [change] = world.rows(PlaceChange)
    assert (change.application_id, change.former, change.place) == (application.id, "", LUOHU)
    assert (change.office_id, str(Actor.staff(change.staff_id or 0))) == (cities[0].id, row.actor)
    assert (change.changed_at, change.reason) == (row.at, "考生已迁居")
    assert officer.get(path(application)).status_code == 404
    assert world.visitor(reviewer(world, cities[1])).go(path(application)).has_button("通过")


def test_a_reviewer_who_never_had_it_open_learns_nothing(
    world: World, cities: tuple[Office, Office], officer: Visitor, colleague: Visitor
) -> None:
    application = waiting(world, cities[0])
    move(officer, application)
    colleague.go("/review")
    for what in ("/decide", "/release", "/place"):
        assert colleague.post(path(application, what), {"all": "approve"}).status_code == 404


def test_everybody_concerned_reads_of_the_change(world: World, cities: tuple[Office, Office], officer: Visitor) -> None:
    application = waiting(world, cities[0])
    with world.dependencies.db.writing() as db:
        db.get_one(Application, application.id).place = YUEXIU
    move(officer, application, reason="已迁居，100% 属实")
    told = "更改办理地点：广州市越秀区 → 深圳市罗湖区，原因：已迁居，100% 属实"
    page = world.visitor(reviewer(world, cities[1])).go(path(application))
    assert "广州市考办" in page.text
    assert told in page.text
    candidate = world.rows(Application)[0].candidate
    status = world.newcomer(candidate).go("/apply").text
    assert "广州市考办于" in status
    assert "把您的办理地点改为深圳市罗湖区，现在由深圳市考办办理。" in status
    assert "已迁居" not in status
    support = world.visitor(world.add(people.support()))
    lines = support.go(f"/support?number={candidate.exam_number}").text
    assert "广州市越秀区 → 深圳市罗湖区 · 已迁居，100% 属实" in lines


@pytest.mark.parametrize(
    ("place", "reason"), [("", "x"), ("999999", "x"), ("441900", "x"), (LUOHU, ""), (LUOHU, "字" * 101)]
)
def test_a_place_without_an_office_or_a_move_without_a_reason_is_refused(
    world: World, cities: tuple[Office, Office], officer: Visitor, place: str, reason: str
) -> None:
    application = waiting(world, cities[0])
    move(officer, application, place, reason)
    assert now_of(world, application).office_id == cities[0].id
    assert world.rows(PlaceChange) == []


@pytest.mark.parametrize("status", [Status.FULL_REVIEW_PROVINCE, Status.READY, Status.SUBMITTED])
def test_what_is_no_longer_in_the_citys_hands_stays(
    world: World, cities: tuple[Office, Office], officer: Visitor, status: Status
) -> None:
    application = waiting(world, cities[0], status)
    assert "更改办理地点" not in officer.go(path(application)).text
    move(officer, application)
    assert now_of(world, application).office_id == cities[0].id


def test_what_is_in_the_candidates_hands_can_be_moved(
    world: World, cities: tuple[Office, Office], officer: Visitor
) -> None:
    application = waiting(world, cities[0], Status.CAPTURE)
    move(officer, application, YUEXIU)
    assert now_of(world, application).place == YUEXIU


def test_the_province_moves_nothing(world: World, cities: tuple[Office, Office], provincial: Visitor) -> None:
    application = waiting(world, cities[0], Status.FULL_REVIEW_PROVINCE)
    assert "更改办理地点" not in provincial.go(path(application)).text
    move(provincial, application)
    assert now_of(world, application).office_id == cities[0].id


@pytest.fixture
def colleague(world: World, city: Office) -> Visitor:
    """A second reviewer of the same city."""
    return world.visitor(reviewer(world, city, name="李审核"))


def test_what_a_colleague_holds_is_only_read(
    world: World, cities: tuple[Office, Office], officer: Visitor, colleague: Visitor
) -> None:
    application = waiting(world, cities[0])
    officer.go(path(application))
    assert "更改办理地点" not in colleague.go(path(application)).text
    assert "这份申请正由其他审核人员审核" in move(colleague, application).text
    now = now_of(world, application)
    assert (now.office_id, now.claimed_by is None) == (cities[0].id, False), "it stays, and stays held"
    assert "办理地点已改为深圳市罗湖区" in move(officer, application).text


@pytest.mark.parametrize("freed", ["let go", "idle"])
def test_once_the_colleague_is_done_it_can_be_moved(
    world: World, clock: FakeClock, cities: tuple[Office, Office], officer: Visitor, colleague: Visitor, freed: str
) -> None:
    application = waiting(world, cities[0])
    officer.go(path(application))
    if freed == "idle":
        clock.move(minutes=20)
        colleague.go("/review")
        clock.move(minutes=11)
    else:
        officer.press("释放本件，交由他人审核")
    assert "更改办理地点" in colleague.go(path(application)).text
    move(colleague, application)
    assert now_of(world, application).office_id == cities[1].id


@pytest.mark.parametrize("what", ["/decide", "/release", "/place"])
def test_who_had_the_case_open_hears_that_it_is_gone(
    world: World, cities: tuple[Office, Office], officer: Visitor, what: str
) -> None:
    application = waiting(world, cities[0])
    move(officer, application)
    answer = officer.post(path(application, what), {"status": "PORTRAIT_REVIEW", "all": "approve"})
    page = officer.go(answer.location)
    assert answer.location == "/review"
    assert "已经转到别的考办，您刚才的操作没有保存" in page.text
    assert now_of(world, application).status == Status.PORTRAIT_REVIEW
