"""Decisions: per item, with reasons, once, and what follows from them."""

from __future__ import annotations

import pytest

from app.application.model import Application
from app.application.workflow import Status
from app.base.audit import AuditRow
from app.documents.model import Document
from app.identity.model import Office
from app.portrait.model import Capture
from app.review.model import Decision
from tests.review.deciding import ALL_DOCUMENTS, approve_all, decide, hashes, hidden, opened, path, status_of
from tests.review.waiting import document, portrait, waiting
from tests.visitors import Visitor
from tests.world import FakeClock, World


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Status.PORTRAIT_REVIEW, Status.READY),
        (Status.FULL_REVIEW_CITY, Status.FULL_REVIEW_PROVINCE),
        (Status.DOCUMENT_REVIEW_CITY, Status.DOCUMENT_REVIEW_PROVINCE),
    ],
)
def test_a_city_approves(world: World, city: Office, officer: Visitor, before: Status, after: Status) -> None:
    application = waiting(world, city, before)
    assert approve_all(officer, application).status_code == 303
    assert status_of(world, application) == after
    assert all(row.approved for row in world.rows(Decision))
    assert world.rows(AuditRow)[-1].action == "approve"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Status.FULL_REVIEW_PROVINCE, Status.READY),
        (Status.DOCUMENT_REVIEW_PROVINCE, Status.CAPTURE),
    ],
)
def test_the_province_approves(world: World, city: Office, provincial: Visitor, before: Status, after: Status) -> None:
    application = waiting(world, city, before)
    approve_all(provincial, application)
    assert status_of(world, application) == after


@pytest.mark.parametrize(
    ("choices", "after"),
    [
        ({"portrait": "retouched"} | ALL_DOCUMENTS, Status.CAPTURE),
        ({"portrait": "approve"} | ALL_DOCUMENTS | {"front": "unreadable"}, Status.DOCUMENTS),
        ({"portrait": "old_photo", "front": "unreadable", "back": "approve", "holding": "not_held"}, Status.CAPTURE),
    ],
)
def test_what_is_rejected_decides_where_the_candidate_goes(
    world: World, city: Office, officer: Visitor, choices: dict[str, str], after: Status
) -> None:
    application = waiting(world, city, Status.FULL_REVIEW_CITY)
    decide(officer, application, **choices)
    assert status_of(world, application) == after
    ended = {row.slot for row in world.rows(Document) if row.end_reason == "rejected"}
    ended |= {"portrait" for row in world.rows(Capture) if row.end_reason == "rejected"}
    assert ended == {item for item, word in choices.items() if word != "approve"}


def test_a_rejected_pictures_bytes_are_kept(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city)
    kept = world.blobs()
    decide(officer, application, portrait="retouched")
    [capture] = world.rows(Capture)
    assert (capture.end_reason, capture.ended_at) == ("rejected", world.clock.now())
    assert world.blobs() == kept


def test_the_buttons_of_a_single_item_decide_at_once(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city)
    officer.go(path(application))
    form, button = officer.page.button("通过")
    fields = {"status": "PORTRAIT_REVIEW", "sha256.portrait": hashes(officer)["portrait"]}
    assert (
        officer.post(form.attrib["action"], fields | {button.get("name", ""): button.get("value", "")}).status_code
        == 303
    )
    assert status_of(world, application) == Status.READY


def test_a_rejection_needs_a_reason_or_an_opinion_and_loses_nothing_that_was_typed(
    world: World, city: Office, officer: Visitor
) -> None:
    application = waiting(world, city, Status.FULL_REVIEW_CITY)
    answer = decide(officer, application, portrait="reject")
    assert answer.status_code == 422
    assert "至少选一个理由" in officer.page.text
    assert world.rows(Decision) == []
    answer = decide(officer, application, "背景有人", portrait="reject")
    assert answer.status_code == 303
    [row] = world.rows(Decision)
    assert (row.opinion, row.reasons, row.approved) == ("背景有人", [], False)


def test_approving_needs_a_word_about_every_item(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city, Status.FULL_REVIEW_CITY)
    answer = decide(officer, application, "看过两项", portrait="approve", front="approve")
    assert answer.status_code == 422
    assert "还有项目没有审核" in officer.page.text
    assert "看过两项" in officer.page.text
    assert status_of(world, application) == Status.FULL_REVIEW_CITY


