"""One row per status: all that a status says to its candidate, to support and to the slices that come later.

Who may leave a status, and for where, is the table of steps (`workflow`). Whoever adds a status adds its row here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.application.status_row_rules import Button, Group, StatusMessage, StatusRow, Subject
from app.application.texts import BY_THE_CITY, OF_THE_CITY, OF_THE_PROVINCE, YOU_PHOTOGRAPH, YOU_UPLOAD
from app.application.workflow import BOTH, OTHER, Branch, Status
from app.base.errors import N_
from app.identity.actor_rules import Role

APPLY, NEXT, WAIT = Button("apply"), Button("next"), Button("next", enabled=False)
NEVER: tuple[Branch, ...] = ()
FULL = (Subject.PORTRAIT, Subject.DOCUMENTS)

AT_THE_CITY = StatusMessage(
    "warn",
    "clock",
    N_("材料已交给%(office)s，自 %(time)s 起等待审核。审核一般需要 %(days)s 个工作日，结果会显示在这里。"),
    BY_THE_CITY,
)
AT_THE_PROVINCE = StatusMessage(
    "warn",
    "clock",
    N_("%(office)s已审核通过，自 %(time)s 起等待省考办审核。审核一般需要 %(days)s 个工作日，结果会显示在这里。"),
    N_("由省考办审核"),
)


def _review(label: str, office: Role, *reviewed: Subject, message: StatusMessage) -> StatusRow:
    """The row of a status in which an office decides."""
    return StatusRow(
        label=label,
        message=message,
        support_next=OF_THE_CITY if office == Role.CITY else OF_THE_PROVINCE,
        step=2,
        button=WAIT,
        is_begun=False,
        shows_portrait=BOTH if Subject.PORTRAIT in reviewed else NEVER,
        documents_are_over=Subject.DOCUMENTS not in reviewed,
        group=Group.CITY if office == Role.CITY else Group.PROVINCE,
        office=office,
        reviewed=reviewed,
    )


_ROWS = {
    Status.FORM: StatusRow(
        label=N_("尚未申请"),
        message=None,
        support_next=N_("等考生填写申请"),
        step=1,
        button=None,
        is_begun=False,
        shows_portrait=NEVER,
        documents_are_over=False,
        group=Group.COMPARING,
    ),
    Status.REGISTER_CHECK: StatusRow(
        label=N_("正在与公安人口库比对"),
        message=StatusMessage(
            "inform",
            "clock",
            N_("系统正在把您的信息与公安人口库比对，通常几秒钟。这一页会自动更新。"),
            N_("系统自动与公安人口库比对"),
        ),
        support_next=N_("系统自动与公安人口库比对，考生不用操作"),
        step=2,
        button=None,
        is_begun=True,
        shows_portrait=NEVER,
        documents_are_over=False,
        group=Group.COMPARING,
    ),
    Status.DOCUMENTS: StatusRow(
        label=N_("需要上传证件附件"),
        label_again=N_("需要重新上传证件附件"),
        message=StatusMessage(
            "warn",
            "upload",
            N_(
                "您的信息与公安人口库不一致，需上传证件由考办人工核对。请点“申请”，上传身份证正面、身份证反面和手持身份证的照片。"
            ),
            YOU_UPLOAD,
        ),
        message_other=StatusMessage(
            "inform", "upload", N_("照片已保存。请点“申请”，上传证件附件；照片和附件一起提交审核。"), YOU_UPLOAD
        ),
        message_rejected=StatusMessage(
            "bad", "upload", N_("证件附件没有通过审核。请看下面的审核意见，再点“下一步”重新上传。"), YOU_UPLOAD
        ),
        support_next=N_("等考生上传并提交证件附件"),
        step=2,
        button=APPLY,
        button_again=NEXT,
        takes=Subject.DOCUMENTS,
        is_begun=True,
        shows_portrait=OTHER,
        documents_are_over=False,
        group=Group.PAPERS,
    ),
    Status.DOCUMENT_REVIEW_CITY: _review(
        N_("证件附件已提交市考办审核"), Role.CITY, Subject.DOCUMENTS, message=AT_THE_CITY
    ),
    Status.DOCUMENT_REVIEW_PROVINCE: _review(
        N_("证件附件已提交省考办审核"), Role.PROVINCE, Subject.DOCUMENTS, message=AT_THE_PROVINCE
    ),
    Status.CAPTURE: StatusRow(
        label=N_("正在采集毕业证照片"),
        label_again=N_("需要重新拍摄毕业证照片"),
        label_again_all=N_("需要重新拍摄毕业证照片，并重新上传证件附件"),
        message=StatusMessage("inform", "camera", N_("请点“申请”继续拍照（无需重新填写）。"), YOU_PHOTOGRAPH),
        message_approved=StatusMessage("good", "camera", N_("证件附件已通过审核。请点“下一步”拍照。"), YOU_PHOTOGRAPH),
        message_rejected=StatusMessage(
            "bad", "camera", N_("照片没有通过审核。请看下面的审核意见，再点“下一步”重新拍照。"), YOU_PHOTOGRAPH
        ),
        support_next=N_("等考生拍照，再点“我已摄像完成，下一步”"),
        step=2,
        button=APPLY,
        button_again=NEXT,
        takes=Subject.PORTRAIT,
        is_begun=True,
        shows_portrait=NEVER,
        documents_are_over=True,
        group=Group.PHOTO,
    ),
    Status.PORTRAIT_REVIEW: _review(
        N_("已提交市考办审核"),
        Role.CITY,
        Subject.PORTRAIT,
        message=StatusMessage(
            "warn",
            "clock",
            N_("照片已交给%(office)s，自 %(time)s 起等待审核。审核一般需要 %(days)s 个工作日，结果会显示在这里。"),
            BY_THE_CITY,
        ),
    ),
    Status.FULL_REVIEW_CITY: _review(N_("照片和证件附件已提交市考办审核"), Role.CITY, *FULL, message=AT_THE_CITY),
    Status.FULL_REVIEW_PROVINCE: _review(
        N_("照片和证件附件已提交省考办审核"), Role.PROVINCE, *FULL, message=AT_THE_PROVINCE
    ),
    Status.READY: StatusRow(
        label=N_("审核已通过，请点“申请”提交毕业申请"),
        message=StatusMessage(
            "good", "check", N_("请点“申请”，直接提交毕业申请（无需重新填写）。"), N_("请提交毕业申请")
        ),
        support_next=N_("等考生点“申请”，提交毕业申请"),
        step=2,
        button=APPLY,
        is_begun=True,
        shows_portrait=BOTH,
        documents_are_over=True,
        group=Group.APPROVED,
    ),
    Status.SUBMITTED: StatusRow(
        label=N_("毕业申请已提交"),
        message=StatusMessage(
            "good",
            "check",
            N_("毕业申请已于 %(time)s 提交。请打印毕业生登记表，带齐材料到%(office)s现场提交。"),
            N_("请打印登记表并现场提交材料"),
        ),
        support_next=N_("等考生打印毕业生登记表，到%(office)s现场提交材料"),
        step=3,
        button=None,
        is_begun=False,
        shows_portrait=BOTH,
        documents_are_over=True,
        group=Group.SUBMITTED,
    ),
    Status.WITHDRAWN: StatusRow(
        label=N_("申请已撤回"),
        message=StatusMessage("inform", "info", N_("申请已于 %(time)s 撤回。可以重新申请。"), N_("请重新申请")),
        support_next=N_("办理已结束"),
        step=1,
        button=None,
        is_begun=False,
        shows_portrait=NEVER,
        documents_are_over=True,
        group=Group.WITHDRAWN,
    ),
}
STATUSES: Mapping[Status, StatusRow] = MappingProxyType(_ROWS)
LABELS = {status: row.label for status, row in STATUSES.items()}
IN_REVIEW = tuple(status for status, row in STATUSES.items() if row.office)
WITH_THE_CANDIDATE = tuple(status for status, row in STATUSES.items() if row.takes)  # who is to give pictures
APPROVED = tuple(status for status, row in STATUSES.items() if row.group in (Group.APPROVED, Group.SUBMITTED))


def label_of(status: Status, rejected: bool, documents_too: bool = False) -> str:
    """What the status is called for its candidate; `rejected`: an office sent them back to it, with their documents."""
    row = STATUSES[status]
    again = (row.label_again_all if documents_too else "") or row.label_again
    return (again if rejected else "") or row.label


def button_of(status: Status, reviewed: bool) -> Button | None:
    """The one button of the candidate's page; `reviewed`: an office has decided before."""
    row = STATUSES[status]
    return (row.button_again if reviewed else None) or row.button
