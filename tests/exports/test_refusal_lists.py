"""A list of photos that another system refuses comes in: what would follow is told, and it follows once."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.application.model import Application
from app.application.workflow import Status
from app.base.audit import AuditRow
from app.exports import refusal_texts as texts
from app.identity.act_rules import Act
from app.identity.model import Candidate, Staff
from app.imports.file_actions import JOB
from app.imports.jobs import do_import
from app.jobs.runner import Runner
from app.outbox.model import Notice
from app.outbox.rules import NoticeKind
from app.portrait.model import Capture
from app.review.model import Decision
from tests import people
from tests.exports.approved import approved, exported, photo, photographed
from tests.exports.refused import (
    ONE,
    SECOND_ID,
    TWO,
    WHY,
    a_list,
    brought,
    counts,
    statuses,
    two_people,
)
from tests.outbox.telling import KEY_TEXT
from tests.visitors import Visitor
from tests.world import NewWorld, World


@pytest.fixture
def two(world: World) -> list[Application]:
    return two_people(world)


@pytest.mark.usefixtures("two")
def test_a_look_tells_what_would_follow_and_changes_nothing(world: World) -> None:
    look = brought(world, {"exam_number": ONE}, {"id_number": SECOND_ID.lower()}, write=False)
    assert counts(look) == (2, 0, 0)
    assert [(case.exam_number, case.text, dict(case.changes)) for case in look.cases] == [
        (ONE, texts.REOPENS, {texts.REASON: ("", WHY)}),
        (TWO, texts.REOPENS_SUBMITTED, {texts.REASON: ("", WHY)}),
    ]
    assert statuses(world) == [Status.READY, Status.SUBMITTED]
    assert world.rows(Decision) == []


def test_the_cases_go_back_with_the_reason(world: World, two: list[Application]) -> None:
    brought(world, {"exam_number": ONE}, {"exam_number": TWO, "id_number": SECOND_ID, "reason": "背景不纯"})
    assert statuses(world) == [Status.CAPTURE] * 2
    assert [each.opinion for each in world.rows(Decision)] == [WHY, "背景不纯"]
    assert [each.end_reason for each in world.rows(Capture)] == ["rejected"] * 2
    rows = [(row.application_id, row.actor) for row in world.rows(AuditRow, action="refused_outside")]
    assert rows == [(each.id, "staff:1") for each in two]
    [row] = world.rows(AuditRow, action=Act.IMPORTED)
    assert row.detail.startswith("refusals: new 0, changed 2, same 0, left out 0")
    [person] = world.rows(Candidate, exam_number=ONE)
    page = world.newcomer(person).go("/apply")
    assert WHY in page.text
    assert page.has_button("下一步")


def test_the_parent_system_is_told(new_world: NewWorld) -> None:
    world = new_world(webhook_url="http://127.0.0.1:9/", webhook_key=KEY_TEXT)
    world.add(people.operator())
    approved(world, 1, exam_number=ONE)
    brought(world, {"exam_number": ONE})
    [notice] = world.rows(Notice)
    assert notice.kind == NoticeKind.REOPENED
    assert (notice.facts["status"], notice.facts["action"]) == (Status.CAPTURE, "refused_outside")


@pytest.mark.usefixtures("two")
def test_the_same_list_again_changes_nothing_and_says_so(world: World) -> None:
    lines = ({"exam_number": ONE}, {"exam_number": TWO})
    brought(world, *lines)
    before = [(row.status, row.version) for row in world.rows(Application)]
    again = brought(world, *lines)
    assert counts(again) == (0, 2, 0)
    assert [(case.text, dict(case.changes)) for case in again.cases] == [(texts.DONE, {})] * 2
    assert [(row.status, row.version) for row in world.rows(Application)] == before
    assert len(world.rows(Decision)) == 2


def test_a_new_photo_is_not_taken_back_by_an_old_list(world: World, two: list[Application]) -> None:
    brought(world, {"exam_number": TWO})
    photographed(world, two[1], photo(9))
    with world.dependencies.db.writing() as db:
        db.get_one(Application, two[1].id).status = Status.READY
    assert counts(brought(world, {"exam_number": TWO})) == (0, 1, 0)
    assert statuses(world)[1] == Status.READY
    exported(world)
    look = brought(world, {"exam_number": TWO}, write=False)
    assert [case.text for case in look.cases] == [texts.REOPENS_AGAIN]
    assert counts(brought(world, {"exam_number": TWO})) == (1, 0, 0)
    assert statuses(world)[1] == Status.CAPTURE


@pytest.mark.usefixtures("two")
def test_in_the_console(world: World) -> None:
    operator = world.visitor(world.rows(Staff)[0])
    operator.go("/operate/exports")
    assert "不合格名单" in operator.page.text
    address = sent(operator, a_list({"exam_number": ONE}, {"exam_number": TWO}))
    work(world)
    page = operator.go(address)
    assert WHY in page.text
    assert texts.REOPENS in page.text
    operator.press("确认导入")
    work(world)
    assert "导入完成" in operator.go(address).text
    assert statuses(world) == [Status.CAPTURE] * 2
    assert {each.staff_id for each in world.rows(Decision)} == {1}


@pytest.mark.usefixtures("two")
def test_by_the_command(world: World, tmp_path: Path) -> None:
    path = tmp_path / "refused.csv"
    path.write_bytes(a_list({"exam_number": ONE}))
    code, said = command(world, str(path), "--dry-run")
    assert (code, ONE in said, statuses(world)[0]) == (0, True, Status.READY), said
    code, said = command(world, str(path))
    assert (code, "changed 1" in said, statuses(world)[0]) == (0, True, Status.CAPTURE), said
    code, said = command(world, str(path))
    assert (code, "same 1" in said) == (0, True), said
    [row] = world.rows(AuditRow, action="refused_outside")
    assert row.actor == "server"
    path.write_bytes(a_list({"exam_number": "010126000099"}))
    assert command(world, str(path))[0] == 1


def command(world: World, *words: str) -> tuple[int, str]:
    done = world.app.test_cli_runner().invoke(args=["import", "refusals", *words])
    return done.exit_code, done.output


def sent(operator: Visitor, body: bytes) -> str:
    """As the page's script does; where it goes on."""
    headers = {"Origin": operator.origin, "X-CSRF": operator.csrf(), "Accept": "application/json"}
    asked = {"layout": "refusals", "name": "不合格.csv"}
    answer = operator.client.post(
        "/operate/imports", base_url=operator.origin, data=body, headers=headers, query_string=asked
    )
    return str(answer.get_json()["next"])


def work(world: World) -> None:
    with world.app.app_context():
        assert Runner(world.dependencies.db, world.clock, {JOB: do_import}).run_next()
