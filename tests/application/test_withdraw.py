"""撤回申请: until the first review has begun; afterwards one may apply anew."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from app.application.actions import take_step
from app.application.audit_rules import Action
from app.application.contributions import Contribution
from app.application.model import Application
from app.application.workflow import BEFORE_THE_PROVINCE, Status
from app.base.audit import AuditRow
from app.identity.actor_rules import Actor, Role
from app.identity.model import Candidate
from app.pairing.model import Pairing
from app.portrait.model import BLOBS, Capture
from tests import people
from tests.page import Page
from tests.procedure import the_application
from tests.seams import contribute
from tests.together import at_once
from tests.visitors import Desk, reason
from tests.world import World, picture

WITHDRAW = "撤回申请"


def put(world: World, **fields: Status | datetime | int) -> None:
    """The application's row says this now."""
    with world.dependencies.db.writing() as db:
        row = db.get(Application, the_application(world).id)
        for name, value in fields.items():
            setattr(row, name, value)


@pytest.fixture
def desk(season: World, person: Candidate) -> Desk:
    """Somebody who has applied and may be photographed."""
    return season.desk(person)


def withdraw(desk: Desk) -> Page:
    """撤回申请, and yes to the question; the page that follows."""
    desk.press(WITHDRAW)
    return desk.press("确定撤回")


def test_without_a_script_the_server_asks_before_it_does(season: World, desk: Desk) -> None:
    form, _button = desk.go("/apply").button(WITHDRAW)
    page = desk.press(WITHDRAW)
    assert "确定撤回吗" in form.attrib["data-ask"]
    assert form.attrib["data-ask"] in page.text
    assert page.link("不撤回") == "/apply"
    assert the_application(season).closed_at is None


def test_it_closes_the_application_and_one_may_apply_anew(season: World, desk: Desk) -> None:
    desk.go("/apply")
    page = withdraw(desk)
    assert "上一次申请已于 2026-11-22 17:00 撤回，现在可以重新申请。" in page.text
    first = the_application(season)
    assert (first.status, first.closed_at) == (Status.WITHDRAWN, season.clock.now())
    assert "请确认学生信息" in desk.press("申请").text
    assert [row.closed_at is None for row in season.rows(Application)] == [False, True]


@pytest.mark.parametrize("status", BEFORE_THE_PROVINCE)
def test_it_may_be_done_while_nobody_has_begun(season: World, desk: Desk, status: Status) -> None:
    put(season, status=status)
    desk.go("/apply")
    withdraw(desk)
    assert the_application(season).status == Status.WITHDRAWN
    assert season.rows(AuditRow)[-1].action == "withdraw"


@pytest.mark.parametrize("status", [each for each in Status if each not in (*BEFORE_THE_PROVINCE, Status.WITHDRAWN)])
def test_later_it_may_not(season: World, desk: Desk, status: Status) -> None:
    put(season, status=status)
    assert not desk.go("/apply").has_button(WITHDRAW)
    assert desk.post("/apply/withdraw", Accept="application/json").status_code == 409
    assert the_application(season).status == status


def test_once_a_reviewer_looks_at_it_it_may_not(season: World, desk: Desk) -> None:
    reviewer = season.add(people.reviewer())
    put(season, status=Status.PORTRAIT_REVIEW, claimed_by=reviewer.id, claimed_at=season.clock.now())
    assert not desk.go("/apply").has_button(WITHDRAW)
    assert reason(desk.post("/apply/withdraw", Accept="application/json")) == (409, "not_now")


def test_once_an_office_has_decided_it_may_not(season: World, desk: Desk) -> None:
    put(season, status=Status.PORTRAIT_REVIEW)
    with season.dependencies.db.writing() as db:
        application = db.get_one(Application, the_application(season).id)
        now, who = season.clock.now(), Actor.staff(1)
        take_step(db, application, Action.REJECT_PORTRAIT, Role.CITY, now, who, "", ["unclear"])
    assert not desk.go("/apply").has_button(WITHDRAW)
    assert reason(desk.post("/apply/withdraw", Accept="application/json")) == (409, "not_now")
    assert the_application(season).status == Status.CAPTURE


def test_twice_at_once_is_once(season: World, desk: Desk) -> None:
    def press() -> int:
        tab = Desk(season.app, season.origin)
        tab.client.set_cookie("session", desk.cookie("session") or "")
        return tab.post("/apply/withdraw", {"csrf": desk.csrf()}).status_code

    assert at_once(*[press] * 6) == [303] * 6
    assert [row.action for row in season.rows(AuditRow)].count("withdraw") == 1


def test_the_draft_its_pictures_and_the_phone_are_let_go(season: World, person: Candidate) -> None:
    desk, phone = season.paired(person)
    phone.send(picture())
    assert season.blobs()
    desk.go("/apply")
    withdraw(desk)
    assert [(row.end_reason, [getattr(row, each) for each in BLOBS]) for row in season.rows(Capture)] == [
        ("withdrawn", [None] * 4)
    ]
    assert season.blobs() == set()
    assert [row.end_reason for row in season.rows(Pairing)] == ["withdrawn"]
    assert reason(phone.state()) == (410, "withdrawn")


def test_a_portrait_that_was_handed_over_is_deleted_too(season: World, person: Candidate) -> None:
    desk, phone = season.paired(person)
    phone.send(picture())
    desk.look()
    desk.press("我已摄像完成，下一步")
    withdraw(desk)
    assert season.blobs() == set()
    assert [row.end_reason for row in season.rows(Capture)] == ["withdrawn"]


def test_a_later_slice_gives_up_its_own_in_the_same_transaction(season: World, desk: Desk) -> None:
    def fails(_db: Session, _application: Application, _actor: Actor, _now: datetime) -> None:
        raise RuntimeError("its pictures cannot be given up")

    contribute(season, Contribution(give_up=fails))
    season.app.config["PROPAGATE_EXCEPTIONS"] = False
    desk.go("/apply")
    assert desk.post("/apply/withdraw").status_code == 500
    assert the_application(season).status == Status.CAPTURE


def test_without_an_application_there_is_nothing_to_withdraw(season: World) -> None:
    assert season.newcomer().post("/apply/withdraw").status_code == 303
    assert season.rows(Application) == []
