"""撤销: within a minute, once, as long as nobody has built on it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.application.audit_rules import LOOKS
from app.application.model import Application
from app.application.workflow import Status
from app.base.audit import AuditRow
from app.documents.model import Document
from app.identity.model import Office
from app.portrait.model import Capture
from app.review.model import Decision
from tests.page import Page
from tests.review.deciding import approve_all, decide, opened, path, status_of
from tests.review.waiting import document, now_of, portrait, reviewer, waiting
from tests.visitors import Visitor
from tests.world import FakeClock, World


def undo(visitor: Visitor, act: str | None = None) -> Page:
    """撤销; the page that follows."""
    visitor.go("/review")
    if act is None:
        return visitor.press("撤销")
    return visitor.go(visitor.post("/review/undo", {"act": act}).location)


@pytest.mark.parametrize("choices", [{"portrait": "approve"}, {"portrait": "retouched"}])
def test_within_a_minute_everything_is_as_it_was(
    world: World, clock: FakeClock, city: Office, officer: Visitor, choices: dict[str, str]
) -> None:
    application = waiting(world, city)
    since = application.status_since
    clock.move(minutes=5)
    decide(officer, application, **choices)
    clock.move(seconds=59)
    page = undo(officer)
    assert "已撤销" in page.text
    assert page.has_button("通过")
    now = now_of(world, application)
    assert (now.status, now.status_since) == (Status.PORTRAIT_REVIEW, since)
    assert [row.ended_at for row in world.rows(Capture)] == [None]
    assert world.rows(Decision)[0].undone_at == clock.now()
    done = [row.action for row in world.rows(AuditRow) if row.action not in LOOKS]
    assert done[-2:] == ["undo", "review_claimed"]
    approve_all(officer, application)
    assert status_of(world, application) == Status.READY


def test_a_rejection_of_several_documents_is_taken_back_as_a_whole(
    world: World, city: Office, officer: Visitor
) -> None:
    application = waiting(world, city, Status.FULL_REVIEW_CITY)
    decide(officer, application, portrait="old_photo", front="unreadable", back="approve", holding="not_held")
    undo(officer)
    assert set(opened(officer, application)) == {"portrait", "front", "back", "holding"}


def test_one_rejected_picture_is_a_case_sent_back(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city, Status.FULL_REVIEW_CITY)
    decide(officer, application, portrait="approve", front="unreadable", back="approve", holding="approve")
    page = officer.go("/review")
    assert "已退回" in page.text
    assert "已通过" not in page.text


def test_after_the_minute_there_is_no_button_and_no_way(
    world: World, clock: FakeClock, city: Office, officer: Visitor
) -> None:
    application = waiting(world, city)
    approve_all(officer, application)
    clock.move(seconds=61)
    assert not officer.go("/review").has_button("撤销")
    assert "已经不能撤销" in undo(officer, world.rows(Decision)[0].act).text
    assert status_of(world, application) == Status.READY


def test_an_act_is_undone_once(world: World, city: Office, officer: Visitor) -> None:
    approve_all(officer, waiting(world, city))
    undo(officer)
    assert "已经不能撤销" in undo(officer, world.rows(Decision)[0].act).text


def test_nobody_undoes_anothers_act(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city)
    approve_all(officer, application)
    other = world.visitor(reviewer(world, city))
    assert not other.go("/review").has_button("撤销")
    assert "已经不能撤销" in undo(other, world.rows(Decision)[0].act).text
    assert status_of(world, application) == Status.READY


def _candidate_submits(world: World, application: Application) -> None:
    with world.dependencies.db.writing() as db:
        db.get_one(Application, application.id).status = Status.SUBMITTED


def _province_holds(world: World, application: Application) -> None:
    with world.dependencies.db.writing() as db:
        row = db.get_one(Application, application.id)
        row.claimed_by, row.claimed_at = world.rows(Decision)[0].staff_id, world.clock.now()


@pytest.mark.parametrize("deed", [_candidate_submits, _province_holds])
def test_what_others_have_built_on_stays(
    world: World, city: Office, officer: Visitor, deed: Callable[[World, Application], None]
) -> None:
    application = waiting(world, city)
    approve_all(officer, application)
    deed(world, application)
    assert not officer.go("/review").has_button("撤销"), "what would be refused is not offered"
    page = undo(officer, world.rows(Decision)[0].act)
    assert "已经不能撤销" in page.text
    assert "已通过：" not in page.text
    assert world.rows(Decision)[0].undone_at is None


@pytest.mark.parametrize("choices", [{"portrait": "approve"}, {"portrait": "retouched"}])
def test_nobody_reads_anything_of_it_afterwards(
    world: World, city: Office, officer: Visitor, choices: dict[str, str]
) -> None:
    application = waiting(world, city)
    opened(officer, application)
    candidate = world.newcomer(world.rows(Application)[0].candidate)
    before = candidate.go("/apply").text
    decide(officer, application, **choices)
    assert candidate.go("/apply").text != before
    page = undo(officer)
    for trace in ("已通过：", "已退回：", "审核记录", "已经不能撤销"):
        assert trace not in page.text
        assert trace not in officer.go("/review").text
    assert candidate.go("/apply").text == before
    assert "考办还没有作出审核决定" in candidate.go("/result").text


def test_what_stood_before_the_act_is_what_stands_again(
    world: World, city: Office, officer: Visitor, provincial: Visitor
) -> None:
    application = waiting(world, city, Status.FULL_REVIEW_CITY)
    approve_all(officer, application)
    candidate = world.newcomer(world.rows(Application)[0].candidate)
    before = candidate.go("/apply").text
    decide(provincial, application, portrait="approve", front="unreadable", back="approve", holding="approve")
    assert "不通过" in candidate.go("/apply").text
    undo(provincial)
    assert candidate.go("/apply").text == before


def test_who_only_looked_has_built_nothing(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city, Status.FULL_REVIEW_CITY)
    decide(officer, application, portrait="approve", front="unreadable", back="approve", holding="approve")
    candidate = world.newcomer(world.rows(Application)[0].candidate)
    candidate.go("/apply/documents")
    sources = [each.get("src", "") for each in candidate.page.all("img")]
    seen = [candidate.get(each).status_code for each in sources if each.startswith("/apply/")]
    assert seen == [200] * len(seen)
    assert seen
    assert "已撤销" in undo(officer).text


def test_a_rejected_picture_that_was_replaced_stays_rejected(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city, Status.FULL_REVIEW_CITY)
    decide(officer, application, portrait="approve", front="cut_off", back="approve", holding="approve")
    document(world, application, "front")
    assert not officer.go("/review").has_button("撤销")
    assert "已经不能撤销" in undo(officer, world.rows(Decision)[0].act).text
    assert status_of(world, application) == Status.DOCUMENTS
    assert len([row for row in world.rows(Document, slot="front") if row.ended_at is None]) == 1


def test_a_new_portrait_forbids_it_too(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city)
    decide(officer, application, portrait="retouched")
    portrait(world, application)
    assert not officer.go("/review").has_button("撤销")
    assert "已经不能撤销" in undo(officer, world.rows(Decision)[0].act).text
    assert status_of(world, application) == Status.CAPTURE


@pytest.mark.parametrize("act", ["", "x", "'; --", "\x00", "0" * 4000])
def test_a_hostile_act_is_too_late(world: World, city: Office, officer: Visitor, act: str) -> None:
    assert "已经不能撤销" in undo(officer, act).text


def test_the_page_tells_who_was_decided(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city, name="欧阳婉仪")
    approve_all(officer, application)
    assert "已通过：欧阳婉仪。" in officer.go("/review").text
    assert path(application) not in officer.page.html