def test_without_a_script_the_buttons_of_several_items_are_kept_until_they_are_submitted(
    world: World, city: Office, officer: Visitor
) -> None:
    application = waiting(world, city, Status.DOCUMENT_REVIEW_CITY)
    officer.go(path(application))
    for said in (
        {"choice.front": "approve"},
        {"choice.back": "approve"},
        {"choice.holding": "approve"},
        {"submit": "yes"},
    ):
        assert status_of(world, application) == Status.DOCUMENT_REVIEW_CITY
        form, _button = officer.page.button("提交审核结果")
        fields = {
            each.get("name", ""): each.get("value", "") for each in form.iter("input") if each.get("type") == "hidden"
        }
        answer = officer.post(form.attrib["action"], fields | said)
    assert answer.status_code == 303
    assert status_of(world, application) == Status.DOCUMENT_REVIEW_PROVINCE


def test_one_button_approves_everything(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city, Status.FULL_REVIEW_CITY)
    officer.go(path(application))
    form, button = officer.page.button("全部通过")
    fields = hidden(form)
    officer.post(form.attrib["action"], fields | {button.get("name", ""): button.get("value", "")})
    assert status_of(world, application) == Status.FULL_REVIEW_PROVINCE


def test_one_button_approves_nothing_while_something_is_marked_as_rejected(
    world: World, city: Office, officer: Visitor
) -> None:
    application = waiting(world, city, Status.FULL_REVIEW_CITY)
    officer.go(path(application))
    form, button = officer.page.button("全部通过")
    fields = hidden(form) | {"chosen.front": "reject", "reason.front": "unreadable"}
    answer = officer.post(form.attrib["action"], fields | {button.get("name", ""): button.get("value", "")})
    assert answer.status_code == 422
    assert "有的项目已经选了“不通过”" in answer.text
    assert 'name="chosen.front" value="reject"' in answer.text, "what was chosen stays chosen"
    assert status_of(world, application) == Status.FULL_REVIEW_CITY


def test_after_a_decision_the_next_case_opens(world: World, clock: FakeClock, city: Office, officer: Visitor) -> None:
    first = waiting(world, city)
    clock.move(1)
    second = waiting(world, city)
    assert approve_all(officer, first).location == path(second)
    assert approve_all(officer, second).location == "/review"


def test_a_drawn_region_is_kept_with_the_rejection(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city)
    open_now = opened(officer, application)
    fields = {
        "status": "PORTRAIT_REVIEW",
        "sha256.portrait": open_now["portrait"],
        "choice.portrait": "reject",
        "reason.portrait": "glasses",
        "region.portrait": "0.25,0.3,0.5,0.2",
    }
    officer.post(path(application, "/decide"), fields)
    assert world.rows(Decision)[0].region == [0.25, 0.3, 0.5, 0.2]


def test_after_a_resubmission_only_what_changed_is_open_at_the_city(
    world: World, city: Office, officer: Visitor
) -> None:
    application = waiting(world, city, Status.FULL_REVIEW_CITY)
    decide(officer, application, portrait="approve", front="cut_off", back="approve", holding="approve")
    document(world, application, "front")
    _back_to_the_city(world, application)
    assert set(opened(officer, application)) == {"front"}
    approve_all(officer, application)
    assert status_of(world, application) == Status.FULL_REVIEW_PROVINCE


def test_what_the_province_rejected_is_open_at_the_city_again_though_it_is_the_same_picture(
    world: World, city: Office, officer: Visitor, provincial: Visitor
) -> None:
    application = waiting(world, city, Status.FULL_REVIEW_CITY)
    approve_all(officer, application)
    same = f"{application.id} 同一张".encode()
    decide(provincial, application, portrait="old_photo", front="approve", back="approve", holding="approve")
    portrait(world, application, same)
    _back_to_the_city(world, application)
    assert set(opened(officer, application)) == {"portrait"}


def _back_to_the_city(world: World, application: Application) -> None:
    with world.dependencies.db.writing() as db:
        row = db.get_one(Application, application.id)
        row.status, row.status_since = Status.FULL_REVIEW_CITY, world.clock.now()
