"""A case: what is shown of it, to whom, and who holds it."""

from __future__ import annotations

import pytest

from app.application.audit_rules import LOOKS
from app.application.model import Application
from app.application.workflow import Status
from app.base.audit import AuditRow
from app.identity.model import Office
from tests.page import words as words_of
from tests.review.deciding import approve_all, decide, path
from tests.review.waiting import now_of, office, reviewer, waiting
from tests.together import at_once
from tests.visitors import Visitor
from tests.world import FakeClock, World


def acts(world: World, application: Application) -> list[tuple[str, str]]:
    """(actor, action) about this application but looks, oldest first."""
    rows = world.rows(AuditRow, application_id=application.id)[1:]
    return [(row.actor, row.action) for row in rows if row.action not in LOOKS]


def test_the_portrait_stands_beside_its_report_with_advice_and_limits(
    world: World, city: Office, officer: Visitor
) -> None:
    page = officer.go(path(waiting(world, city, name="欧阳婉仪", id_number="440402200103090006")))
    for words in (
        "欧阳婉仪",
        "440402200103090006",
        "1999-04-12",
        "眼睛位置",
        "310 像素",
        "200 – 300",
        "脸的位置太低",
        "1.2%",
        "1°",
    ):
        assert words in page.text
    sources = [each.get("src") or "" for each in page.all("img")]
    assert [each.rpartition("/")[2] for each in sources if "/picture/" in each] == ["portrait", "derived"]


def test_documents_stand_beside_the_candidates_own_words_under_a_watermark(
    world: World, city: Office, officer: Visitor
) -> None:
    page = officer.go(path(waiting(world, city, Status.FULL_REVIEW_CITY)))
    marks = ["".join(each.itertext()) for each in page.all("pattern")]
    assert len(marks) == 3
    assert all(
        words in mark for mark in marks for words in ("仅供毕业审核使用", "广州市考办", "staff", "2026-11-22 17:00")
    )
    assert "普通护照" in page.text
    assert "E12345678" in page.text


@pytest.mark.parametrize(
    ("id_type", "status", "front", "holding"),
    [
        ("居民身份证", Status.DOCUMENT_REVIEW_CITY, "身份证正面", "手持身份证"),
        ("普通护照", Status.FULL_REVIEW_CITY, "护照资料页", "手持护照"),
        ("外国人永久居留证", Status.FULL_REVIEW_CITY, "证件正面", "手持证件"),
    ],
)
def test_documents_are_called_as_the_candidate_calls_them(
    world: World,
    city: Office,
    officer: Visitor,
    provincial: Visitor,
    id_type: str,
    status: Status,
    front: str,
    holding: str,
) -> None:
    application = waiting(world, city, status, id_type=id_type)
    page = officer.go(path(application))
    assert front in [words_of(each) for each in page.all("legend")]
    assert holding in [each.get("alt") for each in page.all("img")]
    approve_all(officer, application)
    history = [words_of(each) for each in provincial.go(path(application)).all("ol") if each.get("class") == "acts"]
    assert f"{front} 通过" in history[0]


def test_the_page_speaks_english_to_who_chose_it(world: World, city: Office, officer: Visitor) -> None:
    officer.go("/review")
    officer.post("/language", {"language": "en"})
    page = officer.go(path(waiting(world, city)))
    assert "Eye line" in page.text
    assert "The face is too low" in page.text
    assert "City office" in [words_of(each) for each in page.all("dt")]


def test_every_view_of_a_picture_is_recorded_and_none_is_kept(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city, Status.FULL_REVIEW_CITY)
    for item in ("portrait", "derived", "overlay", "front", "back", "holding"):
        answer = officer.get(path(application, f"/picture/{item}"))
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        [row] = [each for each in world.rows(AuditRow, action="picture_viewed") if each.detail.startswith(item)]
        assert row.application_id == application.id
        assert row.actor.startswith("staff:")


def test_another_citys_cases_do_not_exist(world: World, city: Office, officer: Visitor) -> None:
    other = waiting(world, office(world, name="深圳市考办"), Status.FULL_REVIEW_CITY)
    for method, what in (
        ("get", ""),
        ("get", "/picture/portrait"),
        ("get", "/picture/front"),
        ("post", "/decide"),
        ("post", "/release"),
    ):
        officer.go("/review")
        assert getattr(officer, method)(path(other, what)).status_code == 404
    assert acts(world, other) == []


