"""The table of steps. What is not in it is refused; buttons are drawn from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.base.errors import N_, Refused


class Status(StrEnum):
    """Where an application stands."""

    FORM = "FORM"
    CAPTURE = "CAPTURE"
    PORTRAIT_REVIEW = "PORTRAIT_REVIEW"


@dataclass(frozen=True)
class Step:
    """An arrow: who may take an application from one status to another by which action."""

    action: str
    source: Status
    target: Status
    role: str


STEPS = (
    Step("apply", Status.FORM, Status.CAPTURE, "candidate"),
    Step("hand_over", Status.CAPTURE, Status.PORTRAIT_REVIEW, "candidate"),
)

LABELS = {
    Status.FORM: N_("尚未申请"),
    Status.CAPTURE: N_("正在采集毕业证照"),
    Status.PORTRAIT_REVIEW: N_("已提交市考办审核"),
}


def allowed(status: Status, role: str) -> list[str]:
    """The actions that somebody in this role may take now."""
    return [step.action for step in STEPS if step.source == status and step.role == role]


def find(action: str, status: Status, role: str) -> Step:
    """The step, or Refused when the table has none."""
    for step in STEPS:
        if (step.action, step.source, step.role) == (action, status, role):
            return step
    raise Refused("not_now", N_("现在不能这样做：申请的状态已经变化。请刷新页面，查看最新状态。"), 409)
