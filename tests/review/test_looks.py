"""What staff saw of people stands in the audit; whoever has no office sees nobody."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.application.model import Application
from app.application.workflow import Status
from app.base.audit import AuditRow, audit_key, verify_all
from app.identity.model import Office, Staff
from tests import people
from tests.house.test_routes import ROUTES
from tests.review.deciding import approve_all, decide, opened, path, say
from tests.review.test_undo import undo
from tests.review.waiting import now_of, office, reviewer, waiting
from tests.visitors import Visitor
from tests.world import World


def looks(world: World, action: str, **having: int) -> list[str]:
    """The details of these looks, oldest first."""
    return [row.detail for row in world.rows(AuditRow, action=action, **having)]


def listed(*applications: Application) -> str:
    return " ".join([f"{len(applications)} people", *map(str, sorted(each.id for each in applications))])


@pytest.mark.parametrize("status", [Status.PORTRAIT_REVIEW, Status.CAPTURE, Status.SUBMITTED])
def test_a_case_that_is_opened_is_a_row_also_when_it_is_not_before_the_office(
    world: World, city: Office, officer: Visitor, status: Status
) -> None:
    application = waiting(world, city, status)
    officer.go(path(application))
    [row] = world.rows(AuditRow, action="case_viewed", application_id=application.id)
    assert row.actor == f"staff:{world.rows(Staff)[0].id}"
    assert row.detail == "opened; beside 0 people"
    officer.go(path(application))
    assert len(looks(world, "case_viewed")) == 2


def test_a_page_that_the_browser_fetches_ahead_is_a_row(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city)
    assert officer.get(path(application), Sec_Purpose="prefetch").status_code == 200
    assert looks(world, "case_viewed", application_id=application.id) == ["ahead; beside 0 people"]


def test_who_is_listed_beside_a_case_is_told_in_its_row(world: World, city: Office, officer: Visitor) -> None:
    first, second = waiting(world, city), waiting(world, city)
    officer.go(path(first))
    listed_too = [row.detail for row in world.rows(AuditRow, action="case_viewed", application_id=first.id)]
    assert listed_too == [f"opened; beside {listed(second)}"]


def test_a_case_that_is_shown_again_with_what_is_wrong_is_a_row(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city)
    assert decide(officer, application, portrait="reject").status_code == 422
    assert len(looks(world, "case_viewed", application_id=application.id)) == 2


def test_a_page_of_the_queue_is_one_row_with_whom_it_showed(world: World, city: Office, officer: Visitor) -> None:
    officer.go("/review")
    assert looks(world, "queue_viewed") == [], "nobody was shown"
    waiting(world, office(world, name="深圳市考办", city="440300"))
    ours = [waiting(world, city), waiting(world, city)]
    officer.go("/review")
    [row] = world.rows(AuditRow, action="queue_viewed")
    assert (row.application_id, row.detail) == (None, listed(*ours))


def test_the_line_that_offers_to_undo_shows_a_person(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city)
    approve_all(officer, application)
    officer.go("/review")
    assert looks(world, "queue_viewed") == [listed(application)]


def test_a_search_is_a_row_without_what_was_typed(world: World, city: Office, officer: Visitor) -> None:
    found = waiting(world, city, name="欧阳婉仪")
    [number] = [row.candidate.exam_number for row in world.rows(Application)]
    for words in ("欧阳婉", number, "没有这人"):
        officer.go(f"/review?q={words}")
    by_name, by_number, nobody = looks(world, "people_searched")
    assert by_name.startswith("name of 3 ")
    assert by_number.startswith("number of 12 ")
    assert by_name.endswith(f": {listed(found)}")
    assert by_number.endswith(f": {listed(found)}")
    assert nobody.endswith(": 0 people")
    assert not [each for row in world.rows(AuditRow) for each in ("欧阳", number) if each in row.detail]


def test_the_same_search_can_be_recognised_by_whoever_has_the_key(world: World, city: Office, officer: Visitor) -> None:
    for words in ("欧阳婉", "欧阳婉", "欧阳文"):
        officer.go(f"/review?q={words}")
    first, again, other = [detail.split()[3] for detail in looks(world, "people_searched")]
    assert first == again != other


def test_supports_search_that_finds_nobody_is_a_row_too(world: World) -> None:
    caller = world.visitor(world.add(people.support()))
    caller.go("/support")
    assert world.rows(AuditRow) == []
    caller.press("查找", number="019999999999")
    assert [detail.rpartition(": ")[2] for detail in looks(world, "people_searched")] == ["0 people"]


def test_looks_keep_nobody_from_undoing_and_stand_in_no_timeline(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city)
    approve_all(officer, application)
    other = world.visitor(reviewer(world, city))
    other.go(path(application))
    assert "已撤销" in undo(officer).text
    caller = world.visitor(world.add(people.support()))
    told = caller.go(f"/support?number={now_of(world, application).candidate.exam_number}").text
    assert "申请有新的记录" not in told


def test_the_chain_of_what_belongs_to_no_application_is_whole_and_found_by_its_index(
    world: World, city: Office, officer: Visitor
) -> None:
    waiting(world, city)
    for _n in range(3):
        officer.go("/review")
    with world.dependencies.db.reading() as db:
        found = verify_all(db, [audit_key(key) for key in world.settings.secret_keys])
        last = select(AuditRow).where(AuditRow.application_id.is_(None)).order_by(AuditRow.seq.desc()).limit(1)
        statement = str(last.compile(db.get_bind(), compile_kwargs={"literal_binds": True}))
        plan = " ".join(row[3] for row in db.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}"))
    assert found.broken == ()
    assert "USING INDEX" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("where", [None, "county"])
def test_a_reviewer_without_an_office_that_decides_sees_nobody_anywhere(
    world: World, city: Office, where: str | None
) -> None:
    everywhere = {status: waiting(world, city, status, name="欧阳婉仪") for status in Status if status != Status.FORM}
    case = everywhere[Status.PORTRAIT_REVIEW]
    known = {"欧阳婉仪", case.tag} | {row.candidate.exam_number for row in world.rows(Application)}
    lost = world.visitor(reviewer(world, office(world, where) if where else None))
    for address in (
        "/review",
        "/review?q=欧阳",
        f"/review?q={min(known)[:6]}",
        "/review?office=1",
        "/review?holder=free",
    ):
        answer = lost.get(address)
        assert answer.status_code == 200
        assert [each for each in known if each in answer.text.replace(address, "")] == []
    assert "还没有分配考办" in lost.go("/review").text
    for method, rule in (route for route, who in ROUTES.items() if who == "reviewer" and "<tag>" in route[1]):
        for application in everywhere.values():
            address = rule.replace("<tag>", application.tag).replace("<item>", "portrait")
            answer = lost.get(address) if method == "GET" else lost.post(address, {"place": "440304", "reason": "x"})
            assert answer.status_code == 404, f"{method} {rule} in {application.status}"
    assert lost.post("/review/undo", {"act": "x"}).status_code == 303
    assert now_of(world, case).claimed_by is None
    assert [detail for name in ("queue_viewed", "case_viewed") for detail in looks(world, name)] == []


def test_a_reviewer_who_has_lost_the_office_cannot_go_on(world: World, city: Office) -> None:
    case, person = waiting(world, city), reviewer(world, city)
    officer = world.visitor(person)
    open_now = opened(officer, case)
    with world.dependencies.db.writing() as db:
        db.get_one(Staff, person.id).office_id = None
    assert say(officer, case, open_now, portrait="approve").location == "/review"
    assert now_of(world, case).status == Status.PORTRAIT_REVIEW
    assert officer.get(path(case)).status_code == 404
