"""What another system refuses goes back to its candidate, who reads why and takes another photo."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.application.model import Application
from app.application.workflow import Status
from app.base.audit import AuditRow
from app.base.errors import Refused
from app.exports.refusal_actions import refuse_outside
from app.identity.model import Candidate
from app.portrait.model import Capture
from app.review.model import Decision
from tests import people
from tests.exports.approved import PHOTOS, approved, exported, photo, photographed
from tests.world import World

WHY = "头部比例过大"


def refuse(world: World, application: Application, reason: str = WHY, staff_id: int | None = None) -> None:
    with world.dependencies.db.writing() as db:
        refuse_outside(db, db.get_one(Application, application.id), reason, staff_id, world.clock.now())


@pytest.mark.parametrize("status", [Status.READY, Status.SUBMITTED])
def test_the_case_is_before_the_camera_again_with_the_reason(world: World, status: Status) -> None:
    application, operator = approved(world, 1, status=status), world.add(people.operator())
    refuse(world, application, staff_id=operator.id)
    [now] = world.rows(Application)
    assert now.status == Status.CAPTURE
    [capture] = world.rows(Capture)
    assert (capture.end_reason, capture.derived is not None) == ("rejected", True)
    [decision] = world.rows(Decision)
    assert (decision.approved, decision.opinion, decision.sha256) == (False, WHY, capture.sha256)
    row = world.rows(AuditRow)[-1]
    assert (row.action, row.actor, row.detail) == ("refused_outside", f"staff:{operator.id}", decision.act)


def test_the_candidate_reads_it_and_support_tells_it(world: World) -> None:
    application = approved(world, 1, exam_number="010126000001")
    refuse(world, application)
    [person] = world.rows(Candidate)
    page = world.newcomer(person).go("/apply")
    assert WHY in page.text
    assert "上级系统的机器检测没有接受这张照片" in page.text
    assert page.has_button("下一步")
    support = world.visitor(world.add(people.support()))
    told = support.go("/support?number=010126000001").text
    assert "上级系统没有接受登记照片" in told
    assert WHY not in told, "an office's own words are for the candidate"


def test_nobody_else_can_be_refused_and_none_without_a_reason(world: World) -> None:
    waiting, ready = approved(world, 1, status=Status.PORTRAIT_REVIEW), approved(world, 2)
    with pytest.raises(Refused, match="not_now"):
        refuse(world, waiting)
    with pytest.raises(Refused, match="reason_needed"):
        refuse(world, ready, " ")
    assert [row.status for row in world.rows(Application)] == [Status.PORTRAIT_REVIEW, Status.SUBMITTED]
    assert world.rows(Decision) == []


def test_the_next_export_has_the_new_photo_only(world: World) -> None:
    application = approved(world, 1, exam_number="010126000001")
    approved(world, 2, exam_number="010126000002")
    first = exported(world)
    refuse(world, application)
    during = exported(world, replace(PHOTOS, since=first.id))
    assert (during.new, during.same, during.withdrawn) == (0, 1, 1)
    photographed(world, application, photo(9))
    with world.dependencies.db.writing() as db:
        db.get_one(Application, application.id).status = Status.READY
    after = exported(world, replace(PHOTOS, since=first.id))
    assert (after.new, after.replaced, after.same, after.withdrawn) == (0, 1, 1, 0)
