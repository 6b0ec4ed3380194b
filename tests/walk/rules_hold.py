"""What has to hold after every step of a walk, told from the rows alone and not with the product's own queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.application.audit_rules import Action
from app.application.model import Application, Receipt
from app.application.workflow import STEPS, Branch, Status, find, find_back
from app.base.audit import AuditRow
from app.base.database import Base
from app.documents.model import Document
from app.identity.actor_rules import Role
from app.identity.model import Candidate, Office, Staff
from app.pairing.model import Pairing
from app.portrait.model import Capture
from app.review.model import Decision, PlaceChange
from tests.walk.people import Walkers

ACTIONS = {step.action for step in STEPS}
DONE = (Status.READY, Status.SUBMITTED)
GROWING = (AuditRow, Capture, Decision, Document, Pairing, PlaceChange, Receipt)


@dataclass(frozen=True)
class Rows:
    """What is looked at, by id."""

    applications: dict[int, Application]
    candidates: dict[int, Candidate]
    staff: dict[int, Staff]
    offices: dict[int, Office]


class Watch:
    """Follows every application along the arrows that the audit names."""

    def __init__(self, walkers: Walkers) -> None:
        self.world, self.seen = walkers.world, 0
        self.before: dict[type[Base], set[int]] = {}
        self.stands: dict[int, Status] = {}

    def look(self) -> None:
        """Read what has happened since, and hold it against the rules."""
        rows = Rows(
            {row.id: row for row in self.world.rows(Application)},
            {row.id: row for row in self.world.rows(Candidate)},
            {row.id: row for row in self.world.rows(Staff)},
            {row.id: row for row in self.world.rows(Office)},
        )
        self._follow(rows)
        decisions = self.world.rows(Decision)
        for decision in decisions:
            self._the_right_person(decision, rows)
        for application in rows.applications.values():
            mine = [each for each in decisions if each.application_id == application.id and not each.undone_at]
            self._the_province_came_after_the_city(mine, rows.offices)
            if application.status in DONE:
                self._approved_in_full(application, rows.candidates[application.candidate_id], mine, rows.offices)
        live = [each.candidate_id for each in rows.applications.values() if each.closed_at is None]
        assert len(live) == len(set(live)), "two live applications of one candidate"

    def check_kept(self) -> None:
        """No row ever disappears, and no picture that somebody may still have to look at."""
        for table in GROWING:
            ids = {getattr(row, table.__mapper__.primary_key[0].name) for row in self.world.rows(table)}
            assert self.before.get(table, set()) <= ids, f"rows of {table.__tablename__} are gone"
            self.before[table] = ids
        kept = self.world.blobs()
        open_ids = {each.id for each in self.world.rows(Application) if each.closed_at is None}
        pictures: list[Capture | Document] = [*self.world.rows(Capture), *self.world.rows(Document)]
        for row in pictures:
            counts = row.ended_at is None or (row.handed_over_at and row.end_reason == "rejected")
            if row.application_id in open_ids and counts:
                assert row.original in kept, f"the picture of {row.__tablename__} {row.id} is gone"

    def _follow(self, rows: Rows) -> None:
        """Every change of status is an arrow of the table, by somebody of its role, and recorded."""
        audit = self.world.rows(AuditRow)
        for row in audit[self.seen :]:
            application = rows.applications.get(row.application_id or 0)
            if application is None:
                continue
            now = self.stands.get(application.id, Status.FORM)
            if row.action in ACTIONS:
                role, branch = _role(row.actor, rows), _branch(application, rows)
                self.stands[application.id] = find(Action(row.action), now, role, branch).target
            elif row.action == "undo":
                [source] = {Status(each.status) for each in self.world.rows(Decision, act=row.detail)}
                role, branch = _role(row.actor, rows), _branch(application, rows)
                self.stands[application.id] = find_back(now, role, branch, source).source
        self.seen = len(audit)
        assert {each.id: Status(each.status) for each in rows.applications.values()} == self.stands

    @staticmethod
    def _the_right_person(decision: Decision, rows: Rows) -> None:
        """Nobody decides their own case, nobody another city's."""
        application, staff = rows.applications[decision.application_id], rows.staff[decision.staff_id or 0]
        assert staff.id_number != rows.candidates[application.candidate_id].id_number, "decided their own case"
        office = rows.offices[decision.office_id]
        assert office.level == "province" or office.id == application.office_id, "another city's case"

    @staticmethod
    def _the_province_came_after_the_city(decisions: Iterable[Decision], offices: Mapping[int, Office]) -> None:
        """What the province approved, a city had approved before."""
        by_city = set()
        for each in decisions:
            if offices[each.office_id].level == "city" and each.approved:
                by_city.add((each.item, each.sha256))
            elif each.approved:
                assert (each.item, each.sha256) in by_city, "the province came before the city"

    def _approved_in_full(
        self, application: Application, person: Candidate, decisions: Iterable[Decision], offices: Mapping[int, Office]
    ) -> None:
        """Who is ready has each picture approved by everybody who has to."""
        approved = {(offices[each.office_id].level, each.item, each.sha256) for each in decisions if each.approved}
        [portrait] = [row for row in self.world.rows(Capture, application_id=application.id) if row.ended_at is None]
        papers = [row for row in self.world.rows(Document, application_id=application.id) if row.ended_at is None]
        other = person.id_type != "居民身份证"
        levels = ("city", "province") if other else ("city",)
        for level in levels:
            assert (level, "portrait", portrait.sha256) in approved, f"ready without the {level}'s look at the portrait"
        mismatched = any(row.action == "mismatch" for row in self.world.rows(AuditRow, application_id=application.id))
        if other or mismatched:
            assert {row.slot for row in papers} == {"front", "back", "holding"} or other
            assert papers, "ready without documents"
            for level in ("city", "province"):
                assert {(level, row.slot, row.sha256) for row in papers} <= approved, f"documents without the {level}"


def _branch(application: Application, rows: Rows) -> Branch:
    card = rows.candidates[application.candidate_id].id_type == "居民身份证"
    return Branch.ID_CARD if card else Branch.OTHER


def _role(actor: str, rows: Rows) -> Role:
    """candidate, register, operator, or the level of the office."""
    kind, _, number = actor.partition(":")
    if kind != "staff":
        return Role(kind)
    person = rows.staff[int(number)]
    return Role(rows.offices[person.office_id].level) if person.office_id else Role(person.role)
