"""What a candidate is told: what goes on, and who is next. Most of it is said by the status alone (`status_rules`)."""

from __future__ import annotations

from dataclasses import replace

from app.application.status_row_rules import StatusMessage
from app.application.status_rules import STATUSES
from app.application.texts import YOU_PHOTOGRAPH
from app.application.workflow import Branch, Status
from app.base.errors import N_

OUTAGE = StatusMessage(
    "warn",
    "clock",
    N_("公安人口库暂时无法连接，系统会自动重试，不影响您的申请。可以先离开，过一会儿再来查看。"),
    N_("系统自动重试比对"),
)
RECEIVED = StatusMessage("good", "camera", N_("照片已收到。请点“申请”，核对并提交。"), N_("请核对照片并提交"))
RECEIVED_AGAIN = replace(RECEIVED, words=N_("照片已收到。请点“下一步”，核对并提交。"))
EXPIRED = StatusMessage(
    "warn", "camera", N_("保存的照片超过期限没有提交，已按规定删除。请点“申请”重新拍照。"), YOU_PHOTOGRAPH
)
EXPIRED_AGAIN = replace(EXPIRED, words=N_("保存的照片超过期限没有提交，已按规定删除。请点“下一步”重新拍照。"))


def tell(
    status: Status,
    branch: Branch,
    last_review: str | None,
    register_is_out: bool,
    received: bool = False,
    expired: bool = False,
) -> StatusMessage:
    """What to say; `last_review` is approved or rejected once an office has decided, `received`: a portrait waits,
    `expired`: the one that waited was deleted when its time was over."""
    if status == Status.REGISTER_CHECK and register_is_out:
        return OUTAGE
    if status == Status.CAPTURE and received:
        return RECEIVED_AGAIN if last_review else RECEIVED
    if status == Status.CAPTURE and expired:
        return EXPIRED_AGAIN if last_review else EXPIRED
    return _usual(status, branch, last_review)


def _usual(status: Status, branch: Branch, last_review: str | None) -> StatusMessage:
    """By the status alone: after a decision, in this branch, else in general."""
    row = STATUSES[status]
    after = {"approved": row.message_approved, "rejected": row.message_rejected}.get(last_review or "")
    message = after or (row.message_other if branch == Branch.OTHER else None) or row.message
    assert message is not None  # noqa: S101 — before applying there is a form in its place
    return message
