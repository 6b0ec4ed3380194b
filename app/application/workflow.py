"""The table of steps. What is not in it is refused; buttons are drawn from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.base.errors import N_, Refused


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

    action: str
    source: Status
    target: Status
    role: str
    branches: tuple[Branch, ...] = BOTH
    needs_reason: bool = False


ID, OTHER = (Branch.ID_CARD,), (Branch.OTHER,)

FORWARD = (
    Step("apply", Status.FORM, Status.REGISTER_CHECK, "candidate", ID),
    Step("apply", Status.FORM, Status.CAPTURE, "candidate", OTHER),
    Step("match", Status.REGISTER_CHECK, Status.CAPTURE, "register", ID),
    Step("mismatch", Status.REGISTER_CHECK, Status.DOCUMENTS, "register", ID),
    Step("submit_documents", Status.DOCUMENTS, Status.DOCUMENT_REVIEW_CITY, "candidate", ID),
    Step("submit_documents", Status.DOCUMENTS, Status.FULL_REVIEW_CITY, "candidate", OTHER),
    Step("hand_over", Status.CAPTURE, Status.PORTRAIT_REVIEW, "candidate", ID),
    Step("hand_over", Status.CAPTURE, Status.DOCUMENTS, "candidate", OTHER),
    Step("hand_over_all", Status.CAPTURE, Status.FULL_REVIEW_CITY, "candidate", OTHER),
    Step("portrait_lost", Status.DOCUMENTS, Status.CAPTURE, "server", OTHER),
    Step("submit", Status.READY, Status.SUBMITTED, "candidate"),
)
REVIEW = (
    Step("approve", Status.DOCUMENT_REVIEW_CITY, Status.DOCUMENT_REVIEW_PROVINCE, "city", ID),
    Step("approve", Status.DOCUMENT_REVIEW_PROVINCE, Status.CAPTURE, "province", ID),
    Step("approve", Status.PORTRAIT_REVIEW, Status.READY, "city", ID),
    Step("approve", Status.FULL_REVIEW_CITY, Status.FULL_REVIEW_PROVINCE, "city", OTHER),
    Step("approve", Status.FULL_REVIEW_PROVINCE, Status.READY, "province", OTHER),
    Step("reject_documents", Status.DOCUMENT_REVIEW_CITY, Status.DOCUMENTS, "city", ID, True),
    Step("reject_documents", Status.DOCUMENT_REVIEW_PROVINCE, Status.DOCUMENTS, "province", ID, True),
    Step("reject_documents", Status.FULL_REVIEW_CITY, Status.DOCUMENTS, "city", OTHER, True),
    Step("reject_documents", Status.FULL_REVIEW_PROVINCE, Status.DOCUMENTS, "province", OTHER, True),
    Step("reject_portrait", Status.PORTRAIT_REVIEW, Status.CAPTURE, "city", ID, True),
    Step("reject_portrait", Status.FULL_REVIEW_CITY, Status.CAPTURE, "city", OTHER, True),
    Step("reject_portrait", Status.FULL_REVIEW_PROVINCE, Status.CAPTURE, "province", OTHER, True),
)
# A portrait that was only saved, beside documents that were never handed in, is kept no longer than a draft.
RETENTION = (Step("portrait_expired", Status.DOCUMENTS, Status.CAPTURE, "server", OTHER),)
BEFORE_THE_PROVINCE = (
    Status.REGISTER_CHECK,
    Status.DOCUMENTS,
    Status.CAPTURE,
    Status.DOCUMENT_REVIEW_CITY,
    Status.PORTRAIT_REVIEW,
    Status.FULL_REVIEW_CITY,
)
WITHDRAW = tuple(Step("withdraw", status, Status.WITHDRAWN, "candidate") for status in BEFORE_THE_PROVINCE)
STEPS = (*FORWARD, *RETENTION, *REVIEW, *WITHDRAW)

LABELS = {
    Status.FORM: N_("尚未申请"),
    Status.REGISTER_CHECK: N_("正在与公安人口库比对"),
    Status.DOCUMENTS: N_("需要上传证件附件"),
    Status.DOCUMENT_REVIEW_CITY: N_("证件附件已提交市考办审核"),
    Status.DOCUMENT_REVIEW_PROVINCE: N_("证件附件已提交省考办审核"),
    Status.CAPTURE: N_("正在采集毕业证照"),
    Status.PORTRAIT_REVIEW: N_("已提交市考办审核"),
    Status.FULL_REVIEW_CITY: N_("照片和证件附件已提交市考办审核"),
    Status.FULL_REVIEW_PROVINCE: N_("照片和证件附件已提交省考办审核"),
    Status.READY: N_("审核已通过，请点“申请”提交毕业申请"),
    Status.SUBMITTED: N_("毕业申请已提交"),
    Status.WITHDRAWN: N_("申请已撤回"),
}

AGAIN = {Status.CAPTURE: N_("需要重新拍摄毕业证照片"), Status.DOCUMENTS: N_("需要重新上传证件附件")}

AGAIN_ALL = N_("需要重新拍摄毕业证照片，并重新上传证件附件")


def label_of(status: Status, rejected: bool, documents_too: bool = False) -> str:
    """What the status is called for its candidate; `rejected`: an office sent them back to it, with their documents."""
    if rejected and documents_too and status == Status.CAPTURE:
        return AGAIN_ALL
    return AGAIN.get(status, LABELS[status]) if rejected else LABELS[status]


def allowed(status: Status, role: str, branch: Branch) -> list[str]:
    """The actions that somebody in this role may take now."""
    return [step.action for step in STEPS if (step.source, step.role) == (status, role) and branch in step.branches]


def find(action: str, status: Status, role: str, branch: Branch) -> Step:
    """The step, or Refused when the table has none."""
    for step in STEPS:
        if (step.action, step.source, step.role) == (action, status, role) and branch in step.branches:
            return step
    raise not_now()


def find_back(status: Status, role: str, branch: Branch, source: Status) -> Step:
    """The step of a review that led from `source` here, to be undone; Refused when there is none."""
    for step in REVIEW:
        if (step.source, step.target, step.role) == (source, status, role) and branch in step.branches:
            return step
    raise not_now()


def not_now() -> Refused:
    """What everybody hears whose step is not in the table."""
    return Refused("not_now", N_("现在不能这样做：申请的状态已经变化。请刷新页面，查看最新状态。"), 409)
