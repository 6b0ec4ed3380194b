"""Who may decide what, when: stale pages, two at once, strangers, whatever a form may say."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from app.application.model import Application
from app.application.workflow import Status
from app.base.audit import AuditRow
from app.identity.model import Office
from app.portrait.model import Capture
from app.review.model import Decision
from tests.review.deciding import opened, path, say, status_of
from tests.review.waiting import office, reviewer, waiting
from tests.together import at_once
from tests.visitors import Visitor
from tests.world import FakeClock, World


def test_a_decision_about_an_application_that_moved_on_is_not_saved_and_says_so(
    world: World, city: Office, officer: Visitor
) -> None:
    application = waiting(world, city)
    open_now = opened(officer, application)
    with world.dependencies.db.writing() as db:
        db.get_one(Application, application.id).status = Status.WITHDRAWN
    answer = say(officer, application, open_now, portrait="approve")
    assert answer.status_code == 303
    assert "这份申请已经变化，刚才的审核没有保存" in officer.go(answer.location).text
    assert world.rows(Decision) == []


def test_a_decision_about_another_picture_is_not_saved(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city)
    opened(officer, application)
    say(officer, application, {"portrait": "0" * 64}, portrait="approve")
    assert status_of(world, application) == Status.PORTRAIT_REVIEW


def test_the_province_decides_nothing_before_the_city(world: World, city: Office, provincial: Visitor) -> None:
    application = waiting(world, city, Status.FULL_REVIEW_CITY)
    sha256 = {item: row.sha256 for item, row in zip(("portrait",), world.rows(Capture), strict=True)}
    provincial.go("/review")
    fields = {"status": "FULL_REVIEW_CITY", "all": "approve", "sha256.portrait": sha256["portrait"]}
    provincial.post(path(application, "/decide"), fields | {"submit": "yes", "choice.portrait": "approve"})
    assert status_of(world, application) == Status.FULL_REVIEW_CITY
    assert world.rows(Decision) == []


def test_who_does_not_hold_the_case_cannot_decide_it(world: World, city: Office, officer: Visitor) -> None:
    application = waiting(world, city)
    second = world.visitor(reviewer(world, city))
    open_now = opened(officer, application)
    second.go("/review")
    second.post(
        path(application, "/decide"),
        {"status": "PORTRAIT_REVIEW", "choice.portrait": "approve", "sha256.portrait": open_now["portrait"]},
    )
    assert world.rows(Decision) == []


def test_of_two_decisions_at_the_same_moment_one_counts(
    world: World, clock: FakeClock, city: Office, officer: Visitor
) -> None:
    application = waiting(world, city)
    open_now = opened(officer, application)
    clock.move(minutes=31)  # both may hold it now
    both = [world.visitor(reviewer(world, city)) for _ in range(2)]
    fields = {"status": "PORTRAIT_REVIEW", "sha256.portrait": open_now["portrait"], "choice.portrait": "reject"}
    at_once(*[lambda each=each: each.post(path(application, "/decide"), fields | {"opinion": "不行"}) for each in both])
    assert len(world.rows(Decision)) == 1
    assert [row.action for row in world.rows(AuditRow)].count("reject_portrait") == 1


KNOWN = [
    "",
    "approve",
    "reject",
    "unreadable",
    "0,0,1,1",
    "0,0,.5",
    "nan,0,1,1",
    "1e999,0,1,1",
    "PORTRAIT_REVIEW",
    "yes",
]
WORDS = some.one_of(some.sampled_from(KNOWN), some.text(max_size=30))
PARTS = ("choice", "chosen", "reason", "region", "sha256")
OF_ITEMS = [f"{part}.{item}" for part in PARTS for item in ("portrait", "front", "x")]
NAMES = some.sampled_from([*OF_ITEMS, "status", "opinion", "submit", "all"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=some.dictionaries(NAMES, WORDS))
def test_whatever_a_form_says_it_is_answered_and_approves_nothing_by_accident(
    world: World, city: Office, officer: Visitor, fields: dict[str, str]
) -> None:
    rows = world.rows(Application)
    application = rows[0] if rows else waiting(world, city)
    open_now = opened(officer, application)
    answer = officer.post(path(application, "/decide"), fields)
    assert answer.status_code in (200, 303, 400, 422), fields
    if fields.get("sha256.portrait") != open_now.get("portrait"):
        assert status_of(world, application) == Status.PORTRAIT_REVIEW


def test_a_stranger_city_decides_nothing(world: World, city: Office, officer: Visitor) -> None:
    other = waiting(world, office(world, name="深圳市考办"))
    officer.go("/review")
    assert officer.post(path(other, "/decide"), {"status": "PORTRAIT_REVIEW", "all": "approve"}).status_code == 404
