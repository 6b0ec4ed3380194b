"""What a candidate is told in each status: what goes on, and who is next. `%(office)s` is their city office."""

from __future__ import annotations

from typing import NamedTuple

from app.application.workflow import Branch, Status
from app.base.errors import N_


class Telling(NamedTuple):
    """`tone` is inform, warn, good or bad; `icon` one of the icons; `next` who does what now."""

    tone: str
    icon: str
    words: str
    next: str


CITY = N_("由%(office)s审核")
PROVINCE = N_("由省考办审核")
YOU_PHOTOGRAPH = N_("由您拍摄毕业证照片")
YOU_UPLOAD = N_("由您上传证件附件")

IN_REVIEW = N_("材料已交给%(office)s，自 %(time)s 起等待审核。审核结果会显示在这里，请过几天再来查看。")
AT_THE_PROVINCE = N_("%(office)s已审核通过，自 %(time)s 起等待省考办审核。审核结果会显示在这里，请过几天再来查看。")

TELLINGS = {
    Status.REGISTER_CHECK: Telling(
        "inform",
        "clock",
        N_("系统正在把您的信息与公安人口库比对，通常几秒钟。这一页会自动更新。"),
        N_("系统自动与公安人口库比对"),
    ),
    Status.CAPTURE: Telling("inform", "camera", N_("点“申请”继续拍照。已完成的步骤都保留着。"), YOU_PHOTOGRAPH),
    Status.DOCUMENTS: Telling(
        "warn",
        "upload",
        N_("与公安人口库的比对没有通过，需要人工核对。请点“申请”，上传身份证正面、身份证反面和手持身份证的照片。"),
        YOU_UPLOAD,
    ),
    Status.PORTRAIT_REVIEW: Telling(
        "warn",
        "clock",
        N_("照片已交给%(office)s，自 %(time)s 起等待审核。审核结果会显示在这里，请过几天再来查看。"),
        CITY,
    ),
    Status.DOCUMENT_REVIEW_CITY: Telling("warn", "clock", IN_REVIEW, CITY),
    Status.DOCUMENT_REVIEW_PROVINCE: Telling("warn", "clock", AT_THE_PROVINCE, PROVINCE),
    Status.FULL_REVIEW_CITY: Telling("warn", "clock", IN_REVIEW, CITY),
    Status.FULL_REVIEW_PROVINCE: Telling("warn", "clock", AT_THE_PROVINCE, PROVINCE),
    Status.READY: Telling("good", "check", N_("点“申请”后直接提交毕业申请，不用再填表。"), N_("由您提交毕业申请")),
    Status.SUBMITTED: Telling(
        "good",
        "check",
        N_("毕业申请已于 %(time)s 提交。请打印毕业生登记表，带齐材料到%(office)s现场提交。"),
        N_("由您打印登记表并现场提交材料"),
    ),
    Status.WITHDRAWN: Telling("inform", "info", N_("申请已于 %(time)s 撤回。可以重新申请。"), N_("由您重新申请")),
}
OUTAGE = Telling(
    "warn",
    "clock",
    N_("公安人口库暂时连不上，系统会自动重试，不影响您的申请。可以先离开，过一会儿再来查看。"),
    N_("系统自动重试比对"),
)
OTHER_DOCUMENTS = Telling(
    "inform", "upload", N_("照片已保存。请点“申请”，上传证件附件；照片和附件一起提交审核。"), YOU_UPLOAD
)
RECEIVED = Telling("good", "camera", N_("照片已收到。点“申请”查看并提交。"), N_("由您查看照片并提交"))
RECEIVED_AGAIN = RECEIVED._replace(words=N_("照片已收到。点“下一步”查看并提交。"))
EXPIRED = Telling(
    "warn", "camera", N_("保存的照片超过期限没有提交，已按规定删除。请点“申请”重新拍照。"), YOU_PHOTOGRAPH
)
EXPIRED_AGAIN = EXPIRED._replace(words=N_("保存的照片超过期限没有提交，已按规定删除。请点“下一步”重新拍照。"))
AFTER_REVIEW = {
    (Status.CAPTURE, "approved"): Telling(
        "good", "camera", N_("证件附件已通过审核。请点“下一步”拍照。"), YOU_PHOTOGRAPH
    ),
    (Status.CAPTURE, "rejected"): Telling(
        "bad", "camera", N_("照片没有通过审核。请看下面的审核意见，再点“下一步”重新拍照。"), YOU_PHOTOGRAPH
    ),
    (Status.DOCUMENTS, "rejected"): Telling(
        "bad", "upload", N_("证件附件没有通过审核。请看下面的审核意见，再点“下一步”重新上传。"), YOU_UPLOAD
    ),
}


def tell(
    status: Status,
    branch: Branch,
    last_review: str | None,
    register_is_out: bool,
    received: bool = False,
    expired: bool = False,
) -> Telling:
    """What to say; `last_review` is approved or rejected once an office has decided, `received`: a portrait waits,
    `expired`: the one that waited was deleted when its time was over."""
    if status == Status.REGISTER_CHECK and register_is_out:
        return OUTAGE
    if status == Status.CAPTURE and received:
        return RECEIVED_AGAIN if last_review else RECEIVED
    if status == Status.CAPTURE and expired:
        return EXPIRED_AGAIN if last_review else EXPIRED
    if after := AFTER_REVIEW.get((status, last_review or "")):
        return after
    return OTHER_DOCUMENTS if (status, branch) == (Status.DOCUMENTS, Branch.OTHER) else TELLINGS[status]
