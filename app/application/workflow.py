"""The table of steps. What is not in it is refused; buttons are drawn from it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from app.application.audit_rules import Action
from app.base.errors import N_, Refused
from app.identity.actor_rules import Role


class Status(StrEnum):
    """Where an application stands. WITHDRAWN is over: the candidate may apply anew."""

    FORM = "FORM"
    REGISTER_CHECK = "REGISTER_CHECK"
    DOCUMENTS = "DOCUMENTS"
    DOCUMENT_REVIEW_CITY = "DOCUMENT_REVIEW_CITY"
    DOCUMENT_REVIEW_PROVINCE = "DOCUMENT_REVIEW_PROVINCE"
    CAPTURE = "CAPTURE"
    PORTRAIT_REVIEW = "PORTRAIT_REVIEW"
    FULL_REVIEW_CITY = "FULL_REVIEW_CITY"
    FULL_REVIEW_PROVINCE = "FULL_REVIEW_PROVINCE"
    READY = "READY"
    SUBMITTED = "SUBMITTED"
    WITHDRAWN = "WITHDRAWN"


class Branch(StrEnum):
    """By 证件类型: a resident ID card is compared with the register, any other document is not."""

    ID_CARD = "id_card"
    OTHER = "other"


BOTH = (Branch.ID_CARD, Branch.OTHER)


@dataclass(frozen=True)
class Step:
    """An arrow: who may take an application of a branch from one status to another by which action."""

    action: Action
    source: Status
    target: Status
    role: Role
    branches: tuple[Branch, ...] = BOTH
    needs_reason: bool = False


ID, OTHER = (Branch.ID_CARD,), (Branch.OTHER,)

FORWARD = (
    Step(Action.APPLY, Status.FORM, Status.REGISTER_CHECK, Role.CANDIDATE, ID),
    Step(Action.APPLY, Status.FORM, Status.CAPTURE, Role.CANDIDATE, OTHER),
    Step(Action.MATCH, Status.REGISTER_CHECK, Status.CAPTURE, Role.REGISTER, ID),
    Step(Action.MISMATCH, Status.REGISTER_CHECK, Status.DOCUMENTS, Role.REGISTER, ID),
    Step(Action.SUBMIT_DOCUMENTS, Status.DOCUMENTS, Status.DOCUMENT_REVIEW_CITY, Role.CANDIDATE, ID),
    Step(Action.SUBMIT_DOCUMENTS, Status.DOCUMENTS, Status.FULL_REVIEW_CITY, Role.CANDIDATE, OTHER),
    Step(Action.HAND_OVER, Status.CAPTURE, Status.PORTRAIT_REVIEW, Role.CANDIDATE, ID),
    Step(Action.HAND_OVER, Status.CAPTURE, Status.DOCUMENTS, Role.CANDIDATE, OTHER),
    Step(Action.HAND_OVER_ALL, Status.CAPTURE, Status.FULL_REVIEW_CITY, Role.CANDIDATE, OTHER),
    Step(Action.PORTRAIT_LOST, Status.DOCUMENTS, Status.CAPTURE, Role.SERVER, OTHER),
    Step(Action.SUBMIT, Status.READY, Status.SUBMITTED, Role.CANDIDATE),
)
REVIEW = (
    Step(Action.APPROVE, Status.DOCUMENT_REVIEW_CITY, Status.DOCUMENT_REVIEW_PROVINCE, Role.CITY, ID),
    Step(Action.APPROVE, Status.DOCUMENT_REVIEW_PROVINCE, Status.CAPTURE, Role.PROVINCE, ID),
    Step(Action.APPROVE, Status.PORTRAIT_REVIEW, Status.READY, Role.CITY, ID),
    Step(Action.APPROVE, Status.FULL_REVIEW_CITY, Status.FULL_REVIEW_PROVINCE, Role.CITY, OTHER),
    Step(Action.APPROVE, Status.FULL_REVIEW_PROVINCE, Status.READY, Role.PROVINCE, OTHER),
    Step(Action.REJECT_DOCUMENTS, Status.DOCUMENT_REVIEW_CITY, Status.DOCUMENTS, Role.CITY, ID, True),
    Step(Action.REJECT_DOCUMENTS, Status.DOCUMENT_REVIEW_PROVINCE, Status.DOCUMENTS, Role.PROVINCE, ID, True),
    Step(Action.REJECT_DOCUMENTS, Status.FULL_REVIEW_CITY, Status.DOCUMENTS, Role.CITY, OTHER, True),
    Step(Action.REJECT_DOCUMENTS, Status.FULL_REVIEW_PROVINCE, Status.DOCUMENTS, Role.PROVINCE, OTHER, True),
    Step(Action.REJECT_PORTRAIT, Status.PORTRAIT_REVIEW, Status.CAPTURE, Role.CITY, ID, True),
    Step(Action.REJECT_PORTRAIT, Status.FULL_REVIEW_CITY, Status.CAPTURE, Role.CITY, OTHER, True),
    Step(Action.REJECT_PORTRAIT, Status.FULL_REVIEW_PROVINCE, Status.CAPTURE, Role.PROVINCE, OTHER, True),
)
# A portrait that was only saved, beside documents that were never handed in, is kept no longer than a draft.
RETENTION = (Step(Action.PORTRAIT_EXPIRED, Status.DOCUMENTS, Status.CAPTURE, Role.SERVER, OTHER),)
# A correction of the records: whoever was compared with the register under another name is compared again.
CORRECTED = tuple(
    Step(Action.RECORD_CHANGED, status, Status.REGISTER_CHECK, Role.SERVER, ID)
    for status in (Status.CAPTURE, Status.DOCUMENTS)
)
# A system that the photo was exported to has refused it: the candidate takes another.
OUTSIDE = tuple(
    Step(Action.REFUSED_OUTSIDE, status, Status.CAPTURE, Role.OPERATOR, BOTH, True)
    for status in (Status.READY, Status.SUBMITTED)
)
BEFORE_THE_PROVINCE = (
    Status.REGISTER_CHECK,
    Status.DOCUMENTS,
    Status.CAPTURE,
    Status.DOCUMENT_REVIEW_CITY,
    Status.PORTRAIT_REVIEW,
    Status.FULL_REVIEW_CITY,
)
WITHDRAW = tuple(Step(Action.WITHDRAW, status, Status.WITHDRAWN, Role.CANDIDATE) for status in BEFORE_THE_PROVINCE)
STEPS = (*FORWARD, *RETENTION, *REVIEW, *CORRECTED, *OUTSIDE, *WITHDRAW)
# Nothing leads on from here.
OVER = tuple(status for status in Status if all(step.source != status for step in STEPS))


def allowed(status: Status, role: Role, branch: Branch) -> list[Action]:
    """The actions that somebody in this role may take now."""
    return [step.action for step in STEPS if (step.source, step.role) == (status, role) and branch in step.branches]


def find(action: Action, status: Status, role: Role, branch: Branch) -> Step:
    """The step, or Refused when the table has none."""
    for step in STEPS:
        if (step.action, step.source, step.role) == (action, status, role) and branch in step.branches:
            return step
    raise not_now()


def find_back(status: Status, role: Role | None, branch: Branch, source: Status) -> Step:
    """The step of a review that led from `source` here, to be undone; Refused when there is none."""
    for step in REVIEW:
        if (step.source, step.target, step.role) == (source, status, role) and branch in step.branches:
            return step
    raise not_now()


def check_reason(step: Step, reasons: Collection[str]) -> None:
    """Refused when the step needs a reason and none is given."""
    if step.needs_reason and not any(reasons):
        raise reason_needed()


def reason_needed() -> Refused:
    """What a reviewer hears who rejects without saying why."""
    return Refused("reason_needed", N_("不通过需要理由。请至少选一个理由，或填写审核意见。"), 422)


def not_now() -> Refused:
    """What everybody hears whose step is not in the table."""
    return Refused("not_now", N_("现在不能这样做：申请的状态已经变化。请刷新页面，查看最新状态。"), 409)
