"""An import shows what it changes for applications under way, and brings about what follows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.application.actions import submit
from app.application.audit_rules import Action
from app.application.model import Application
from app.application.workflow import Status
from app.base.audit import AuditRow
from app.base.errors import Refused
from app.demo import load
from app.identity.actor_rules import Actor
from app.identity.model import Candidate, Staff
from app.imports import case_texts, texts
from app.imports.report_rules import ImportReport
from app.study.model import Score
from tests.imports.lists import LAYOUTS, as_csv, bring, found, line, table
from tests.imports.test_records import plain
from tests.world import World

NUMBER = "010126000011"  # has applied, the register matched: may be photographed


@pytest.fixture
def demo(world: World) -> World:
    with world.dependencies.db.writing() as db:
        load(db, world.clock.now())
    return world


def case_of(world: World, number: str = NUMBER) -> Application:
    [candidate] = world.rows(Candidate, exam_number=number)
    [application] = world.rows(Application, candidate_id=candidate.id)
    return application


def put(world: World, status: Status, **fields: object) -> None:
    """Let the application stand here."""
    application = case_of(world)
    with world.dependencies.db.writing() as db:
        row = db.get_one(Application, application.id)
        row.status = status
        for name, value in fields.items():
            setattr(row, name, value)


def corrected(world: World, write: bool = True, **fields: object) -> ImportReport:
    """Import the person with these fields changed."""
    [candidate] = world.rows(Candidate, exam_number=NUMBER)
    lines = [{**plain(candidate), "initial_password": "", **fields}]
    body = as_csv(table(LAYOUTS["candidates"], lines))
    return bring(world, "candidates", body, write=write, actor=Actor.staff(1))


def told(report: ImportReport) -> list[tuple[str, str]]:
    return [(case.exam_number, case.text) for case in report.cases]


AGAIN = (Status.CAPTURE, Status.DOCUMENTS)
IN_REVIEW = (Status.DOCUMENT_REVIEW_CITY, Status.DOCUMENT_REVIEW_PROVINCE, Status.PORTRAIT_REVIEW)


@pytest.mark.parametrize("status", AGAIN)
def test_a_corrected_name_is_compared_again_before_anything_goes_on(demo: World, status: Status) -> None:
    put(demo, status)
    look = corrected(demo, write=False, name="张敏敏")
    assert told(look) == [(NUMBER, case_texts.COMPARED_AGAIN)]
    assert look.cases[0].changes == {"姓名": ("张敏", "张敏敏")}
    assert case_of(demo).status == status
    version = case_of(demo).version
    corrected(demo, name="张敏敏")
    after = case_of(demo)
    assert (after.status, after.register_next_at, after.version) == (
        Status.REGISTER_CHECK,
        demo.clock.now(),
        version + 1,
    )
    [row] = demo.rows(AuditRow, application_id=after.id, action=Action.RECORD_CHANGED)
    assert (row.actor, row.detail) == ("staff:1", "again")


@pytest.mark.parametrize("status", IN_REVIEW)
def test_an_office_that_looks_at_the_case_looks_again(demo: World, status: Status) -> None:
    reviewer = demo.rows(Staff, role="reviewer")[0]
    put(demo, status, claimed_by=reviewer.id, claimed_at=demo.clock.now())
    assert told(corrected(demo, name="张敏敏")) == [(NUMBER, case_texts.OFFICE_LOOKS_AGAIN)]
    after = case_of(demo)
    assert (after.status, after.claimed_by) == (status, None)


def test_who_waits_for_the_register_is_asked_about_at_once(demo: World) -> None:
    put(demo, Status.REGISTER_CHECK, register_next_at=demo.clock.now() + timedelta(minutes=20))
    assert told(corrected(demo, sex="男")) == [(NUMBER, case_texts.ASKED_AT_ONCE)]
    assert case_of(demo).register_next_at == demo.clock.now()


@pytest.mark.parametrize(
    ("status", "text"),
    [(Status.READY, case_texts.AFTER_APPROVAL), (Status.SUBMITTED, case_texts.AFTER_SUBMISSION)],
)
def test_after_the_approval_nothing_is_undone_and_it_is_said(demo: World, status: Status, text: str) -> None:
    put(demo, status)
    assert told(corrected(demo, name="张敏敏")) == [(NUMBER, text)]
    assert case_of(demo).status == status


def test_another_kind_of_document_in_the_middle_is_refused(demo: World) -> None:
    put(demo, Status.PORTRAIT_REVIEW)
    report = corrected(demo, id_type="普通护照", id_number="E00000001")
    assert found(report) == [(2, "证件类型", texts.BRANCH_CHANGES % {"status": "照片审核中"})] or report.wrong == 1
    assert demo.rows(Candidate, exam_number=NUMBER)[0].id_type == "居民身份证"


def test_what_does_not_matter_to_a_case_is_not_told(demo: World) -> None:
    assert told(corrected(demo, phone="13900000000", address="别处")) == []


def withdrawn(demo: World, write: bool = True) -> ImportReport:
    """A pass becomes a fail."""
    own = {**line("results"), "exam_number": NUMBER, "code": "03706", "name": "思想道德修养与法律基础", "passed": ""}
    month = next(each.taken_in for each in scores(demo) if each.code == "03706")
    rows = table(LAYOUTS["results"], [{**own, "score": "41", "taken_in": month}])
    return bring(demo, "results", as_csv(rows), write=write)


def scores(demo: World) -> list[Score]:
    return list(demo.rows(Score, candidate_id=case_of(demo).candidate_id))


def test_a_result_that_unmakes_the_forecast_holds_the_application(demo: World) -> None:
    put(demo, Status.READY)
    look = withdrawn(demo, write=False)
    assert told(look) == [(NUMBER, case_texts.FORECAST_UNMADE)]
    assert next(iter(look.cases[0].changes.values()))[1] == "41"
    withdrawn(demo)
    with demo.dependencies.db.writing() as db, pytest.raises(Refused) as refused:
        submit(db, db.get_one(Application, case_of(demo).id), demo.clock.now())
    assert refused.value.code == "forecast"


def test_a_result_that_makes_it_good_again_lets_it_go_on(demo: World) -> None:
    put(demo, Status.READY)
    withdrawn(demo)
    again = {
        **line("results"),
        "exam_number": NUMBER,
        "code": "03706",
        "score": "80",
        "taken_in": "202610",
        "passed": "",
    }
    report = bring(demo, "results", as_csv(table(LAYOUTS["results"], [again])))
    assert told(report) == [(NUMBER, case_texts.FORECAST_MADE)]
    with demo.dependencies.db.writing() as db:
        submit(db, db.get_one(Application, case_of(demo).id), demo.clock.now())
    assert case_of(demo).status == Status.SUBMITTED


def test_a_suspension_and_another_programme_unmake_it_too(demo: World) -> None:
    put(demo, Status.SUBMITTED)
    day = f"{demo.clock.now():%Y-%m-%d}"
    own = {**line("suspensions"), "exam_number": NUMBER, "starts_on": day, "ends_on": "2027-12-31"}
    report = bring(demo, "suspensions", as_csv(table(LAYOUTS["suspensions"], [own])), write=False)
    assert told(report) == [(NUMBER, case_texts.UNMADE_TOO_LATE)]
    extra = line("programmes", elective_credits="12", course_code="99999", course_name="新的必考课程")
    report = bring(demo, "programmes", as_csv(table(LAYOUTS["programmes"], [extra])), write=False)
    assert (NUMBER, case_texts.UNMADE_TOO_LATE) in told(report)


def test_a_new_row_of_the_register_is_compared_with_whoever_did_not_match(demo: World) -> None:
    put(demo, Status.DOCUMENTS)
    [candidate] = demo.rows(Candidate, exam_number=NUMBER)
    row = {**line("register"), **plain(candidate), "name": "张敏敏"}
    report = bring(demo, "register", as_csv(table(LAYOUTS["register"], [row])))
    assert told(report) == [(NUMBER, case_texts.COMPARED_AGAIN)]
    assert case_of(demo).status == Status.REGISTER_CHECK
