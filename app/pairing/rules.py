"""The life of a pairing, without a database."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from app.application.workflow import Status
from app.base.errors import INCOMPLETE, N_, Refused
from app.base.tokens import Tokens
from app.pairing.texts import CONFIRMED, PHOTOGRAPHING, SENDING


class State(StrEnum):
    """How far a pairing has come."""

    ISSUED = "issued"
    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    RECEIVED = "received"


class End(StrEnum):
    """Why a pairing is over.

    REISSUED: support made another; LOCKED: a link from support was opened with wrong characters too often;
    SAVED: the portrait is kept, and pictures of the document are wanted before anything is handed in.
    """

    EXPIRED = "expired"
    REPLACED = "replaced"
    REISSUED = "reissued"
    REVOKED = "revoked"
    LOCKED = "locked"
    NOT_MINE = "not_mine"
    HANDED_OVER = "handed_over"
    SAVED = "saved"
    LOGGED_OUT = "logged_out"
    WITHDRAWN = "withdrawn"


class Purpose(StrEnum):
    """What a token is for, with its own salt."""

    QR = "qr"
    TRANSFER = "transfer"
    SUPPORT = "support"


class LinkSigners(dict[Purpose, Tokens]):
    """What signs and verifies the links of each purpose."""


class Subject(StrEnum):
    """What the phone is asked to take."""

    PORTRAIT = "portrait"
    DOCUMENTS = "documents"


NO_MORE_HERE = ("too_many", N_("这次连接的上传次数已用完。请在电脑上点“重新生成二维码”，再扫一次。"), 429, 60)
SUBJECTS = {Status.CAPTURE: Subject.PORTRAIT, Status.DOCUMENTS: Subject.DOCUMENTS}

PROGRESS = {
    "confirmed": CONFIRMED,
    "camera_ready": PHOTOGRAPHING,
    "sending": SENDING,
    "file_chosen": N_("已从手机选择照片"),
    "camera_denied": N_("手机上的摄像头权限被拒绝。请按手机上的提示打开权限，或改用“上传照片”。"),
    "camera_missing": N_("手机上没有找到摄像头。请换一部手机，或改用“上传照片”。"),
    "camera_busy": N_("手机的摄像头正被其他程序占用。请关闭其他程序后重试。"),
    "camera_failed": N_("手机的摄像头没有打开。请在手机上点“重试”，或换一个浏览器打开。"),
    "camera_insecure": N_("手机上的浏览器不能使用摄像头。请换一个浏览器打开，或改用“上传照片”。"),
}


# The first mark that a user agent carries names its family: in-app browsers before what they are built on.
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("QQ/", "QQ"),
    ("AlipayClient", "支付宝"),
    ("HuaweiBrowser", "华为浏览器"),
    ("MiuiBrowser", "小米浏览器"),
    ("UCBrowser", "UC"),
    ("EdgA", "Edge"),
    ("Edg/", "Edge"),
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome iOS"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def is_trouble(code: str | None) -> bool:
    """Whether this progress code is a reason why nothing moves on."""
    return code is not None and code.startswith("camera_") and code != "camera_ready"


def check_progress(code: object) -> str:
    """The code, or Refused when it is not in the closed list."""
    if not isinstance(code, str) or code not in PROGRESS:
        raise Refused("bad_request", INCOMPLETE, 400)
    return code


def subject_for(status: Status) -> Subject:
    """What a phone would be asked to take now; Refused when nothing is."""
    if status not in SUBJECTS:
        raise Refused("not_now", N_("现在不需要拍照。请刷新页面，查看申请的状态。"), 409)
    return SUBJECTS[status]


def permission_ends(claimed_at: datetime, minutes: int) -> datetime:
    """When a phone that claimed then may no longer send; there is no idle limit."""
    return claimed_at + timedelta(minutes=minutes)


def browser_family(user_agent: str) -> str:
    """A rough name for support to read aloud; never used to decide anything."""
    return next((name for mark, name in BROWSERS if mark in user_agent), "其他浏览器")