@pytest.mark.parametrize("tag", ["x", "0", "'", "%00", "a" * 3000, "..%2f..%2fetc", "%F0%9F%98%80"])
def test_hostile_names_of_cases_and_pictures_are_not_found(
    world: World, city: Office, officer: Visitor, tag: str
) -> None:
    application = waiting(world, city)
    for address in (f"/review/{tag}", f"/review/{tag}/picture/portrait", path(application, f"/picture/{tag}")):
        assert officer.get(address).status_code == 404


def test_pictures_are_seen_only_while_it_is_this_offices_turn(
    world: World, city: Office, officer: Visitor, provincial: Visitor
) -> None:
    application = waiting(world, city, Status.FULL_REVIEW_CITY)
    assert provincial.get(path(application, "/picture/portrait")).status_code == 404
    later = waiting(world, city, Status.FULL_REVIEW_PROVINCE)
    assert officer.get(path(later, "/picture/portrait")).status_code == 404
    page = officer.go(path(later))
    assert "现在不需要您审核" in page.text
    assert not page.has_button("通过")


def test_who_opens_a_case_holds_it_and_a_second_reviewer_is_told(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city)
    second = world.visitor(reviewer(world, city, name="李审核"))
    officer.go(path(application))
    page = second.go(path(application))
    assert "广州审核员 正在审核这份申请，您只能查看" in page.text
    assert not page.has_button("通过")
    assert not page.has_button("不通过")
    assert [action for _actor, action in acts(world, application)] == ["review_claimed"]


def test_after_half_an_hour_of_nothing_another_may_take_over(
    world: World, clock: FakeClock, city: Office, officer: Visitor
) -> None:
    application = waiting(world, city)
    officer.go(path(application))
    clock.move(minutes=29)
    second = world.visitor(reviewer(world, city))
    assert not second.go(path(application)).has_button("通过")
    clock.move(minutes=2)
    assert second.go(path(application)).has_button("通过")
    first, after = [row for row in world.rows(AuditRow) if row.action == "review_claimed"]
    assert after.detail == f"after {first.actor}"


def test_letting_go_frees_the_case(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city)
    officer.go(path(application))
    officer.press("释放本件，交由他人审核")
    assert now_of(world, application).claimed_by is None
    assert world.visitor(reviewer(world, city)).go(path(application)).has_button("通过")


def test_opening_another_case_lets_go_of_the_first(world: World, city: Office, officer: Visitor) -> None:
    first, second = waiting(world, city), waiting(world, city)
    officer.go(path(first))
    officer.go(path(second))
    assert now_of(world, first).claimed_by is None
    assert now_of(world, second).claimed_by is not None


def test_a_browser_that_looks_ahead_holds_nothing(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city)
    assert officer.get(path(application), Sec_Purpose="prefetch").status_code == 200
    assert now_of(world, application).claimed_by is None


def test_of_two_who_open_a_case_at_the_same_moment_one_holds_it(world: World, city: Office) -> None:
    application = waiting(world, city)
    both = [world.visitor(reviewer(world, city)) for _ in range(2)]
    at_once(*[lambda each=each: each.go(path(application)) for each in both])
    assert sorted(each.page.has_button("通过") for each in both) == [False, True]


def test_nobody_opens_their_own_case(world: World, city: Office) -> None:
    application = waiting(world, city, id_number="440105200001150007")
    officer = world.visitor(reviewer(world, city, id_number="440105200001150007"))
    answer = officer.get(path(application))
    assert answer.status_code == 403
    assert "您本人的申请" in answer.text
    assert officer.get(path(application, "/picture/portrait")).status_code == 403
    officer.go("/review")
    assert officer.post(path(application, "/decide"), {"status": "PORTRAIT_REVIEW"}).status_code == 403


def test_earlier_acts_are_told_with_their_words(
    world: World, city: Office, officer: Visitor, provincial: Visitor
) -> None:
    application = waiting(world, city, Status.FULL_REVIEW_CITY)
    answer = decide(
        officer, application, "城市已核对", portrait="approve", front="approve", back="approve", holding="approve"
    )
    assert answer.status_code == 303
    page = provincial.go(path(application))
    for words in ("审核记录", "广州市考办", "城市已核对"):
        assert words in page.text
