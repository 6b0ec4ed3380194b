"""What happened, in sentences that support reads aloud; who is next."""

from __future__ import annotations

from typing import NamedTuple

from app.application.audit_rules import LOOKS, Action
from app.base.errors import N_


class ActionWords(NamedTuple):
    """A sentence, which may name the `%(office)s` that did it, and its tone: good, warn, bad or inform."""

    words: str
    tone: str = "inform"


ACTIONS: dict[str, ActionWords] = {
    Action.APPLY: ActionWords(N_("考生点了“申请”，开始办理")),
    Action.MATCH: ActionWords(N_("与公安人口库比对一致"), "good"),
    Action.MISMATCH: ActionWords(N_("与公安人口库比对不一致，需要上传证件附件"), "warn"),
    Action.REGISTER_UNREACHABLE: ActionWords(N_("公安人口库暂时无法连接，系统会自动重试"), "warn"),
    Action.RECORD_CHANGED: ActionWords(N_("考生的登记信息有变化"), "warn"),
    Action.CONSENT: ActionWords(N_("考生核对了信息，同意了条例")),
    Action.INFORMED: ActionWords(N_("考生看过了照片采集规范")),
    Action.CAPTURE_PURGED: ActionWords(N_("过期没有提交的照片已删除")),
    Action.PORTRAIT_EXPIRED: ActionWords(N_("保存的毕业证照片过期没有提交，已删除；考生需要重新拍照"), "warn"),
    Action.CAPTURE_LOST: ActionWords(N_("照片在服务器上读不出来，没有提交，需要考生重拍"), "bad"),
    Action.PORTRAIT_LOST: ActionWords(N_("毕业证照片丢失，申请回到拍照这一步"), "bad"),
    Action.DOCUMENT_LOST: ActionWords(N_("一张证件附件在服务器上读不出来，需要考生重新上传"), "bad"),
    Action.DOCUMENT_RECEIVED: ActionWords(N_("收到一张证件附件"), "good"),
    Action.DOCUMENT_REMOVED: ActionWords(N_("考生删除了一张证件附件")),
    Action.DOCUMENT_PURGED: ActionWords(N_("过期的证件附件已删除")),
    Action.DOCUMENTS_GIVEN_UP: ActionWords(N_("证件附件已作废")),
    Action.SUBMIT_DOCUMENTS: ActionWords(N_("证件附件已提交审核"), "good"),
    Action.HAND_OVER: ActionWords(N_("考生提交了毕业证照片"), "good"),
    Action.HAND_OVER_ALL: ActionWords(N_("毕业证照片和证件附件已提交审核"), "good"),
    Action.REVIEW_CLAIMED: ActionWords(N_("%(office)s打开了申请，正在审核")),
    Action.REVIEW_RELEASED: ActionWords(N_("%(office)s放下了申请，等待审核")),
    Action.APPROVE: ActionWords(N_("%(office)s审核通过"), "good"),
    Action.REJECT_PORTRAIT: ActionWords(N_("%(office)s审核不通过，需要重新拍照"), "bad"),
    Action.REJECT_DOCUMENTS: ActionWords(N_("%(office)s审核不通过，需要重新上传证件附件"), "bad"),
    Action.UNDO: ActionWords(N_("%(office)s撤销了刚才的审核，重新审核"), "warn"),
    Action.PLACE_CHANGED: ActionWords(N_("%(office)s更改了办理地点")),
    Action.SUBMIT: ActionWords(N_("考生提交了毕业申请"), "good"),
    Action.WITHDRAW: ActionWords(N_("考生撤回了申请"), "warn"),
    Action.FORM_DOWNLOADED: ActionWords(N_("考生下载了毕业生登记表")),
    Action.FORM_PRINTED: ActionWords(N_("考生打印了毕业生登记表")),
}
# What is consented to elsewhere than at the desk: the first word of the row's detail. The phone's tick is told by its
# pairing.
CONSENTS = {"papers": ActionWords(N_("考生单独同意了处理证件附件"))}
# What changed in the records, and what followed: the first word of the row's detail.
CORRECTIONS = {
    "forecast": ActionWords(N_("考生的成绩或记录有变化，毕业预测不再通过"), "bad"),
    "again": ActionWords(N_("考生的登记信息有更正，重新与公安人口库比对"), "warn"),
}
UNKNOWN = ActionWords(N_("申请有新的记录"))
# Told by the pairing's own history, in the same moment.
IN_THE_PAIRING = ("pairing_", "capture_received", "capture_refused", "capture_withdrawn", "support_link")
# Told by its own row.
UNTOLD = (*IN_THE_PAIRING, Action.PLACE_CHANGED, *LOOKS)

NOT_YET = N_("毕业预测没有通过，还不能申请。缺少什么，考生在“毕业预测”里能看到")
NOBODY_FOUND = N_("没有找到这个准考证号。请向考生核对后再查。")


def is_told(action: str) -> bool:
    """Whether the audit row of this action has a line of its own."""
    return not action.startswith(UNTOLD)


def words_of_action(action: str, detail: str = "") -> ActionWords:
    """The sentence of an action of the audit, with its row's detail; a neutral one for what is not known."""
    if action == Action.CONSENT and (consent := CONSENTS.get(detail.partition(" ")[0])):
        return consent
    if action == Action.RECORD_CHANGED and (correction := CORRECTIONS.get(detail.partition(" ")[0])):
        return correction
    return ACTIONS.get(action, UNKNOWN)
