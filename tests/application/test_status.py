"""Where the application stands, what to do now: told in every status, with the one button that fits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.application.contributions import Opinion
from app.application.message_rules import tell
from app.application.model import Application, Receipt
from app.application.status_row_rules import Button
from app.application.status_rules import LABELS, button_of
from app.application.workflow import Branch, Status
from tests import people, procedure
from tests.application.conftest import Decided
from tests.procedure import REVIEWS, the_application
from tests.visitors import Desk
from tests.world import FakeClock, NewWorld, World

WAIT = "(注)正在审核中，请耐心等待审核结果！"
OPINION = Opinion(
    item="front",
    name="身份证正面",
    approved=False,
    reasons=("看不清楚",),
    opinion="请重新拍正面",
    region=None,
    office="广州市考办",
    contact="电话 020-00000000",
    decided_at=datetime(2026, 11, 22, 9, 0, tzinfo=UTC),
)


def put(world: World, status: Status, **fields: int | datetime) -> None:
    """The application is in this status now, whatever was before."""
    with world.dependencies.db.writing() as db:
        row = db.get_one(Application, the_application(world).id)
        row.status, row.status_since = status, world.clock.now()
        for name, value in fields.items():
            setattr(row, name, value)


@pytest.fixture
def desk(season: World) -> Desk:
    """Somebody who has applied."""
    return season.desk()


@pytest.mark.parametrize("status", REVIEWS)
def test_during_a_review_one_waits_and_the_next_step_is_closed(season: World, desk: Desk, status: Status) -> None:
    put(season, status)
    page = desk.go("/apply")
    assert WAIT in page.text
    assert LABELS[status] in page.text
    assert "2026-11-22 17:00" in page.text
    assert page.button("下一步")[1].get("disabled") is not None
    assert not page.has_button("申请")


@pytest.mark.parametrize("status", [Status.CAPTURE, Status.DOCUMENTS])
def test_before_any_review_apply_leads_on(season: World, desk: Desk, status: Status) -> None:
    put(season, status)
    page = desk.go("/apply")
    assert page.has_button("申请")
    assert not page.has_button("下一步")
    assert WAIT not in page.text


@pytest.mark.parametrize(
    ("status", "heading"), [(Status.CAPTURE, "需要重新拍摄毕业证照片"), (Status.DOCUMENTS, "需要重新上传证件附件")]
)
def test_after_a_rejection_the_opinion_is_shown_and_the_next_step_is_open(
    season: World, desk: Desk, decided: Decided, status: Status, heading: str
) -> None:
    put(season, status)
    decided("rejected", OPINION)
    page = desk.go("/apply")
    assert LABELS[status] not in page.text
    for words in (heading, "没有通过审核", "看不清楚", "请重新拍正面", "广州市考办", "电话 020-00000000"):
        assert words in page.text
    assert page.has_button("下一步")
    assert not page.has_button("申请")


@pytest.mark.parametrize("front_too", [True, False])
def test_after_a_rejection_of_the_portrait_the_heading_says_whether_documents_are_needed(
    season: World, desk: Desk, decided: Decided, front_too: bool
) -> None:
    put(season, Status.CAPTURE)
    decided("rejected", replace(OPINION, item="portrait"), replace(OPINION, approved=not front_too))
    page = desk.go("/apply")
    assert ("需要重新拍摄毕业证照片，并重新上传证件附件" in page.text) == front_too
    assert page.text.count("请重新拍正面") == 1


def test_after_approved_documents_the_next_step_leads_to_the_camera(
    season: World, desk: Desk, decided: Decided
) -> None:
    decided("approved", replace(OPINION, approved=True, reasons=(), opinion=""))
    assert "证件附件已通过审核。请点“下一步”拍照。" in desk.go("/apply").text
    assert "请确认学生信息" in desk.press("下一步").text


def test_when_all_is_approved_apply_submits_directly_with_a_receipt(season: World, desk: Desk) -> None:
    put(season, Status.READY)
    page = desk.go("/apply")
    assert "审核已通过" in page.text
    page = desk.press("申请")
    assert the_application(season).status == Status.SUBMITTED
    assert "毕业申请已提交" in page.text
    assert page.link("打印毕业生登记表") == "/print"
    [receipt] = season.rows(Receipt, kind="submission")
    assert receipt.number in page.text
    assert not page.has_button("申请")
    assert not page.has_button("撤回申请")


def test_submitting_in_two_tabs_is_once(season: World, desk: Desk) -> None:
    put(season, Status.READY)
    tab = season.newcomer(the_application(season).candidate)
    desk.go("/apply")
    desk.press("申请")
    assert "毕业申请已提交" in tab.press("申请").text
    assert len(season.rows(Receipt, kind="submission")) == 1


@pytest.mark.parametrize("status", [each for each in Status if each not in (Status.FORM, Status.WITHDRAWN)])
def test_every_status_says_who_is_next_since_when_and_whom_to_ask(season: World, desk: Desk, status: Status) -> None:
    put(season, status)
    text = desk.go("/apply").text
    for words in (LABELS[status], "时间2026-11-22 17:00", "下一步", "广州市考办", "广州市招生考试办公室"):
        assert words in text
    assert "%(" not in text


@pytest.mark.parametrize("status", [Status.CAPTURE, Status.DOCUMENTS, Status.READY])
def test_what_was_begun_before_the_batch_closed_may_be_finished_and_that_is_said(
    season: World, desk: Desk, clock: FakeClock, status: Status
) -> None:
    clock.move(days=31)
    put(season, status)
    desk.log_in(the_application(season).candidate)
    page = desk.go("/apply")
    assert "2026 年 12 月 的申请已于 2026-12-22 17:00 截止。您在截止前已经开始，可以继续办完并提交。" in page.text
    assert page.has_button("申请")


def test_a_place_can_only_be_changed_by_the_office(desk: Desk) -> None:
    page = desk.go("/apply")
    assert "注意：如需更改毕业办理地点，请联系相关地市考办处理" in page.text
    assert [each for each in page.all("select") if each.get("name") == "place"] == []
    assert "广州市越秀区" in page.text


def test_an_application_of_before_there_was_a_form_is_shown_too(world: World) -> None:
    person = world.add(people.candidate())
    now = world.clock.now()
    world.add(
        Application(
            tag="t" * 22,
            candidate_id=person.id,
            status=Status.PORTRAIT_REVIEW,
            language="zh",
            applied_at=now,
            status_since=now,
        )
    )
    assert WAIT in world.newcomer(person).go("/apply").text


def test_a_page_of_before_applying_is_told_to_load_anew(season: World) -> None:
    assert season.newcomer().get("/apply/panel").status_code == 409


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("reviewed", [True, False])
def test_there_is_at_most_one_button(status: Status, reviewed: bool) -> None:
    expected = {
        Status.READY: Button("apply"),
        **dict.fromkeys(REVIEWS, Button("next", enabled=False)),
        **dict.fromkeys((Status.CAPTURE, Status.DOCUMENTS), Button("next" if reviewed else "apply")),
    }
    assert button_of(status, reviewed) == expected.get(status)


@pytest.mark.parametrize("status", [each for each in Status if each != Status.FORM])
@pytest.mark.parametrize("branch", Branch)
@pytest.mark.parametrize("last_review", [None, "approved", "rejected"])
def test_there_are_words_for_everything(status: Status, branch: Branch, last_review: str | None) -> None:
    told = tell(status, branch, last_review, register_is_out=False)
    assert told.words
    assert told.next
    assert told.tone in ("inform", "warn", "good", "bad")


def test_people_with_other_documents_are_not_told_of_the_register(season: World) -> None:
    person = season.add(people.candidate(id_type="普通护照", id_number="E12345678"))
    desk = season.desk(person)
    put(season, Status.DOCUMENTS)
    text = desk.go("/apply").text
    assert "照片已保存" in text
    assert "公安人口库" not in text


def test_the_demos_two_hard_cases_end_where_they_should(new_world: NewWorld) -> None:
    world = new_world()
    world.app.test_cli_runner().invoke(args=["demo"], catch_exceptions=False)
    for login, words in (("010126000002", "需要上传证件附件"), ("010126000006", "公安人口库暂时无法连接")):
        desk = world.newcomer()
        desk.press("退出")
        desk.press("登录", name=login, password=people.PASSWORD)
        desk.press("申请")
        assert words in desk.go("/apply").text, login


def test_applications_lie_where_their_place_is(season: World) -> None:
    procedure.has_applied(season, season.add(people.candidate()), place="441900")
    assert [row.office and row.office.name for row in season.rows(Application)] == ["东莞市考办"]
