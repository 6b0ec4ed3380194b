"""上一次申请结果."""

from __future__ import annotations

import pytest

from app.application.contributions import Contribution, Opinion, ReviewSummary
from app.application.model import Application
from app.application.workflow import Status
from tests.page import Page, words
from tests.procedure import the_application
from tests.seams import contribute
from tests.visitors import Desk
from tests.world import World


def headings(page: Page) -> list[str]:
    """What the page tells about, newest first."""
    return [words(each) for each in page.all("h2")]


def test_before_anything_happened_the_page_says_so_and_leads_on(desk: Desk) -> None:
    page = desk.go(desk.page.link("上一次申请结果"))
    assert "您还没有申请过毕业，所以没有结果。" in page.text
    assert "广州市考办" in page.text
    assert page.link("去申请毕业") == "/apply"


def test_while_nobody_has_decided_that_is_said(desk: Desk) -> None:
    desk.press("申请")
    page = desk.go("/result")
    assert headings(page) == ["正在采集毕业证照片"]
    assert "考办还没有作出审核决定。" in page.text
    assert page.link("去办理这次申请") == "/apply"


def test_from_what_is_submitted_it_leads_to_the_form(season: World, desk: Desk) -> None:
    desk.press("申请")
    with season.dependencies.db.writing() as db:
        db.get_one(Application, the_application(season).id).status = Status.SUBMITTED
    links = [words(each) for each in desk.go("/result").all("a")]
    assert links.count("打印毕业生登记表") == 2, "in the menu, and below what was submitted"
    assert "去办理这次申请" not in links


def test_an_application_that_was_withdrawn_stays_to_be_seen(desk: Desk) -> None:
    desk.press("申请")
    desk.go("/apply")
    desk.post("/apply/withdraw")
    assert headings(desk.go("/result")) == ["申请已撤回"]
    desk.go("/apply")
    desk.press("申请")
    page = desk.go("/result")
    assert headings(page) == ["正在采集毕业证照片", "申请已撤回"]
    assert "2026 年 12 月" in page.text


def test_what_an_office_decided_last_is_shown_with_its_opinion(season: World, desk: Desk) -> None:
    told = Opinion(
        item="portrait",
        name="毕业证照片",
        approved=False,
        reasons=("闭着眼睛",),
        opinion="请睁开眼睛",
        region=None,
        office="广州市考办",
        contact="电话 020-00000000",
        decided_at=season.clock.now(),
    )
    contribute(season, Contribution(review=lambda _db, _application: ReviewSummary((told,))))
    desk.press("申请")
    text = desk.go("/result").text
    for said in ("毕业证照片：不通过", "闭着眼睛", "请睁开眼睛", "广州市考办 · 电话 020-00000000 · 2026-11-22 17:00"):
        assert said in text


def test_it_is_only_ones_own(season: World, desk: Desk) -> None:
    season.desk()
    assert the_application(season).status == Status.CAPTURE
    assert headings(desk.go("/result")) == []


@pytest.mark.parametrize(
    ("status", "label"),
    [
        (Status.PORTRAIT_REVIEW, "提交时间"),
        (Status.FULL_REVIEW_CITY, "提交时间"),
        (Status.SUBMITTED, "提交时间"),
        (Status.DOCUMENT_REVIEW_PROVINCE, "更新时间"),
        (Status.READY, "更新时间"),
    ],
)
def test_a_time_is_called_after_what_happened_then(season: World, desk: Desk, status: Status, label: str) -> None:
    desk.press("申请")
    with season.dependencies.db.writing() as db:
        db.get_one(Application, the_application(season).id).status = status
    assert f"{label}2026-11-22 17:00" in desk.go("/apply").text


@pytest.mark.parametrize("status", [Status.PORTRAIT_REVIEW, Status.FULL_REVIEW_CITY, Status.DOCUMENT_REVIEW_PROVINCE])
def test_who_waits_is_told_how_many_days_it_takes(season: World, desk: Desk, status: Status) -> None:
    desk.press("申请")
    with season.dependencies.db.writing() as db:
        db.get_one(Application, the_application(season).id).status = status
    days = season.dependencies.settings.review_days
    assert f"审核一般需要 {days} 个工作日，结果会显示在这里。" in desk.go("/apply").text
