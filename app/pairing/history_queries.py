"""What went wrong with a pairing, for the person at the desktop."""

from __future__ import annotations

from collections.abc import Sequence

from app.base.errors import N_
from app.pairing.model import PairingEvent
from app.pairing.rules import EventCode

WARNINGS = {
    EventCode.EXPIRED_SCAN: N_("刚才扫描的二维码已过期。"),
    EventCode.SECOND_CLAIM: N_("另一部手机也扫描了二维码，已被拒绝。如果连接的不是您的手机，请点“不是我的手机”。"),
    EventCode.PICTURE_REFUSED: N_("刚才上传的照片不符合要求，没有保存。请按手机上的提示重拍。"),
    EventCode.LOST: N_("收到的照片在服务器上读不出来了。这是系统的问题，请重新拍一张。"),
    EventCode.SUPPORT_LINK: N_("客服为您重新生成了配对链接。请打开客服发给您的链接。"),
    EventCode.MOVED_BACK: N_("手机换回了原来的浏览器，请在那里继续。如果不是您操作的，请点“不是我的手机”。"),
    EventCode.CODE_USED_UP: N_("有人多次输错二维码下面的代码，已换成新的代码。请输入现在显示的代码。"),
    EventCode.LAST4_WRONG: N_("有人打开了客服发出的链接，但证件号码后四位输入错误。"),
}
# The same beside a code that can be scanned.
BESIDE_A_CODE = {
    EventCode.EXPIRED_SCAN: N_("刚才扫描的二维码已过期。请用手机再扫一次现在的二维码。"),
    EventCode.SUPPORT_LINK: N_("客服为您重新生成了配对链接。可以用手机扫下面的二维码，也可以打开客服发给您的链接。"),
}
WELL = (
    EventCode.CLAIMED,
    EventCode.RECEIVED,
    EventCode.CONFIRMED,
    EventCode.CLAIMED_HERE,
    EventCode.CLAIMED_TYPED,
    EventCode.SENDING,
    EventCode.CAMERA_READY,
    EventCode.DOCUMENT_RECEIVED,
)


def warning_of(events: Sequence[PairingEvent], code_is_shown: bool) -> str:
    """The newest thing that went wrong, unless something went well after it; to scan is said beside a code alone."""
    told = WARNINGS | BESIDE_A_CODE if code_is_shown else WARNINGS
    for event in reversed(events):
        if event.code in told:
            return told[event.code]
        if event.code in WELL:
            return ""
    return ""
