"""The end of a batch, to the minute, as those meet it who are in the middle of something."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.application.model import Application, Batch
from app.identity.model import Candidate
from tests.procedure import the_application
from tests.visitors import Desk
from tests.world import FakeClock, World

APPLY, WITHDRAW = "申请", "撤回申请"


def put_off(world: World, **times: datetime) -> None:
    """The batch has other times now."""
    with world.dependencies.db.writing() as db:
        batch = db.get_one(Batch, "202612")
        for name, moment in times.items():
            setattr(batch, name, moment)


def test_in_the_last_minute_the_form_is_taken(season: World, desk: Desk, clock: FakeClock) -> None:
    put_off(season, closes_at=clock.now() + timedelta(minutes=1))
    clock.move(seconds=59)
    desk.press(APPLY)
    assert the_application(season).batch == "202612"


def test_whoever_sends_the_form_after_it_reads_that_nothing_was_submitted(
    season: World, desk: Desk, clock: FakeClock
) -> None:
    put_off(season, closes_at=clock.now() + timedelta(minutes=1))
    clock.move(minutes=1)
    page = desk.press(APPLY)
    assert "申请没有提交：申请时间刚刚结束，或者有变动。" in page.text
    assert "现在不在毕业申请时间内" in page.text
    assert season.rows(Application) == []


def test_one_that_is_put_off_is_not_said_to_have_closed(season: World, person: Candidate, clock: FakeClock) -> None:
    desk = season.desk(person)
    put_off(season, opens_at=clock.now() + timedelta(days=3))
    page = desk.go("/apply")
    assert "截止" not in page.text
    assert page.has_button(APPLY)


def test_after_it_the_question_says_that_one_cannot_apply_anew_at_once(
    season: World, person: Candidate, clock: FakeClock
) -> None:
    desk = season.desk(person)
    clock.move(days=31)
    desk.log_in(person)
    form, _button = desk.go("/apply").button(WITHDRAW)
    page = desk.press(WITHDRAW)
    assert "要等到下一次申请时才能重新申请" in form.attrib["data-ask"]
    assert form.attrib["data-ask"] in page.text
    page = desk.press("确定撤回")
    assert "上一次申请已于" in page.text
    assert "现在可以重新申请" not in page.text
