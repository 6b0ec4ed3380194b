"""The history of a pairing in sentences."""

from __future__ import annotations

from app.base.errors import N_
from app.pairing.rules import PROGRESS, EventCode, is_trouble
from app.pairing.texts import CONNECTED, OFFLINE, RECEIVED, SAME_DEVICE

WORDS: dict[str, str] = {
    EventCode.ISSUED: N_("已生成二维码"),
    EventCode.SUPPORT_LINK: N_("客服发出了配对链接"),
    EventCode.CLAIMED: CONNECTED,
    EventCode.CLAIMED_HERE: SAME_DEVICE,
    EventCode.CLAIMED_TYPED: N_("手机已连接（输入了代码）"),
    EventCode.MOVED: N_("换了一个浏览器继续"),
    EventCode.MOVED_BACK: N_("换回了原来的浏览器"),
    EventCode.EXPIRED_SCAN: N_("扫描了已过期的二维码"),
    EventCode.SECOND_CLAIM: N_("另一部手机扫码，被拒绝"),
    EventCode.LAST4_WRONG: N_("证件号码后四位输入错误"),
    EventCode.PICTURE_SHOWN: N_("考生让取景画面直接显示在电脑上"),
    EventCode.CODE_WRONG: N_("输入的代码不对"),
    EventCode.CODE_USED_UP: N_("代码输错十次，已换成新的代码"),
    EventCode.IN_PIECES: N_("网络不好，照片分段上传"),
    EventCode.RECEIVED: RECEIVED,
    EventCode.PICTURE_REFUSED: N_("照片不符合要求，没有保存"),
    EventCode.RETAKE: N_("考生要求重拍"),
    EventCode.LOST: N_("收到的照片在服务器上读不出来，需要重拍"),
    EventCode.DOCUMENT_RECEIVED: N_("手机传来一张证件附件"),
    EventCode.ONLINE: N_("手机恢复在线"),
    EventCode.OFFLINE: OFFLINE,
    EventCode.EXPIRED: N_("拍照的时间用完，连接结束"),
    EventCode.REPLACED: N_("已生成新的二维码，之前的连接已结束"),
    EventCode.REISSUED: N_("客服重新生成了配对链接，之前的连接已结束"),
    EventCode.REVOKED: N_("客服撤销了连接"),
    EventCode.LOCKED: N_("客服链接的后四位输错三次，连接结束"),
    EventCode.NOT_MINE: N_("考生说连接的不是自己的手机，连接结束"),
    EventCode.HANDED_OVER: N_("已提交审核，连接结束"),
    EventCode.SAVED: N_("照片已保存，连接结束；还要上传证件附件才能提交审核"),
    EventCode.LOGGED_OUT: N_("考生在电脑上退出登录，连接结束"),
    EventCode.WITHDRAWN: N_("考生撤回了申请，连接结束"),
}
BAD = (
    EventCode.EXPIRED_SCAN,
    EventCode.SECOND_CLAIM,
    EventCode.LAST4_WRONG,
    EventCode.CODE_WRONG,
    EventCode.CODE_USED_UP,
    EventCode.PICTURE_REFUSED,
    EventCode.EXPIRED,
    EventCode.REVOKED,
    EventCode.LOCKED,
    EventCode.NOT_MINE,
    EventCode.LOST,
)
GOOD = (
    EventCode.RECEIVED,
    EventCode.DOCUMENT_RECEIVED,
    EventCode.HANDED_OVER,
    EventCode.SAVED,
    EventCode.CONFIRMED,
)
# Whose detail is a number of bytes.
SIZED = (EventCode.RECEIVED, EventCode.DOCUMENT_RECEIVED, EventCode.PICTURE_REFUSED, EventCode.IN_PIECES)


def words_for(code: str) -> str:
    """The sentence for a code of the history."""
    return WORDS.get(code) or PROGRESS.get(code) or code


def tone_of(code: str) -> str:
    """good, warn, bad or inform: chooses the icon."""
    if code in GOOD:
        return "good"
    if code in BAD:
        return "bad"
    return "warn" if code == EventCode.OFFLINE or is_trouble(code) else "inform"


def details_of(code: str, detail: str) -> tuple[str, ...]:
    """What belongs to it: the size of a picture, the name of a browser."""
    if code in SIZED and detail.isdigit():
        return (f"{int(detail) // 1024} KB",)
    return (detail,) if detail else ()
