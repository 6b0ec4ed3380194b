"""The history of a pairing in sentences."""

from __future__ import annotations

from app.base.errors import N_
from app.pairing.rules import PROGRESS
from app.pairing.texts import CONNECTED, OFFLINE, RECEIVED, SAME_DEVICE

WORDS = {
    "issued": N_("系统生成配对"),
    "support_link": N_("客服发出了配对链接"),
    "claimed": CONNECTED,
    "claimed_here": SAME_DEVICE,
    "moved": N_("换了一个浏览器继续"),
    "moved_back": N_("换回了原来的浏览器"),
    "expired_scan": N_("扫描了已过期的二维码"),
    "second_claim": N_("另一部手机扫码，被拒绝"),
    "last4_wrong": N_("证件号码后四位输入错误"),
    "in_pieces": N_("网络不好，照片分段上传"),
    "received": RECEIVED,
    "picture_refused": N_("照片不符合要求，没有保存"),
    "retake": N_("考生要求重拍"),
    "lost": N_("收到的照片在服务器上读不出来，需要重拍"),
    "document_received": N_("手机传来一张证件照片"),
    "online": N_("手机恢复在线"),
    "offline": OFFLINE,
    "expired": N_("拍照的时间用完，连接结束"),
    "replaced": N_("生成了新的配对，旧的结束"),
    "reissued": N_("客服重新生成了配对，旧的结束"),
    "revoked": N_("客服撤销了配对"),
    "locked": N_("客服链接的后四位输错三次，连接结束"),
    "not_mine": N_("考生说连接的不是自己的手机，连接结束"),
    "handed_over": N_("照片已提交审核，连接结束"),
    "saved": N_("照片已保存，连接结束；还要上传证件附件才能提交审核"),
    "logged_out": N_("考生在电脑上退出登录，连接结束"),
    "withdrawn": N_("考生撤回了申请，连接结束"),
}
BAD = (
    "expired_scan",
    "second_claim",
    "last4_wrong",
    "picture_refused",
    "expired",
    "revoked",
    "locked",
    "not_mine",
    "lost",
)
GOOD = ("received", "document_received", "handed_over", "saved", "confirmed")


def words_for(code: str) -> str:
    """The sentence for a code of the history."""
    return WORDS.get(code) or PROGRESS.get(code) or code


def tone_of(code: str) -> str:
    """good, warn, bad or inform: chooses the icon."""
    if code in GOOD:
        return "good"
    if code in BAD:
        return "bad"
    return "warn" if code == "offline" or (code.startswith("camera_") and code != "camera_ready") else "inform"


def details_of(code: str, detail: str) -> tuple[str, ...]:
    """What belongs to it: the size of a picture, the name of a browser."""
    if code in ("received", "document_received", "picture_refused", "in_pieces") and detail.isdigit():
        return (f"{int(detail) // 1024} KB",)
    return (detail,) if detail else ()
