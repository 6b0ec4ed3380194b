"""Lists of refused photos, and whom they are about."""

from __future__ import annotations

from app.application.model import Application
from app.application.workflow import Status
from app.identity.actor_rules import Actor
from app.imports.report_rules import ImportReport
from tests import people
from tests.exports.approved import approved
from tests.imports.lists import LAYOUTS, Line, as_csv, bring, table
from tests.world import World

LAYOUT = LAYOUTS["refusals"]
WHY = "头部比例过大"
ONE, TWO, THREE = "010126000001", "010126000002", "010126000003"
FIRST_ID, SECOND_ID = "44010419990412000X", "440104199904120018"


def a_list(*lines: Line) -> bytes:
    return as_csv(table(LAYOUT, [{"reason": WHY, **each} for each in lines]))


def brought(world: World, *lines: Line, write: bool = True, drop_wrong: bool = False) -> ImportReport:
    return bring(world, "refusals", a_list(*lines), write=write, drop_wrong=drop_wrong, actor=Actor.staff(1))


def statuses(world: World) -> list[Status]:
    return [row.status for row in world.rows(Application)]


def counts(report: ImportReport) -> tuple[int, int, int]:
    return report.changed, report.same, report.wrong


def two_people(world: World) -> list[Application]:
    """Beside an operator: one approved, one submitted."""
    world.add(people.operator())
    return [
        approved(world, 1, status=Status.READY, exam_number=ONE, id_number=FIRST_ID),
        approved(world, 2, exam_number=TWO, id_number=SECOND_ID),
    ]
