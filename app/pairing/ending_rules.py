"""Why a pairing is over, in words: for the person at the phone, and for the one at the desktop."""

from __future__ import annotations

from app.application.status_row_rules import Subject
from app.base.errors import N_, Fact, Refused
from app.pairing.rules import End

# No end of the pairing: another browser of the phone has it.
MOVED = "moved"

AT_THE_PHONE: dict[str, str] = {
    End.EXPIRED: N_("这次拍照的时间已用完。请回到电脑上点“重新生成二维码”，再扫一次。", "phone"),
    End.REPLACED: N_("电脑上已生成新的二维码。请扫新的二维码。", "phone"),
    End.REISSUED: N_("客服已重新发出配对链接。请打开客服发给您的链接，或扫电脑上新的二维码。", "phone"),
    End.REVOKED: N_("这次连接已被撤销。请回到电脑上点“重新生成二维码”，再扫一次。", "phone"),
    End.LOCKED: N_("证件号码后四位输错三次，这次连接已被撤销。请联系客服，或扫电脑上新的二维码。", "phone"),
    End.NOT_MINE: N_("电脑上已取消这部手机的连接。如果是您本人操作，请重新扫码。", "phone"),
    End.HANDED_OVER: N_("照片已提交审核，不用再拍。请回到电脑查看结果。", "phone"),
    End.SAVED: N_("照片已保存，还没有提交审核。请回到电脑继续，上传证件附件。", "phone"),
    End.LOGGED_OUT: N_("电脑上已退出登录。请在电脑上重新登录后再扫码。", "phone"),
    End.WITHDRAWN: N_("申请已在电脑上撤回，不用再拍照。可以关闭这个页面。", "phone"),
    MOVED: N_("已换到另一个浏览器。请在那个浏览器里继续。"),
}
# Where a document is meant, some endings say so.
OF_DOCUMENTS: dict[str, str] = {
    End.EXPIRED: N_("这次拍摄证件的时间已用完。请回到电脑上点“重新生成二维码”，再扫一次。"),
    End.HANDED_OVER: N_("证件附件已提交审核，不用再拍。请回到电脑查看结果。", "phone"),
}
# The other ends need no telling there: the candidate did it, or a fresh code follows by itself.
AT_THE_DESK: dict[str, str] = {
    End.EXPIRED: N_("这次拍照的时间已用完。请点“重新生成二维码”，用手机再扫一次。"),
    End.REVOKED: N_("这次连接已被撤销。请点“重新生成二维码”，用手机再扫一次。"),
    End.LOCKED: N_("证件号码后四位输错三次，这次连接已被撤销。请点“重新生成二维码”，用手机再扫一次。"),
    End.NOT_MINE: N_("已取消这部手机的连接。要继续拍照，请点“重新生成二维码”，用您自己的手机扫码。"),
}
# What the calls of the phone name more roughly; the closer reason stands beside the code as `why`.
CODES: dict[str, str] = {
    End.LOGGED_OUT: End.REVOKED,
    End.LOCKED: End.REVOKED,
    End.REISSUED: End.REPLACED,
    End.SAVED: End.HANDED_OVER,
}


def ending_at_desk(reason: str) -> str:
    """Why the phone is no longer connected, for the desktop; empty for an end that it need not be told."""
    return AT_THE_DESK.get(reason, "")


def ended_refusal(reason: str, subject: Subject = Subject.PORTRAIT) -> Refused:
    """The refusal that tells a phone why its pairing has ended."""
    of_documents = OF_DOCUMENTS if subject == Subject.DOCUMENTS else {}
    text = of_documents.get(reason) or AT_THE_PHONE.get(reason, "")
    closer: dict[str, Fact] = {"why": str(reason)} if reason in CODES else {}
    return Refused(CODES.get(reason, reason), text, 410, None, purpose=str(subject), **closer)
