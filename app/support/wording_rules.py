"""What happened, in sentences that support reads aloud; who is next."""

from __future__ import annotations

from typing import NamedTuple

from app.application.texts import AT_THE_CITY, AT_THE_PROVINCE
from app.application.workflow import Status
from app.base.audit import LOOKS
from app.base.errors import N_


class Telling(NamedTuple):
    """A sentence, which may name the `%(office)s` that did it, and its tone: good, warn, bad or inform."""

    words: str
    tone: str = "inform"


ACTIONS = {
    "apply": Telling(N_("考生点了“申请”，开始办理")),
    "match": Telling(N_("与公安人口库比对一致"), "good"),
    "mismatch": Telling(N_("与公安人口库比对不一致，需要上传证件附件"), "warn"),
    "register_unreachable": Telling(N_("公安人口库暂时连不上，系统会自动重试"), "warn"),
    "consent": Telling(N_("考生核对了信息，同意了条例")),
    "informed": Telling(N_("考生看过了照片采集规范")),
    "capture_purged": Telling(N_("过期没有提交的照片已删除")),
    "portrait_expired": Telling(N_("保存的毕业证照片过期没有提交，已删除；考生需要重新拍照"), "warn"),
    "capture_lost": Telling(N_("照片在服务器上读不出来，没有提交，需要考生重拍"), "bad"),
    "portrait_lost": Telling(N_("毕业证照片丢失，申请回到拍照这一步"), "bad"),
    "document_lost": Telling(N_("一张证件附件在服务器上读不出来，需要考生重新上传"), "bad"),
    "document_received": Telling(N_("收到一张证件附件"), "good"),
    "document_removed": Telling(N_("考生删除了一张证件附件")),
    "document_purged": Telling(N_("过期的证件附件已删除")),
    "documents_given_up": Telling(N_("证件附件已作废")),
    "submit_documents": Telling(N_("证件附件已提交审核"), "good"),
    "hand_over": Telling(N_("考生提交了毕业证照片"), "good"),
    "hand_over_all": Telling(N_("毕业证照片和证件附件已提交审核"), "good"),
    "review_claimed": Telling(N_("%(office)s打开了申请，正在审核")),
    "review_released": Telling(N_("%(office)s放下了申请，等待审核")),
    "approve": Telling(N_("%(office)s审核通过"), "good"),
    "reject_portrait": Telling(N_("%(office)s审核不通过，需要重新拍照"), "bad"),
    "reject_documents": Telling(N_("%(office)s审核不通过，需要重新上传证件附件"), "bad"),
    "undo": Telling(N_("%(office)s撤销了刚才的审核，重新审核"), "warn"),
    "place_changed": Telling(N_("%(office)s更改了办理地点")),
    "submit": Telling(N_("考生提交了毕业申请"), "good"),
    "withdraw": Telling(N_("考生撤回了申请"), "warn"),
    "form_downloaded": Telling(N_("考生下载了毕业生登记表")),
    "form_printed": Telling(N_("考生打印了毕业生登记表")),
}
# What is consented to elsewhere than at the desk: the first word of the row's detail. The phone's tick is told by its
# pairing.
CONSENTS = {"papers": Telling(N_("考生提供证件图片，即按条例单独同意处理"))}
UNKNOWN = Telling(N_("申请有新的记录"))
# Told by the pairing's own history, in the same moment.
IN_THE_PAIRING = ("pairing_", "capture_received", "capture_refused", "capture_withdrawn", "support_link")
UNTOLD = (*IN_THE_PAIRING, *LOOKS)

NOT_YET = N_("毕业预测没有通过，还不能申请。缺少什么，考生在“毕业预测”里能看到")
NOBODY_FOUND = N_("没有找到这个准考证号。请向考生核对后再查。")
NOBODY = N_("办理已结束")
NEXT = {
    Status.FORM: N_("等考生填写申请"),
    Status.REGISTER_CHECK: N_("系统自动与公安人口库比对，考生不用操作"),
    Status.DOCUMENTS: N_("等考生上传并提交证件附件"),
    Status.CAPTURE: N_("等考生拍照，再点“我已摄像完成，下一步”"),
    Status.DOCUMENT_REVIEW_CITY: AT_THE_CITY,
    Status.PORTRAIT_REVIEW: AT_THE_CITY,
    Status.FULL_REVIEW_CITY: AT_THE_CITY,
    Status.DOCUMENT_REVIEW_PROVINCE: AT_THE_PROVINCE,
    Status.FULL_REVIEW_PROVINCE: AT_THE_PROVINCE,
    Status.READY: N_("等考生点“申请”，提交毕业申请"),
    Status.SUBMITTED: N_("等考生打印毕业生登记表，到%(office)s现场提交材料"),
    Status.WITHDRAWN: NOBODY,
}


def is_told(action: str) -> bool:
    """Whether the audit row of this action has a line of its own."""
    return not action.startswith(UNTOLD)


def telling_of(action: str, detail: str = "") -> Telling:
    """The sentence of an action of the audit, with its row's detail; a neutral one for what is not known."""
    if action == "consent" and (consent := CONSENTS.get(detail.partition(" ")[0])):
        return consent
    return ACTIONS.get(action, UNKNOWN)
