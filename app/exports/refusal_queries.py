"""Finding whom a list of refusals means, and what has become of their photos."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.application.contributions import PORTRAIT
from app.application.model import Application
from app.application.workflow import Status
from app.exports.model import Export, ExportItem
from app.exports.refusal_rules import CODE, KnownPeople, PhotoHistory
from app.exports.rules import Part
from app.identity.actor_rules import Role
from app.identity.model import Candidate, Office
from app.portrait.model import Capture
from app.review.model import Decision

AT_ONCE = 5000  # a look by 证件号 reads all candidates: few of them
Each = TypeVar("Each", str, int)


def known_people(session: Session, words: Collection[str]) -> KnownPeople:
    """The candidates whose 准考证号 or 证件号 is among these."""
    known = KnownPeople(by_exam := dict[str, int](), by_id := dict[str, set[int]](), levels := dict[int, str]())
    id_number = func.upper(Candidate.id_number)
    found = select(Candidate.id, Candidate.exam_number, id_number, Candidate.level)
    for some in _some_of(words):
        either = or_(Candidate.exam_number.in_(some), id_number.in_(some))
        for person, exam_number, number, level in session.execute(found.where(either)):
            by_exam[exam_number], levels[person] = person, level
            by_id.setdefault(number, set()).add(person)
    return known


def histories_of(session: Session, people: Collection[int]) -> dict[int, PhotoHistory]:
    """What is known of these candidates."""
    histories = {person: PhotoHistory() for person in people}
    province = session.scalar(select(Office.id).where(Office.level == Role.PROVINCE).limit(1)) is not None
    live = select(Application.candidate_id, Application.status, Application.office_id)
    for some in _some_of(people):
        chosen = live.where(Application.candidate_id.in_(some), Application.closed_at.is_(None))
        for person, status, office in session.execute(chosen):
            histories[person].status, histories[person].has_office = Status(status), province or office is not None
        for person in _refused(session, some):
            histories[person].refused = True
    for some in _some_of([person for person, history in histories.items() if history.refused]):
        for person in _exported(session, some):
            histories[person].exported = True
    return histories


def _refused(session: Session, people: Sequence[int]) -> Iterator[int]:
    """Of whom a photo was refused outside, in this application or a former one."""
    rows = select(Application.candidate_id, Decision.reasons).join(Decision, Decision.application_id == Application.id)
    rejected = (Decision.item == PORTRAIT, Decision.approved.is_(False))
    found = session.execute(rows.where(Application.candidate_id.in_(people), *rejected))
    return (person for person, reasons in found if CODE in reasons)


def _exported(session: Session, people: Sequence[int]) -> Collection[int]:
    """Whose photo, the one that counts now, has left in an export."""
    rows = select(Application.candidate_id).join(Capture, Capture.application_id == Application.id)
    rows = rows.join(ExportItem, ExportItem.capture_id == Capture.id).join(Export, Export.id == ExportItem.export_id)
    counts = (Application.candidate_id.in_(people), Application.closed_at.is_(None), Capture.ended_at.is_(None))
    left = (ExportItem.part == Part.PHOTO, ExportItem.fault.is_(None), Export.made_at.is_not(None))
    return set(session.scalars(rows.where(*counts, *left)))


def _some_of(every: Collection[Each]) -> Iterator[list[Each]]:
    listed = list(every)
    return (listed[start : start + AT_ONCE] for start in range(0, len(listed), AT_ONCE))
