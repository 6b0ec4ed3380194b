"""One timeline that a person can read aloud to a caller: the whole procedure, with the history of the pairings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.application.audit_rules import Action
from app.application.texts import DOCUMENTS, PORTRAIT
from app.base.audit import AuditRow
from app.base.clock import in_shanghai
from app.documents.rules import names_of
from app.http.current import language
from app.identity.actor_rules import Actor, ActorKind
from app.identity.model import Staff
from app.imaging.report import Report, Verdict
from app.pairing.model import Pairing, PairingEvent
from app.pairing.queries import events_of
from app.portrait.queries import refused_captures
from app.review.model import Decision
from app.review.place_change_queries import place_changes_of
from app.review.reason_rules import texts
from app.support import pairing_rules
from app.support.queries import Found
from app.support.wording_rules import UNKNOWN, is_told, words_of_action

Refusals = dict[tuple[int, datetime], tuple[str, ...]]


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened: a sentence with its `facts`, then `details`, to be translated.

    `quote` and `reasons` (why a picture was refused or rejected) stay as they are.
    """

    at: datetime
    words: str
    tone: str
    details: tuple[str, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)
    quote: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Connection:
    """What happened during one pairing, newest first; `number` counts this candidate's pairings from the first."""

    number: int
    newest: bool
    entries: tuple[TimelineEntry, ...]

    @property
    def at(self) -> datetime:
        """When the last thing happened."""
        return self.entries[0].at

    @property
    def since(self) -> datetime:
        """When it began."""
        return self.entries[-1].at

    @property
    def last(self) -> TimelineEntry:
        """How it stands, or how it ended."""
        return self.entries[0]


@dataclass(frozen=True)
class Day:
    """What happened on one day in Guangdong; `name` is 2026-11-22."""

    name: str
    lines: list[TimelineEntry | Connection]


def days(session: Session, found: Found) -> list[Day]:
    """The timeline, day by day, newest first."""
    told = groupby(lines(session, found), key=lambda line: in_shanghai(line.at).date().isoformat())
    return [Day(name, list(of_it)) for name, of_it in told]


def lines(session: Session, found: Found) -> list[TimelineEntry | Connection]:
    """Everything about this candidate's applications, the closed ones too, each pairing as one line; newest first."""
    told: list[TimelineEntry | Connection] = [
        *connections(session, found),
        *_of_places(session, found),
        *_of_applications(session, found),
    ]
    return sorted(told, key=attrgetter("at"), reverse=True)


def connections(session: Session, found: Found) -> list[Connection]:
    """The candidate's pairings with their histories, newest first."""
    happened: dict[int, list[PairingEvent]] = {}
    for event in reversed(events_of(session, *[pairing.id for pairing in found.pairings])):
        happened.setdefault(event.pairing_id, []).append(event)
    told = [pairing for pairing in _in_order(found.pairings) if pairing.id in happened]
    refused = _refusals(session, [pairing.id for pairing in told])
    return [
        Connection(number, number == len(told), tuple(_of_pairing(event, refused) for event in happened[pairing.id]))
        for number, pairing in enumerate(told, 1)
    ][::-1]


def _in_order(pairings: list[Pairing]) -> list[Pairing]:
    return sorted(pairings, key=attrgetter("id"))


def _of_pairing(event: PairingEvent, refused: Refusals) -> TimelineEntry:
    return TimelineEntry(
        event.at,
        pairing_rules.words_for(event.code),
        pairing_rules.tone_of(event.code),
        pairing_rules.details_of(event.code, event.detail),
        reasons=refused.get((event.pairing_id, event.at), ()),
    )


def _refusals(session: Session, pairing_ids: list[int]) -> Refusals:
    """Why each picture was refused, in the language of this request."""
    return {
        (capture.pairing_id, capture.received_at): _advice(Report.from_dict(capture.report))
        for capture in refused_captures(session, pairing_ids)
    }


def _advice(report: Report) -> tuple[str, ...]:
    texts = [each.advice for each in report.findings if each.verdict is Verdict.REFUSE]
    return tuple(dict.fromkeys(advice.en if language() == "en" else advice.zh for advice in texts))


def _of_places(session: Session, found: Found) -> list[TimelineEntry]:
    """From where to where a case was moved, and why; nothing else is told in an office's own words."""
    telling = words_of_action(Action.PLACE_CHANGED)
    moves = place_changes_of(session, *[application.id for application in found.applications])
    return [
        TimelineEntry(
            move.at,
            telling.words,
            telling.tone,
            facts={"office": move.office or move.by},
            quote=f"{move.way} · {move.reason}",
        )
        for move in moves
    ]


def _of_applications(session: Session, found: Found) -> list[TimelineEntry]:
    ids = [application.id for application in found.applications]
    rows = select(AuditRow).where(AuditRow.application_id.in_(ids)).order_by(AuditRow.at.desc(), AuditRow.seq.desc())
    told = [row for row in session.scalars(rows) if is_told(row.action) and not _is_the_phones(row)]
    offices = _offices(session, told)
    decided = _decided(session, ids)
    slots = names_of(found.candidate.id_type)
    about = {row.id: _slot(row.detail, slots) or _items(row.action, decided.get(row.detail, [])) for row in told}
    return [_line(row, offices, about[row.id], _why(decided.get(row.detail, []))) for row in told]


def _is_the_phones(row: AuditRow) -> bool:
    """Whether the pairing's own history tells it."""
    actor = Actor.read(row.actor)
    return actor is not None and actor.kind == ActorKind.PAIRING


def _line(row: AuditRow, offices: dict[str, str], about: tuple[str, ...], why: tuple[str, ...]) -> TimelineEntry:
    telling = words_of_action(row.action, row.detail)
    details = (row.action,) if telling is UNKNOWN else about
    office = offices.get(row.actor, "")
    return TimelineEntry(row.at, telling.words, telling.tone, details, {"office": office}, reasons=why)


def _slot(detail: str, slots: dict[str, str]) -> tuple[str, ...]:
    """Which picture of a document; such a detail begins with the slot's name."""
    slot = slots.get(detail.partition(" ")[0])
    return (slot,) if slot else ()


def _offices(session: Session, rows: list[AuditRow]) -> dict[str, str]:
    """actor → the name of the office that they decide for."""
    actors = [actor for row in rows if (actor := Actor.read(row.actor)) and actor.kind == ActorKind.STAFF]
    ids = {actor.id for actor in actors}
    known = session.scalars(select(Staff).where(Staff.id.in_(ids)))
    return {str(Actor.staff(staff.id)): staff.office.name if staff.office else staff.name for staff in known}


def _decided(session: Session, application_ids: list[int]) -> dict[str, list[Decision]]:
    """act → its rows; the audit's detail of a decision is the name of its act."""
    acts: dict[str, list[Decision]] = {}
    for row in session.scalars(select(Decision).where(Decision.application_id.in_(application_ids))):
        acts.setdefault(row.act, []).append(row)
    return acts


def _items(action: str, decided: list[Decision]) -> tuple[str, ...]:
    """What was approved, or what was rejected; never why in the office's own words, those may be personal."""
    meant = [row.item for row in decided if row.approved == (action == Action.APPROVE)]
    return tuple(dict.fromkeys(PORTRAIT if item == "portrait" else DOCUMENTS for item in meant))


def _why(decided: list[Decision]) -> tuple[str, ...]:
    """The coded reasons of a rejection, in the language of this request."""
    codes = [code for row in decided if not row.approved for code in row.reasons]
    return texts(dict.fromkeys(codes), language())
