"""What others are told of an application: a row of the outbox, in the transaction of what happened."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.application.audit_rules import Action
from app.application.model import Application
from app.application.workflow import Status
from app.base.json_values import Json, JsonObject
from app.outbox import actions as outbox
from app.outbox.rules import NoticeKind

# Steps of which others are told. A step that is not here is ours alone.
KINDS = {
    Action.APPLY: NoticeKind.CREATED,
    Action.SUBMIT_DOCUMENTS: NoticeKind.HANDED_IN,
    Action.HAND_OVER: NoticeKind.HANDED_IN,
    Action.HAND_OVER_ALL: NoticeKind.HANDED_IN,
    Action.SUBMIT: NoticeKind.SUBMITTED,
    Action.APPROVE: NoticeKind.APPROVED,
    Action.REJECT_PORTRAIT: NoticeKind.REJECTED,
    Action.REJECT_DOCUMENTS: NoticeKind.REJECTED,
    Action.REFUSED_OUTSIDE: NoticeKind.REOPENED,
    Action.WITHDRAW: NoticeKind.APPLICATION_WITHDRAWN,
}


@dataclass(frozen=True)
class Telling:
    """What is told of a step beside the step itself. While it can be undone it is `held` back, under its `act`."""

    facts: JsonObject = field(default_factory=dict)
    act: str = ""
    held: timedelta = timedelta(0)


def announce(
    session: Session,
    application: Application,
    action: Action,
    status: Status,
    now: datetime,
    telling: Telling | None = None,
) -> None:
    """Tell of a step that has led to this status, if others are told of such."""
    if action in KINDS:
        told = telling or Telling()
        happened = _happened(application, KINDS[action], status, action=action, **told.facts)
        outbox.tell(session, replace(happened, act=told.act, held=told.held), now)


def announce_undone(session: Session, application: Application, act: str, status: Status, now: datetime) -> None:
    """An act of a review is taken back, and the application is in this status again: what was not told of it yet never
    is; else this is."""
    outbox.take_back(session, replace(_happened(application, NoticeKind.UNDONE, status), act=act), now)


def _happened(application: Application, kind: NoticeKind, status: Status, **facts: Json) -> outbox.Happened:
    said: JsonObject = {"status": status, "batch": application.batch, "place": application.place, **facts}
    return outbox.Happened(kind, said, application.tag, application.candidate_id)
