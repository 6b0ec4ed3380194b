"""Support's timeline: the whole procedure, in order, and nothing that is not support's business."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.application.actions import agree, note, take_step
from app.application.audit_rules import Action
from app.application.model import Application
from app.application.workflow import Status
from app.base.audit import record
from app.identity.actor_rules import Actor, Role
from app.identity.model import Candidate, Office, Staff
from app.review.model import Decision
from tests import people, records
from tests.support.test_console import find, timeline
from tests.visitors import Visitor
from tests.world import World, picture

NEXT = "我已摄像完成，下一步"


@pytest.fixture
def person(world: World) -> Candidate:
    return world.add(people.candidate(name="张小三"))


@pytest.fixture
def caller(world: World) -> Visitor:
    """Somebody of support at the console."""
    return world.visitor(world.add(people.support()))


@pytest.fixture
def office(world: World) -> Staff:
    """A city office with somebody in it."""
    return world.add(people.reviewer())


def handed_over(world: World, person: Candidate) -> None:
    """The picture is before the city office."""
    desk, phone = world.paired(person)
    phone.send(picture())
    desk.look()
    desk.press(NEXT)
    world.clock.move(60)


def act(
    world: World, staff: Staff, action: Action, *items: str, opinion: str = "", approved: bool = True, reason: str = ""
) -> None:
    """The office decides, as the review does it."""
    with world.dependencies.db.writing() as db:
        application = db.scalars(select(Application)).one()
        office, reviewer = db.get(Office, staff.office_id), db.get(Staff, staff.id)
        application.office = office
        for item in items:
            db.add(
                Decision(
                    act=f"act of {action}",
                    application_id=application.id,
                    status=application.status,
                    office=office,
                    staff=reviewer,
                    item=item,
                    sha256="0" * 64,
                    approved=approved,
                    reasons=[reason] if reason else [],
                    opinion=opinion,
                    decided_at=world.clock.now(),
                )
            )
        take_step(
            db, application, action, Role.CITY, world.clock.now(), Actor.staff(staff.id), f"act of {action}", ["old"]
        )
    world.clock.move(60)


def test_the_way_from_applying_to_submitting_can_be_read_aloud(
    world: World, caller: Visitor, person: Candidate, office: Staff
) -> None:
    handed_over(world, person)
    act(
        world, office, Action.REJECT_PORTRAIT, "portrait", approved=False, opinion="张小三的领口歪了", reason="clothing"
    )
    page = find(caller, person)
    lines = timeline(page)
    assert "广州市考办审核不通过，需要重新拍照 毕业证照片" in lines[0]
    assert "衣着不适合毕业证照片。请换有领的深色上衣，重新拍摄。" in lines[0]
    for words in ("考生提交了毕业证照片", "照片已收到", "考生核对了信息，同意了条例", "考生点了“申请”，开始办理"):
        assert any(words in line for line in lines), words
    assert "张小三" not in page.html
    assert "领口" not in page.html


def test_it_says_who_is_next_since_when_and_whom_to_call(
    world: World, caller: Visitor, person: Candidate, office: Staff
) -> None:
    handed_over(world, person)
    with world.dependencies.db.writing() as db:
        db.scalars(select(Application)).one().office_id = office.office_id
    text = find(caller, person).text
    assert "等广州市考办审核 自 2026-11-22 17:00 起" in text
    assert "020-00000000" in text


def test_an_approval_says_which_office_and_of_what(
    world: World, caller: Visitor, person: Candidate, office: Staff
) -> None:
    handed_over(world, person)
    act(world, office, Action.APPROVE, "portrait")
    page = find(caller, person)
    assert "广州市考办审核通过 毕业证照片" in timeline(page)[0]
    assert "等考生点“申请”，提交毕业申请" in page.text


def test_a_closed_application_is_told_too(world: World, caller: Visitor, person: Candidate) -> None:
    world.paired(person)
    with world.dependencies.db.writing() as db:
        take_step(db, db.scalars(select(Application)).one(), Action.WITHDRAW, Role.CANDIDATE, world.clock.now())
    page = find(caller, person)
    assert "考生撤回了申请" in page.text
    assert "考生点了“申请”，开始办理" in page.text
    assert "申请已撤回" in page.text
    assert not page.has_button("重新生成配对链接")


def test_what_has_no_words_yet_is_told_neutrally(world: World, caller: Visitor, person: Candidate) -> None:
    world.paired(person)
    with world.dependencies.db.writing() as db:
        application = db.scalars(select(Application)).one()
        record(db, application.id, str(Actor.server()), "something_new", world.clock.now())
    assert any("申请有新的记录 something_new" in line for line in timeline(find(caller, person)))


def test_a_picture_of_a_document_is_named_by_its_side_and_not_by_its_hash(
    world: World, caller: Visitor, person: Candidate
) -> None:
    world.paired(person)
    with world.dependencies.db.writing() as db:
        application = db.scalars(select(Application)).one()
        note(
            db, application.id, Actor.candidate(person.id), Action.DOCUMENT_RECEIVED, world.clock.now(), "front 3f2a9c"
        )
    page = find(caller, person)
    assert any("收到一张证件附件 身份证正面" in line for line in timeline(page))
    assert "3f2a9c" not in page.html


def test_consent_says_where_it_was_given_and_nobody_who_ticked_nothing_is_said_to_have_checked(
    world: World, caller: Visitor, person: Candidate
) -> None:
    world.paired(person)
    with world.dependencies.db.writing() as db:
        application = db.scalars(select(Application)).one()
        agree(db, application, world.dependencies.terms, "papers", Actor.candidate(person.id), world.clock.now())
    lines = timeline(find(caller, person))
    assert [line for line in lines if "考生单独同意了处理证件附件" in line]
    assert len([line for line in lines if "考生核对了信息，同意了条例" in line]) == 1


def test_it_names_the_office_that_opened_the_application(
    world: World, caller: Visitor, person: Candidate, office: Staff
) -> None:
    handed_over(world, person)
    with world.dependencies.db.writing() as db:
        application = db.scalars(select(Application)).one()
        note(db, application.id, Actor.staff(office.id), Action.REVIEW_CLAIMED, world.clock.now())
    assert "广州市考办打开了申请，正在审核" in timeline(find(caller, person))[0]


def test_a_phone_alone_and_a_link_of_support_are_not_said_to_be_a_computer(
    world: World, caller: Visitor, person: Candidate
) -> None:
    desk = world.desk(person)
    desk.to_specification()
    desk.post("/pairings/here")
    find(caller, person)
    caller.press("重新生成配对链接")
    assert not [line for line in timeline(find(caller, person)) if "电脑" in line]


def test_who_looked_is_not_part_of_it(world: World, caller: Visitor, person: Candidate) -> None:
    desk, phone = world.paired(person)
    phone.send(picture())
    before = timeline(find(caller, person))
    desk.look()
    assert timeline(find(caller, person)) == before


def test_of_somebody_who_has_not_applied_the_form_is_waited_for(world: World, caller: Visitor) -> None:
    page = find(caller, records.ready(world))
    assert "等考生填写申请" in page.text
    assert "还没有任何记录" in page.text


def test_of_somebody_who_may_not_apply_yet_that_is_told(caller: Visitor, person: Candidate) -> None:
    page = find(caller, person)
    assert "毕业预测没有通过" in page.text
    assert "等考生填写申请" not in page.text


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_page(world: World, caller: Visitor, person: Candidate, status: Status) -> None:
    world.paired(person)
    with world.dependencies.db.writing() as db:
        db.scalars(select(Application)).one().status = status
    assert find(caller, person).problems() == []
